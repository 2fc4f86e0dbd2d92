"""From a page to its article, in this process and without limits: what the extraction process does with each page.

Blocks of the page in order; resiliparse's choice among them; a model that corrects this choice by what it knows of all blocks;
metadata; a reason for each block that was left out. Where the model finds nothing, others are asked in turn (`otherwise`), and
`origins["body"]` says which of them answered.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.services.cleaner import byline, captions, language
from copydesk.services.cleaner.biography import biographies
from copydesk.services.cleaner.html import kinds, reasons
from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.blocks import BREAK
from copydesk.services.cleaner.html.candidate import Candidate, candidate
from copydesk.services.cleaner.html.choice import THRESHOLD, shipped_block_model
from copydesk.services.cleaner.html.collector import collector_paused
from copydesk.services.cleaner.html.headline import Title
from copydesk.services.cleaner.html.hints import COLUMNS as HINTS
from copydesk.services.cleaner.html.metadata import Metadata, metadata, title_of
from copydesk.services.cleaner.html.otherwise import body_of
from copydesk.services.cleaner.html.overruled import overruled
from copydesk.services.cleaner.html.plain_text import one_line
from copydesk.services.cleaner.html.printed import changed_at, date_order, named_date, printed_date
from copydesk.services.cleaner.html.restored import restored
from copydesk.services.cleaner.html.vicinity import Vicinity
from copydesk.services.cleaner.html.windows import Column
from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.repair import repair_text
from copydesk.services.cleaner.verdict import why_no_article
from copydesk.shared.records.cleaned import Caption, Removed
from copydesk.shared.stage import Rejected

LONGEST_LINE = 140  # characters of a line that may tell in which order the page prints dates
DETECTED = 2_000  # characters of the article whose language is told


@collector_paused()
def extract_page(html: str, url: str | None = None) -> HtmlArticle | Rejected:
    """The article, or why there is none. May take long and much memory on hostile pages: run it within limits."""
    page = candidate(html)
    if isinstance(page, Rejected):
        return page
    return finish(page, shipped_block_model().chances(page.rows), url)


@collector_paused()
def finish(page: Candidate, chances: Column, url: str | None) -> HtmlArticle | Rejected:
    """The article that given chances of the blocks lead to."""
    in_body = restored(page.blocks, [bool(chance >= THRESHOLD) for chance in chances])
    known = overruled(page.blocks, in_body)
    in_body = [kept and at not in known for at, kept in enumerate(in_body)]
    paragraphs, origin = body_of(page, in_body)
    title = title_of(page.facts, url, _headings(page, in_body))
    hints = {name: page.rows[:, page.columns.index(name)] for name in HINTS}
    labels = reasons.label_all(page.blocks, hints, in_body, title.text if title else None)
    labels = [known.get(at, label) for at, label in enumerate(labels)]
    if origin == "blocks" or not paragraphs:
        reason = kinds.by_markup(page.facts, page.blocks, in_body) or why_no_article(blocks_of([block.text for block in page.blocks]), labels)
        if reason:
            return reason
    vicinity = Vicinity(page.facts.root, page.blocks, in_body, title.text if title else None)
    found = _metadata(page, vicinity, in_body, labels, title, url)
    written = _byline(vicinity, labels)
    if origin == "blocks":
        labels, paragraphs = _without_biographies(page, labels, found.author or written)
    return _article(page, paragraphs, labels, found, written, origin)


def _without_biographies(page: Candidate, labels: list[Label], author: str | None) -> tuple[list[Label], list[str]]:
    """The labels, and the paragraphs, without what presents the author below the article."""
    chosen = [at for at, label in enumerate(labels) if label.is_body]
    told = biographies([block.text for block in page.blocks], chosen, byline.author_names(author) if author else ())
    return [told.get(at, label) for at, label in enumerate(labels)], [page.blocks[at].text for at in chosen if at not in told]


def _byline(vicinity: Vicinity, labels: Sequence[Label]) -> str | None:
    """The byline that is printed near the article."""
    lines = [vicinity.blocks[at].text.replace(BREAK, " | ") for at in vicinity.around]
    return byline.find_byline(blocks_of(lines), [labels[at] for at in vicinity.around])


def _metadata(
    page: Candidate, vicinity: Vicinity, in_body: Sequence[bool], labels: Sequence[Label], title: Title | None, url: str | None
) -> Metadata:
    """What is stated; and a date that only readers are told, where none is stated to the day."""
    spoken = language.detect(" ".join(block.text for block, kept in zip(page.blocks, in_body, strict=True) if kept)[:DETECTED])
    order = date_order(page.facts, url, spoken[0] if spoken else None, [block.text for block in page.blocks if len(block.text) <= LONGEST_LINE])
    found = metadata(page.facts, url, title, vicinity, order)
    if found.published is None or found.published.precision in ("year", "month"):
        when = printed_date(page.blocks, labels, vicinity, order)
        if when is None and found.published is None:
            when = (
                named_date(page.blocks, in_body, vicinity, order)
                or printed_date(page.blocks, labels, vicinity, order, changes=True)
                or named_date(page.blocks, in_body, vicinity, order, changes=True)
                or changed_at(page.facts)
            )
        if when:
            found.published, found.origins["published_at"] = when
    return found


def _headings(page: Candidate, in_body: Sequence[bool]) -> list[Title]:
    """Candidates for the title: each <h1> above the first long paragraph; without one, its <h2>, and any later <h1>."""
    first = next((at for at, kept in enumerate(in_body) if kept and len(page.blocks[at].text) > 100), len(in_body))
    order = {block.element: at for at, block in reversed(list(enumerate(page.blocks)))}
    above: list[Title] = []
    sections: list[Title] = []
    below: list[Title] = []
    for element in page.facts.headings:
        title = Title(one_line(element.text_content()), str(element.tag))
        late = min((order[inner] for inner in element.iter() if inner in order), default=-1) > first
        if title.text and (element.tag == "h1" or not late):
            (below if late else above if element.tag == "h1" else sections).append(title)
    return above or [*sections, *below]


def _article(page: Candidate, paragraphs: Sequence[str], labels: Sequence[Label], found: Metadata, written: str | None, origin: str) -> HtmlArticle:
    removed = [
        Removed(text=block.text, reason=label.reason if label.reason not in ("model", "part_of_page") else label.kind)
        for block, label in zip(page.blocks, labels, strict=True)
        if not label.is_body
    ]
    told = [repair_text(block.text)[0] for block, label in zip(page.blocks, labels, strict=True) if label.kind == "caption"]
    origins = {**found.origins, "body": origin}
    if written:
        origins = {"byline": "text", "author": "text"} | origins
    return HtmlArticle(
        paragraphs=tuple(paragraphs),
        removed=tuple(removed),
        captions=tuple(_captions(told)),
        title=repair_text(found.title)[0] if found.title else None,
        byline=written,
        author=repair_text(found.author)[0] if found.author else written and byline.author_of(written),
        published_at=found.published.text if found.published else None,
        published_precision=found.published.precision if found.published else None,
        language=found.language,
        metadata=found.more,
        origins=origins,
    )


def _captions(texts: Sequence[str]) -> list[Caption]:
    return captions.unique([captions.parse_caption(text) for text in texts if np.char.isalpha(text[:1]).any() or len(text) > 3])
