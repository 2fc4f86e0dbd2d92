"""From text to terms, and what each is worth: the rarer a term is in the news, the more it says.

A term is a word without case and accents, cut after seven letters, which makes up for endings in many languages at once; a number is kept whole,
without its thousands separators (1,200 → 1200). The document frequencies are those of 8,896 English texts (see `training`).
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import xxhash

FREQUENCIES = Path(__file__).with_name("frequencies.txt.gz")  # the number of texts, then a line for each term: how many texts have it, the term
STEM = 7
_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+")
_NUMBER = re.compile(r"[\d.,]+")
_SKIPPED = " \t\"'“”‘’([«„"  # what may stand between the end of a sentence and the next one
_NEAR = 8  # characters in which the end of the sentence before stands
_ENDS = ".!?:\n"


class TextWords(NamedTuple):
    """The words of a text in order, but single letters, a place for each: its term, how it is spelled, where it starts."""

    terms: list[str]
    spelled: list[str]
    starts: list[int]

    def before(self, start: int) -> list[str]:
        """The terms of the words that start before that character."""
        return self.terms[: bisect_left(self.starts, start)]


def words(text: str) -> TextWords:
    """Lists, and nothing made for each word: this is most of what an article costs."""
    matches = list(_WORD.finditer(text))
    spelled = [match.group() for match in matches]
    terms = list(map(stem, spelled))
    kept = [place for place, term in enumerate(terms) if term is not None]
    return TextWords([terms[place] for place in kept], [spelled[place] for place in kept], [matches[place].start() for place in kept])  # type: ignore[misc]


def named_terms(found: TextWords, text: str) -> set[str]:
    """Terms that have a capital in at least half of the places where that says something: where no sentence starts."""
    capitals = [place for place, word in enumerate(found.spelled) if word[0].isupper() and not _opens(text, found.starts[place])]
    if not capitals:
        return set()
    named = Counter([found.terms[place] for place in capitals])
    told = Counter([term for place, term in enumerate(found.terms) if term in named and not _opens(text, found.starts[place])])
    return {term for term, count in named.items() if 2 * count >= told[term]}


def _opens(text: str, start: int) -> bool:
    """Whether a sentence may start here."""
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum():
        return False  # so it is with most words, and looking further takes its time
    before = text[max(0, start - _NEAR) : start].rstrip(_SKIPPED)
    return not before or before[-1] in _ENDS


@lru_cache(1 << 16)
def stem(word: str) -> str | None:
    """`Elections` → `electio`; None for a letter that stands alone."""
    if word[0].isdecimal() and _NUMBER.fullmatch(word):
        return word.replace(",", "").rstrip(".")
    if len(word) < 2:
        return None
    if word.isascii():
        return word.casefold()[:STEM]
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))[:STEM]


@lru_cache(1 << 16)
def identity(term: str) -> int:
    """64 bits that stand for the term."""
    return xxhash.xxh3_64_intdigest(term.encode("utf-8", "surrogatepass"))


@lru_cache(1 << 16)
def weight(term: str) -> float:
    """Inverse document frequency: the logarithm of how many texts there are for one that has the term."""
    texts, counts = _frequencies()
    return math.log((texts + 1) / (counts.get(term, 0) + 0.5))


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    with gzip.open(FREQUENCIES, "rt", encoding="utf-8") as lines:
        texts = int(next(lines))
        return texts, {term: int(count) for count, term in (line.rstrip("\n").split(" ", 1) for line in lines)}
