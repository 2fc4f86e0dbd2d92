"""A page's text as blocks, and the names of what a block can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from copydesk.services.cleaner.fragments import goes_on

LabelKind = Literal[
    "body",
    "title",
    "byline",
    "dateline",
    "date_header",
    "place_header",
    "weather",
    "pager",
    "caption",
    "credit",
    "related",
    "comment_form",
    "comment",
    "call_to_action",
    "share",
    "newsletter",
    "subscription",
    "advertisement",
    "legal",
    "navigation",
    "biography",
    "repeated_by_source",
    "furniture",
]
KINDS: tuple[str, ...] = get_args(LabelKind)

NARROWEST, WIDEST = 50, 100  # characters to a line of text that was wrapped
WITHIN = 0.97  # of a wrapped page's lines are no wider than its width
FULL = 0.7  # of the width, from which a line may be one that goes on
LEAST_FULL, GO_ON = 6, 0.9  # so many lines with one below have to be full, and such a share of them has to go on in it
STOPS = tuple('.!?:…。！？।۔؟"”»’)')
MOST_STOPS = 0.5  # of the lines that go on may end like a sentence
TAIL = 80  # characters that tell whether a sentence goes on
INDENT = 2  # characters by which a new paragraph may be set in


@dataclass(frozen=True, slots=True)
class Block:
    """One line that is not blank: characters [start, end) of the input, without white space around it.

    Where the input was wrapped at a fixed width, or broken within a sentence: the lines of one paragraph, with the line breaks between them.
    """

    text: str
    start: int
    end: int
    blank_before: bool = False  # an empty line, or the input's begin, stands before it


@dataclass(frozen=True, slots=True)
class Label:
    """What a block is. `reason` names the rule that knew it, or `model`; `confidence` is between 0 and 1."""

    kind: LabelKind
    reason: str
    confidence: float = 1.0

    @property
    def is_body(self) -> bool:
        return self.kind == "body"


def split_lines(text: str) -> list[Block]:
    """The lines of a text that are not blank, in order; a paragraph that was wrapped at a fixed width is one, and so is a broken sentence."""
    lines = list(printed_lines(text))
    if width := _width(lines, text):
        return _joined(lines, text, lambda first, above, below: _goes_on(above, below, text, width))
    return _joined(lines, text, lambda first, above, below: goes_on(text[max(first.start, above.end - TAIL) : above.end], below.text))


def printed_lines(text: str) -> Iterator[Block]:
    """Each line that is not blank, as it is printed."""
    at, blank = 0, True
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            start = at + len(line) - len(line.lstrip())
            yield Block(stripped, start, start + len(stripped), blank)
        blank = not stripped
        at += len(line)


def _width(blocks: list[Block], text: str) -> int:
    """The width at which a page was wrapped; 0 for a page that was not.

    On a wrapped page hardly a line is wider, and a full line goes on below, where the next word did not fit in any more.
    """
    widths = sorted(len(block.text) for block in blocks)
    width = widths[int(WITHIN * (len(widths) - 1))] if widths else 0
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = [(above, below) for above, below in pairwise(blocks) if not below.blank_before and len(above.text) >= FULL * width]
    going_on = [above for above, below in full if _goes_on(above, below, text, width)]
    stopped = sum(above.text.endswith(STOPS) for above in going_on)
    return width if len(full) >= LEAST_FULL and len(going_on) >= GO_ON * len(full) and stopped <= MOST_STOPS * len(going_on) else 0


def _goes_on(above: Block, below: Block, text: str, width: int) -> bool:
    """Whether the line has no room for the first word below, which is not set in as that of a new paragraph."""
    indent = _indent(above, text)
    needed = indent + len(above.text) + 1 + len(below.text.split(None, 1)[0])
    return needed > width and not below.blank_before and _indent(below, text) < indent + INDENT


def _joined(lines: list[Block], text: str, same: Callable[[Block, Block, Block], bool]) -> list[Block]:
    """Each line with those that go on below it. `same` is asked of a block's first line, its last one so far, and the next."""
    ends: list[tuple[Block, Block]] = []
    for line in lines:
        if ends and same(*ends[-1], line):
            ends[-1] = ends[-1][0], line
        else:
            ends.append((line, line))
    return [
        first if first is last else Block(text[first.start : last.end], first.start, last.end, first.blank_before)
        for first, last in ends
    ]  # fmt: skip


def _indent(block: Block, text: str) -> int:
    """How many characters of white space stand before a block's first line."""
    before = text[max(0, block.start - WIDEST) : block.start]
    return len(before) - len(before.rstrip(" \t"))


def blocks_of(paragraphs: list[str]) -> list[Block]:
    """Paragraphs that were found some other way, as blocks of the text that they make when joined by blank lines."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(paragraph, at, at + len(paragraph), True))
        at += len(paragraph) + 2
    return blocks
