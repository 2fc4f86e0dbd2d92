"""What a rule is, and what it may look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from typing import Any, TypeVar

from copydesk.services.cleaner.leads import SPACELESS, Leads, fold, lead_of, of_pattern
from copydesk.services.cleaner.lines import Block, LabelKind
from copydesk.services.cleaner.phrases import either
from copydesk.services.cleaner.phrases.speech import SAID, SAID_UNSPACED

T = TypeVar("T")
SENTENCE_END = tuple('.!?…。！？।۔؟"”»’)')
SAYS = re.compile(rf"[,，،–—”»\"’]\s(?:[\w’']+\s){{0,2}}{either(SAID.values())}(?!\w)|{either([SAID_UNSPACED])}", re.I | re.X)
LONG = 90  # characters from which a line is a paragraph rather than a heading or a link


def is_sentence(text: str) -> bool:
    """Longer than a link and closed like a sentence."""
    return is_long(text) and text.endswith(SENTENCE_END)


def is_long(text: str) -> bool:
    """Whether a text is longer than a link or a heading."""
    return len(text) >= LONG or (3 * len(text) >= LONG and width(text) >= LONG)


def reports(text: str) -> bool:
    """Whether a sentence says who said something: "Our journalism depends on readers, said the editor." is no offer."""
    return text.endswith(SENTENCE_END) and SAYS.search(text) is not None


def width(text: str) -> int:
    """Characters, where one of a script without spaces says as much as three of others."""
    return len(text) if text.isascii() else len(text) + 2 * len(SPACELESS.findall(text))


@lru_cache(4096)
def _letters_of(text: str) -> frozenset[str]:
    return frozenset(text)


class Surroundings:
    """What rules ask about a page, found once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._found: dict[Callable[[Surroundings], Any], Any] = {}

    def once(self, find: Callable[[Surroundings], T]) -> T:
        """What a function finds out about the page; it is asked once."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    def place(self, index: int) -> BlockInPage:
        """The block of that index, as rules see it."""
        return BlockInPage(self, index, self.blocks[index].text)

    @cached_property
    def leads(self) -> Sequence[str]:
        """The first word of each block, as `lead_of` gives it."""
        return [lead_of(block.text) for block in self.blocks]

    @cached_property
    def folded(self) -> Sequence[str]:
        """The text of each block, folded."""
        return [fold(block.text) for block in self.blocks]

    def with_any(self, texts: Sequence[str], longest: int) -> set[int]:
        """The blocks up to a length in which one of some folded texts stands. Most of them stand nowhere on a page, which is quickly found."""
        page, starts = self._joined
        found = set()
        for text in texts:
            at = page.find(text) if _letters_of(text) <= self._letters else -1
            while at >= 0:
                n = bisect_right(starts, at) - 1
                if starts[n + 1] - starts[n] <= longest + 1:
                    found.add(n)
                at = page.find(text, starts[n + 1])
        return found

    @cached_property
    def _letters(self) -> frozenset[str]:
        """The characters that stand on the page: a text with another one, as most are of other languages, stands nowhere on it."""
        return frozenset(self._joined[0])

    @cached_property
    def _joined(self) -> tuple[str, Sequence[int]]:
        """The folded blocks in one text, a line each, and where each begins there; last, where another would."""
        return "\n".join(self.folded), [0, *accumulate(len(text) + 1 for text in self.folded)]

    def around_article(self, below: int) -> list[int]:
        """The blocks above the first sentence and up to so many below it, and those below the last sentence."""
        top = min(self.first_sentence + below + 1, len(self.blocks))
        return [*range(top), *range(max(top, self.last_sentence + 1), len(self.blocks))]

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


@dataclass(frozen=True, slots=True)
class BlockInPage:
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


@cache
def _beginning(pattern: str) -> re.Pattern[str]:
    """Compiled for the first line that is looked at for it: to compile all takes longer than most texts."""
    return re.compile(rf"\W*(?:{pattern})", re.I | re.X)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is known about lines.

    A rule knows a line by a `pattern` that it begins with (case does not matter, white space in the pattern neither, white
    space and marks before the line's first word neither), or by a `test` of its place. A `certain` rule decides; the others
    name the reason for a block that the line model removed. `example` is a line that the rule knows; rules that look at
    neighbours have it with them, the line itself marked by ">".
    """

    name: str
    kind: LabelKind
    why: str
    example: str
    pattern: str | None = None
    longest: int = 160  # characters of a line that is looked at for a pattern or a needed text
    test: Callable[[BlockInPage], bool] | None = None
    certain: bool = False
    leads: Leads | None = None  # first words of lines that the rule is asked about, if it is not asked about all; a pattern has its own
    needed: tuple[str, ...] | None = None  # folded texts that stand in others that it is asked about, likewise
    where: Callable[[Surroundings], Iterable[int]] | None = None  # the lines of a page that it is asked about, likewise

    def __post_init__(self) -> None:
        if self.pattern is not None:
            for name, value in zip(("leads", "needed"), of_pattern(self.pattern), strict=True):
                object.__setattr__(self, name, value)

    def knows(self, place: BlockInPage) -> bool:
        """Whether this is such a line."""
        if self.pattern is None:
            return self.test is not None and (self.where is None or place.index in place.page.once(self.where)) and self.test(place)
        return len(place.text) <= self.longest and _beginning(self.pattern).match(place.text) is not None
