"""Stripped text → the article in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from copydesk.services.cleaner import byline, captions, dateline, language, title
from copydesk.services.cleaner.biography import biographies
from copydesk.services.cleaner.classify import classify
from copydesk.services.cleaner.dates import order_of
from copydesk.services.cleaner.lines import Block, Label, LabelKind, split_lines
from copydesk.services.cleaner.model.line_model import LineChances, shipped_line_model
from copydesk.services.cleaner.published import publication_day
from copydesk.services.cleaner.repair import repair_block
from copydesk.services.cleaner.tiling import Piece, tile
from copydesk.services.cleaner.verdict import EMPTY, why_no_article
from copydesk.shared.records.base import content_hash
from copydesk.shared.records.cleaned import CleanedPart, Dateline
from copydesk.shared.stage import Rejected

Read = Callable[[Sequence[Block]], LineChances]


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page from elsewhere: the latest day it can be from, its feed's title, which lines its source repeats.

    `named` is the day that its file's name tells: near it lies the day of a dateline without a year.
    """

    latest: date
    title: str | None = None
    repeats: Callable[[str], bool] | None = None
    furniture_version: str | None = None
    named: date | None = None

    @property
    def dateline_before(self) -> date:
        """The latest day that a dateline without a year is of."""
        return min(self.latest, self.named + timedelta(days=1)) if self.named else self.latest


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's blocks with what each of them is."""

    blocks: Sequence[Block]
    labels: Sequence[Label]

    def of(self, *kinds: LabelKind) -> list[str]:
        """The texts of the blocks of these kinds, in order."""
        return [block.text for block, label in zip(self.blocks, self.labels, strict=True) if label.kind in kinds]

    def above_article(self) -> Judged:
        """The page down to its first paragraph."""
        first = next((n for n, label in enumerate(self.labels) if label.is_body), 0)
        return Judged(self.blocks[:first], self.labels[:first])


def clean_text(text: str, known: PageContext, read: Read | None = None) -> CleanedPart | Rejected:
    """The article of a page that was stripped to text, with every removed line and its reason.

    `read` stands in for the shipped line model. Rejects a page without an article with a typed reason (see `verdict`). Never gives an empty body.
    """
    blocks = split_lines(text)
    if not blocks:
        return EMPTY
    reading = (read or shipped_line_model().read)(blocks)
    labels = captions.without_repetition(blocks, classify(blocks, reading, known.repeats))
    page = Judged(blocks, title.mark(blocks, labels, reading.title, known.title))
    return why_no_article(page.blocks, page.labels) or _assemble(text, _without_biographies(page), known)


def _without_biographies(page: Judged) -> Judged:
    """The page, without what presents the author below the article as a part of it."""
    written = byline.find_byline(page.blocks, page.labels)
    body = [n for n, label in enumerate(page.labels) if label.is_body]
    told = biographies([block.text for block in page.blocks], body, byline.author_names(written) if written else ())
    return Judged(page.blocks, [told.get(n, label) for n, label in enumerate(page.labels)]) if told else page


def _assemble(text: str, page: Judged, known: PageContext) -> CleanedPart:
    line, lead = _dateline(page, known.dateline_before)
    tiled = tile(text, _pieces(page, lead))
    headline = next((repair_block(text)[0] for text in page.of("title")), None)
    written = byline.find_byline(page.blocks, page.labels)
    found = language.detect(tiled.body)
    when = publication_day(page.blocks, page.labels, line, known.latest, order_of(found[0]) if found else None)
    printed = {"title": headline, "byline": written, "author": written, "dateline": line}
    origins = {
        **{field: value and "text" for field, value in printed.items()},
        "published_at": when and when.origin,
        "language": found and "detected",
    }
    return CleanedPart(
        title=headline,
        body=tiled.body,
        blocks=tiled.blocks,
        dateline=line,
        byline=written,
        author=byline.author_of(written) if written else None,
        published_at=when.at if when else None,
        published_precision=when.precision if when else None,
        language=found[0] if found else None,
        language_confidence=found[1] if found else None,
        captions=captions.unique([captions.parse_caption(repair_block(text)[0]) for text in page.of("caption")]),
        removed=tiled.removed,
        repairs=tiled.repairs,
        origins={field: str(origin) for field, origin in origins.items() if origin},
        furniture_version=known.furniture_version,
        revision=content_hash(headline or "", tiled.body),
    )


def _pieces(page: Judged, lead: tuple[int, int] | None) -> list[Piece]:
    """`lead` says where the dateline stands: the start of its paragraph, and its own end."""
    pieces: list[Piece] = []
    for block, label in zip(page.blocks, page.labels, strict=True):
        if not label.is_body:
            pieces.append(Piece(block.start, block.end, label.reason if label.reason != "model" else label.kind))
            continue
        start = block.start
        if lead and lead[0] == start:
            pieces.append(Piece(start, lead[1], "dateline"))
            start = lead[1]
        paragraph, repairs = repair_block(block.text[start - block.start :], start)
        pieces.append(Piece(start, block.end, None, paragraph, tuple(repairs)))
    return pieces


def _dateline(page: Judged, latest: date) -> tuple[Dateline | None, tuple[int, int] | None]:
    """The dateline of the first or second paragraph, and where it stands."""
    body = [block for block, label in zip(page.blocks, page.labels, strict=True) if label.is_body]
    paragraphs = [block.text for block in body]
    found = dateline.locate(paragraphs)
    if found is None:
        return None, None
    n, printed = found
    context = dateline.context_of(latest, page.above_article().of("date_header"), page.of("body", "caption"), paragraphs[: dateline.PARAGRAPHS])
    return dateline.parse_dateline(printed, context), (body[n].start, body[n].start + len(printed))
