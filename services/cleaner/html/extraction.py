"""From a page to its article, in this process and without limits: what the extraction process does with each page.

Blocks of the page in order; resiliparse's choice among them; a model that corrects this choice by what it knows of all blocks;
metadata; a reason for each block that was left out. Where the model finds nothing, others are asked in turn (`_otherwise`), and
`origins["body"]` says which of them answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import trafilatura
from lxml.html import HtmlElement, tostring
from resiliparse.extract.html2text import extract_plain_text

from copydesk.services.cleaner import byline, captions, language
from copydesk.services.cleaner.classify import classify
from copydesk.services.cleaner.html import jsonld, kinds, reasons
from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.services.cleaner.html.blocks import BREAK, HtmlBlock, blocks
from copydesk.services.cleaner.html.choice import THRESHOLD, shipped_block_model
from copydesk.services.cleaner.html.collector import collector_paused
from copydesk.services.cleaner.html.facts import PageFacts, gather
from copydesk.services.cleaner.html.features import BlockMatrix, PageToRead, block_features
from copydesk.services.cleaner.html.headline import Title
from copydesk.services.cleaner.html.hints import COLUMNS as HINTS
from copydesk.services.cleaner.html.metadata import Metadata, metadata, title_of
from copydesk.services.cleaner.html.overruled import overruled
from copydesk.services.cleaner.html.parsing import parse_page
from copydesk.services.cleaner.html.plain_text import one_line, visible
from copydesk.services.cleaner.html.printed import changed_at, date_order, named_date, printed_date
from copydesk.services.cleaner.html.restored import restored
from copydesk.services.cleaner.html.vicinity import Vicinity
from copydesk.services.cleaner.html.windows import Column
from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.repair import repair_text
from copydesk.services.cleaner.verdict import why_no_article
from copydesk.shared.records.cleaned import Caption, Removed
from copydesk.shared.stage import Rejected

FEW_WORDS = 25  # with fewer chosen, the others are asked
ENOUGH_WORDS = 40  # that an answer must have to be taken instead
MAX_BLOCKS = 20_000
MOST_ATTRIBUTES = 200  # of an element
LONGEST_LINE = 140  # characters of a line that may tell in which order the page prints dates
DETECTED = 2_000  # characters of the article whose language is told


@dataclass(slots=True)
class Candidate:
    """A page, parsed, with what is needed to choose among its blocks."""

    facts: PageFacts
    blocks: list[HtmlBlock]
    rows: BlockMatrix
    columns: list[str]
    elements: list[HtmlElement]  # kept: lxml makes an element's Python side anew, slowly, each time that nobody holds it


@collector_paused()
def candidate(html: str) -> Candidate | Rejected:
    """Parse a page and look at it from all sides. Rejects pages without text."""
    if not html.strip():
        return Rejected("empty", "the page has no content")
    root = parse_page(html)
    elements = list(root.iter()) if root is not None else []
    found = blocks(root)[:MAX_BLOCKS] if root is not None else []
    if root is None or not found:
        return Rejected("empty", "the page shows no text; it may be drawn by scripts: fetch it with a browser")
    facts = gather(root)
    chosen = _resiliparse(root)
    columns: list[str] = []
    described = jsonld.text(facts.article.get("articleBody"))
    rows = block_features(PageToRead(found, _stated_title(facts), described, {"main": chosen}), columns)
    return Candidate(facts, found, rows, columns, elements)


def _stated_title(facts: PageFacts) -> str | None:
    return jsonld.text(facts.article.get("headline")) or facts.first_meta("og:title") or facts.title


def _resiliparse(root: HtmlElement) -> str:
    """Its text of the page as we parsed it, which bounds its depth. An element of many attributes takes it quadratic time: then it has no vote."""
    if root.xpath(f"boolean(//*[@*[{MOST_ATTRIBUTES}]])"):
        return ""
    text: str = extract_plain_text(tostring(root, encoding="unicode"), main_content=True, links=False, alt_texts=False)
    return text


def _trafilatura(root: HtmlElement) -> str:
    """Its text, a line a block. A page that breaks it has none."""
    try:
        return trafilatura.extract(root, include_comments=False, fast=True) or ""
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError):
        return ""


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
    paragraphs, origin = _body(page, in_body)
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
    return _article(page, paragraphs, labels, found, _byline(vicinity, labels), origin)


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


def _body(page: Candidate, in_body: Sequence[bool]) -> tuple[list[str], str]:
    paragraphs = [block.text for block, kept in zip(page.blocks, in_body, strict=True) if kept]
    if _count(paragraphs) < FEW_WORDS:
        for others, origin in _otherwise(page):
            if _count(others) >= ENOUGH_WORDS:
                return others, origin
    return paragraphs, "blocks"


def _otherwise(page: Candidate) -> Iterator[tuple[list[str], str]]:
    """What others make of the page: its publisher (JSON-LD), trafilatura, the line model."""
    described = page.facts.article.get("articleBody")
    yield [visible(part) for part in described.splitlines() if part.strip()] if isinstance(described, str) else [], "json-ld"
    yield [visible(part) for part in _trafilatura(page.facts.root).splitlines() if part.strip()], "trafilatura"
    lines = blocks_of([block.text for block in page.blocks])
    yield [line.text for line, label in zip(lines, classify(lines), strict=True) if label.is_body], "line_model"


def _count(paragraphs: Sequence[str]) -> int:
    return sum(len(text.split()) if text.isascii() else max(len(text.split()), len(text) // 3) for text in paragraphs)


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
