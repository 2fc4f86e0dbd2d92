"""What a rule is, and what it may look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from copydesk.services.cleaner.leads import SPACELESS, Leads, fold, lead_of, leads, needed
from copydesk.services.cleaner.lines import Block, Kind

T = TypeVar("T")
SENTENCE_END = tuple('.!?…。！？।۔؟"”»’)')
LONG = 90  # characters from which a line is a paragraph rather than a heading or a link


def is_sentence(text: str) -> bool:
    """Longer than a link and closed like a sentence."""
    return is_long(text) and text.endswith(SENTENCE_END)


def is_long(text: str) -> bool:
    """Whether a text is longer than a link or a heading."""
    return len(text) >= LONG or (3 * len(text) >= LONG and width(text) >= LONG)


def width(text: str) -> int:
    """Characters, where one of a script without spaces says as much as three of others."""
    return len(text) if text.isascii() else len(text) + 2 * len(SPACELESS.findall(text))


class Surroundings:
    """What rules ask about a page, found once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._found: dict[Callable[[Surroundings], Any], Any] = {}
        self._standing: dict[tuple[str, ...], tuple[str, ...]] = {}

    def once(self, find: Callable[[Surroundings], T]) -> T:
        """What a function finds out about the page; it is asked once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    def place(self, index: int) -> Place:
        """The block of that index, as rules see it."""
        return Place(self, index, self.blocks[index].text)

    @cached_property
    def leads(self) -> Sequence[str]:
        """The first word of each block, as `lead_of` gives it."""
        return [lead_of(block.text) for block in self.blocks]

    @cached_property
    def folded(self) -> Sequence[str]:
        """The text of each block, folded."""
        return [fold(block.text) for block in self.blocks]

    def standing(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some folded texts that stand anywhere on the page: looked for once, they need not be looked for in each line."""
        if (found := self._standing.get(texts)) is None:
            page = self.once(_joined)
            found = self._standing[texts] = tuple(text for text in texts if text in page)
        return found

    @cached_property
    def sentences(self) -> Sequence[bool]:
        """Which blocks are sentences."""
        return [is_sentence(block.text) for block in self.blocks]

    @cached_property
    def first_sentence(self) -> int:
        """Index of the page's first sentence; the number of blocks for a page without one."""
        return next((n for n, told in enumerate(self.sentences) if told), len(self.blocks))

    @cached_property
    def last_sentence(self) -> int:
        """Index of the page's last sentence; -1 for a page without one."""
        return next((n for n in range(len(self.blocks) - 1, -1, -1) if self.sentences[n]), -1)


def _joined(page: Surroundings) -> str:
    return "\n".join(page.folded)


@dataclass(frozen=True, slots=True)
class Place:
    """A block in its page: what a rule sees."""

    page: Surroundings
    index: int
    text: str

    def near(self, offset: int) -> str:
        """The text of the block that stands `offset` blocks away; empty beyond the page."""
        at = self.index + offset
        return self.page.blocks[at].text if 0 <= at < len(self.page.blocks) else ""

    @property
    def lead(self) -> str:
        """The block's first word."""
        return self.page.leads[self.index]

    def holds(self, texts: tuple[str, ...]) -> bool:
        """Whether one of some folded texts stands in the block."""
        standing = self.page.standing(texts)
        if not standing:
            return False
        folded = self.page.folded[self.index]
        for text in standing:  # a loop: this is asked of every line, and any() with a generator takes twice as long
            if text in folded:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is known about lines.

    A rule knows a line by a `pattern` that it begins with (case does not matter, white space in the pattern neither, white
    space and marks before the line's first word neither), or by a `test` of its place. A `certain` rule decides; the others
    name the reason for a block that the line model removed. `example` is a line that the rule knows; rules that look at
    neighbours have it with them, the line itself marked by ">".
    """

    name: str
    kind: Kind
    why: str
    example: str
    pattern: str | None = None
    longest: int = 160  # characters of a line that the pattern is asked about
    test: Callable[[Place], bool] | None = None
    certain: bool = False
    leads: Leads | None = None  # first words of the lines that the test is asked about, if it is not asked about all; a pattern has its own
    _match: re.Pattern[str] | None = field(init=False, default=None, repr=False)
    _needed: tuple[str, ...] | None = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        if self.pattern is not None:
            object.__setattr__(self, "_match", re.compile(rf"\W*(?:{self.pattern})", re.I | re.X))
            object.__setattr__(self, "leads", leads(self.pattern))
            object.__setattr__(self, "_needed", needed(self.pattern) if self.leads is None else None)

    def knows(self, place: Place) -> bool:
        """Whether this is such a line."""
        if self._match is None:
            return self.test is not None and self.test(place)
        if len(place.text) > self.longest or (self._needed is not None and not place.holds(self._needed)):
            return False
        return self._match.match(place.text) is not None
