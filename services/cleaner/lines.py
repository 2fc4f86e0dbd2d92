"""A page's text as blocks, and the names of what a block can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
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
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Block:
    """One line that is not blank: characters [start, end) of the input, without white space around it."""

    text: str
    start: int
    end: int
    blank_before: bool = False  # an empty line, or the input's begin, stands before it


@dataclass(frozen=True, slots=True)
class Label:
    """What a block is. `reason` names the rule that knew it, or `model`; `confidence` is between 0 and 1."""

    kind: Kind
    reason: str
    confidence: float = 1.0

    @property
    def is_body(self) -> bool:
        return self.kind == "body"


def split(text: str) -> list[Block]:
    """The lines of a text that are not blank, in order."""
    blocks: list[Block] = []
    at, blank = 0, True
    for line in text.splitlines(keepends=True):
        if stripped := line.strip():
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block(stripped, start, start + len(stripped), blank))
        blank = not stripped
        at += len(line)
    return blocks


def blocks_of(paragraphs: list[str]) -> list[Block]:
    """Paragraphs that were found some other way, as blocks of the text that they make when joined by blank lines."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(paragraph, at, at + len(paragraph), True))
        at += len(paragraph) + 2
    return blocks
