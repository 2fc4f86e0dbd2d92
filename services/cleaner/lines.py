"""A page's text as blocks, and the names of what a block can be."""

from __future__ import annotations

import re
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

LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*")


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
    end = 0
    for match in LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        stripped = line.strip()
        blank = not blocks or _breaks(text, end, start) > 1
        end = start + len(stripped)
        blocks.append(Block(stripped, start, end, blank))
    return blocks


def blocks_of(paragraphs: list[str]) -> list[Block]:
    """Paragraphs that were found some other way, as blocks of the text that they make when joined by blank lines."""
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(paragraph, at, at + len(paragraph), True))
        at += len(paragraph) + 2
    return blocks


def _breaks(text: str, start: int, end: int) -> int:
    gap = text[start:end]
    return max(gap.count("\n"), gap.count("\r"), len(gap.splitlines()) - 1 if len(gap) < 20 else 2)
