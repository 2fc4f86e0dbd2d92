"""Stripped text → the article in it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from services.cleaner import captions, dateline, language, title
from services.cleaner.classify import classify
from services.cleaner.lines import Block, Label, split
from services.cleaner.published import Published, published
from services.cleaner.repair import repair
from services.cleaner.tiling import Piece, tile
from services.cleaner.verdict import why_no_article
from shared.records.cleaned import CleanedPart, Dateline
from shared.records.common import content_hash
from shared.stage import Rejected


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page from elsewhere: its feed's title, the latest day it can be from, what its source repeats."""

    latest: date
    title: str | None = None
    repeated: Set[str] | None = None
    furniture_version: str | None = None


def clean(text: str, known: Known) -> CleanedPart | Rejected:
    """The article of a page that was stripped to text, with every removed line and its reason.

    Rejects a page without an article with a typed reason (see `verdict`). Never gives an empty body.
    """
    blocks = split(text)
    labels = classify(blocks, known.title, known.repeated)
    labels = _with_title(blocks, labels, known.title)
    if reason := why_no_article(blocks, labels):
        return reason
    return _assemble(text, blocks, labels, known)


def _with_title(blocks: Sequence[Block], labels: list[Label], given: str | None) -> list[Label]:
    """The headline's block becomes the title, and so does any other line with the same words above the article."""
    at = title.find(blocks, labels, given)
    if at is None:
        return labels
    folded = title.fold(blocks[at].text)
    return [
        Label("title", "title") if n == at or (not label.is_body and title.fold(block.text) == folded) else label
        for n, (block, label) in enumerate(zip(blocks, labels, strict=True))
    ]


def _assemble(text: str, blocks: Sequence[Block], labels: Sequence[Label], known: Known) -> CleanedPart:
    line, lead = _dateline(blocks, labels, known.latest)
    tiled = tile(text, list(_pieces(blocks, labels, lead)))
    headline = next((repair(block.text)[0] for block, label in zip(blocks, labels, strict=True) if label.kind == "title"), None)
    when = published(blocks, labels, line)
    found = language.detect(tiled.body)
    byline = next((block.text for block, label in zip(blocks, labels, strict=True) if label.kind == "byline"), None)
    return CleanedPart(
        title=headline,
        body=tiled.body,
        blocks=tiled.blocks,
        dateline=line,
        byline=byline,
        author=author_of(byline),
        published_at=when.at if when else None,
        published_precision=when.precision if when else None,
        language=found[0] if found else None,
        language_confidence=found[1] if found else None,
        captions=captions.unique(
            [captions.parse(repair(block.text)[0]) for block, label in zip(blocks, labels, strict=True) if label.kind == "caption"]
        ),
        removed=tiled.removed,
        repairs=tiled.repairs,
        origins=_origins(headline, byline, when, found is not None),
        furniture_version=known.furniture_version,
        revision=content_hash(headline or "", tiled.body),
    )


def _pieces(blocks: Sequence[Block], labels: Sequence[Label], lead: tuple[int, int] | None) -> list[Piece]:
    """`lead` is the dateline's place: the first paragraph's start, and where the dateline ends."""
    pieces: list[Piece] = []
    for block, label in zip(blocks, labels, strict=True):
        if not label.is_body:
            pieces.append(Piece(block.start, block.end, label.reason if label.reason != "model" else label.kind))
            continue
        start = block.start
        if lead and lead[0] == start:
            pieces.append(Piece(start, lead[1], "dateline"))
            start = lead[1]
        paragraph, repairs = repair(block.text[start - block.start :], start)
        pieces.append(Piece(start, block.end, None, paragraph, tuple(repairs)))
    return pieces


def _dateline(blocks: Sequence[Block], labels: Sequence[Label], latest: date) -> tuple[Dateline | None, tuple[int, int] | None]:
    """The dateline of the first or second paragraph, and where it stands."""
    body = [block for block, label in zip(blocks, labels, strict=True) if label.is_body]
    for block in body[:2]:
        if found := dateline.split_dateline(block.text):
            clock = [block.text for block, label in zip(blocks, labels, strict=True) if label.kind == "date_header"]
            told = [block.text for block, label in zip(blocks, labels, strict=True) if label.kind in ("body", "caption")]
            context = dateline.context_of(latest, clock, told, " ".join(other.text for other in body[:2]))
            return dateline.parse(found[0], context), (block.start, block.start + len(found[0]))
    return None, None


def author_of(byline: str | None) -> str | None:
    """The names in a byline."""
    if byline is None:
        return None
    words = byline.split(None, 1) if byline.lower().startswith(("by ", "von ", "par ", "por ")) else byline.lower().split(" by ", 1)
    name = byline[len(byline) - len(words[1]) :] if len(words) > 1 else byline
    return name.strip(" ,|·•-–—") or None


def _origins(headline: str | None, byline: str | None, when: Published | None, detected: bool) -> dict[str, str]:
    origins = {
        "title": "text" if headline else "",
        "author": "text" if byline else "",
        "published_at": when.origin if when else "",
        "language": "detected" if detected else "",
    }
    return {field: origin for field, origin in origins.items() if origin}
