"""Which lines of a page its labelled body is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from copydesk.services.cleaner.lines import Block

WORD = re.compile(r"\w+")


def align(blocks: Sequence[Block], body: str) -> list[tuple[float, int]]:
    """For each line the share of its words that the body has in the same order, and how many words it has.

    One alignment of all words (Ratcliff and Obershelp): of a line that stands twice on the page only the copy that is in
    place counts.
    """
    words = [WORD.findall(block.text) for block in blocks]
    page = [word for line in words for word in line]
    owner = [n for n, line in enumerate(words) for _ in line]
    hits = [0] * len(blocks)
    for match in SequenceMatcher(None, page, WORD.findall(body), autojunk=False).get_matching_blocks():
        for at in range(match.a, match.a + match.size):
            hits[owner[at]] += 1
    return [(hit / max(1, len(line)), len(line)) for hit, line in zip(hits, words, strict=True)]
