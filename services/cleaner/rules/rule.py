"""What a rule is, and what it may look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.cleaner.lines import Block, Kind

WORD = re.compile(r"\w+")
SENTENCE_END = tuple('.!?…。！？।۔؟"”»’)')
LONG = 90  # characters from which a line is a paragraph rather than a heading or a link


@dataclass(frozen=True, slots=True)
class Place:
    """A block in its page: what a rule sees."""

    blocks: Sequence[Block]
    index: int

    @property
    def text(self) -> str:
        return self.blocks[self.index].text

    def near(self, offset: int) -> str:
        """The text of the block that stands `offset` blocks away; empty beyond the page."""
        at = self.index + offset
        return self.blocks[at].text if 0 <= at < len(self.blocks) else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is known about lines.

    A `certain` rule decides; the others name the reason for a block that the line model removed.
    `example` is a line that the rule knows; rules that look at neighbours have it with them, the line itself marked by ">".
    """

    name: str
    kind: Kind
    why: str
    example: str
    test: Callable[[Place], bool]
    certain: bool = False


def matches(pattern: str, longest: int = 160) -> Callable[[Place], bool]:
    """A test for lines of at most `longest` characters in which the pattern is found (case does not matter)."""
    search = re.compile(pattern, re.I | re.X).search

    def test(place: Place) -> bool:
        text = place.text
        return len(text) <= longest and search(text) is not None

    return test


def is_sentence(text: str) -> bool:
    """Longer than a link and closed like a sentence."""
    return len(text) >= LONG and text.endswith(SENTENCE_END)
