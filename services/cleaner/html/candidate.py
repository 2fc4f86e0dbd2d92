"""A page before anything is chosen: parsed, its blocks in order, and what the model sees of each."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement, tostring
from resiliparse.extract.html2text import extract_plain_text

from copydesk.services.cleaner.html import jsonld
from copydesk.services.cleaner.html.blocks import HtmlBlock, blocks
from copydesk.services.cleaner.html.collector import collector_paused
from copydesk.services.cleaner.html.facts import PageFacts, gather
from copydesk.services.cleaner.html.features import BlockMatrix, PageToRead, block_features
from copydesk.services.cleaner.html.parsing import parse_page
from copydesk.shared.stage import Rejected

MAX_BLOCKS = 20_000
MOST_ATTRIBUTES = 200  # of an element


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
