"""How a record holds every character of its input: pieces without a gap, and repairs that can be undone.

Each character of the input belongs to one piece, a paragraph of the body or a removed block; a piece reaches to where the
next one begins. A paragraph stands in the body with the blank line after it; where the input had something else there, a
repair says so.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.shared.records.cleaned import CleanedPart, Removed, Repair, Span

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters [start, end) of the input: a paragraph where `reason` is None, else a removed block."""

    start: int
    end: int
    reason: str | None = None
    paragraph: str = ""  # the paragraph as repaired
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiled:
    body: str
    blocks: list[Span]
    removed: list[Removed]
    repairs: list[Repair]


def tile(source: str, pieces: Sequence[Piece]) -> Tiled:
    """Pieces in order, without overlap and with nothing but white space between them → the parts of a record."""
    starts = [0, *(piece.start for piece in pieces[1:])]
    ends = [*starts[1:], len(source)]
    last = max((n for n, piece in enumerate(pieces) if piece.reason is None), default=-1)
    tiled = Tiled(SEPARATOR.join(piece.paragraph for piece in pieces if piece.reason is None), [], [], [])
    for n, (piece, start, end) in enumerate(zip(pieces, starts, ends, strict=True)):
        if piece.reason is not None:
            tiled.removed.append(Removed(source[start:end], piece.reason, start, end))
            continue
        tiled.blocks.append(Span(start, end))
        tiled.repairs.extend(_gap(source, start, piece.start, ""))
        tiled.repairs.extend(piece.repairs)
        tiled.repairs.extend(_gap(source, piece.end, end, "" if n == last else SEPARATOR))
    return tiled


def _gap(source: str, start: int, end: int, after: str) -> list[Repair]:
    before = source[start:end]
    return [] if before == after else [Repair(start, end, before, after)]


def rebuild(part: CleanedPart) -> str:
    """The decoded input that a record of stripped text was made of, to the character; of a record of HTML its body before repairs."""
    if not part.blocks:
        return _undo(part.body, 0, sys.maxsize, part.repairs)
    paragraphs = part.body.split(SEPARATOR)
    texts = {span.start: text + SEPARATOR for span, text in zip(part.blocks, paragraphs, strict=True)}
    texts[part.blocks[-1].start] = paragraphs[-1]
    return "".join(
        item.text if isinstance(item, Removed) else _undo(texts[item.start], item.start, item.end, part.repairs) for item in in_order(part)
    )


def in_order(part: CleanedPart) -> list[Span | Removed]:
    """Paragraphs' places and removed blocks in the order of the input."""
    items: list[Span | Removed] = [*part.blocks, *part.removed]
    return sorted(items, key=lambda item: item.start or 0)


def _undo(text: str, start: int, end: int, repairs: Sequence[Repair]) -> str:
    """What stood at [start, end) where the record has a text."""
    out: list[str] = []
    source_at, at = start, 0
    for repair in repairs:
        if not start <= repair.start or not repair.end <= end:
            continue
        kept = repair.start - source_at
        out += (text[at : at + kept], repair.before)
        at += kept + len(repair.after)
        source_at = repair.end
    return "".join(out) + text[at:]
