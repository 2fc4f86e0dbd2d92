"""Pages in scripts that the labelled data lacks.

The labels hold for any language, the pages are nearly all English. Written in letters without case, or in characters without
spaces, the same page teaches the network what is left to go by: lengths, punctuation, places, neighbours.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace

from copydesk.services.cleaner.training.labelled import LabelledLine

WORD = re.compile(r"[^\W\d_]+")
GAP = re.compile(r"(?<=[\u4e00-\u9fff，。！？：「」])\s+(?=[\u4e00-\u9fff，。！？：「」])")
ALPHABETS = tuple("".join(map(chr, range(low, low + 26))) for low in (0x0627, 0x0905, 0x05D0, 0x10D0))  # Arabic, Devanagari, Hebrew, Georgian
FULL_WIDTH = str.maketrans({".": "。", ",": "，", "!": "！", "?": "？", ":": "：", "“": "「", "”": "」"})
FIRST_IDEOGRAPH, IDEOGRAPHS = 0x4E00, 3_000


def without_case(lines: list[LabelledLine], rng: random.Random) -> list[LabelledLine]:
    """Each letter is replaced by one of another alphabet."""
    alphabet = rng.choice(ALPHABETS)
    return [
        replace(line, text=WORD.sub(lambda match: "".join(alphabet[ord(char.lower()[0]) % 26] for char in match[0]), line.text)) for line in lines
    ]


def without_spaces(lines: list[LabelledLine], rng: random.Random) -> list[LabelledLine]:
    """Each word is replaced by one or two ideographs, punctuation by its full width."""
    shift = rng.randrange(1_000)

    def ideographs(match: re.Match[str]) -> str:
        word = match[0].lower()
        numbers = [sum(map(ord, word)), len(word) * 31 + ord(word[0])][: 1 + (len(word) > 4)]
        return "".join(chr(FIRST_IDEOGRAPH + (number * 7 + shift) % IDEOGRAPHS) for number in numbers)

    return [replace(line, text=GAP.sub("", WORD.sub(ideographs, line.text).translate(FULL_WIDTH))) for line in lines]
