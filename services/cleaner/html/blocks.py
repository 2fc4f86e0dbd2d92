"""A page as its text blocks in order: what stands between two block-level tags.

Inline tags stay inside a block; a row of a table of figures is one block, its cells parted by " | "; the cells of a table that only
lays out the page are blocks (`tables`); two <br> part blocks as <p> does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from copydesk.services.cleaner.byline import in_brackets, is_byline
from copydesk.services.cleaner.date_lines import date_line
from copydesk.services.cleaner.html.apart import is_apart
from copydesk.services.cleaner.html.plain_text import visible, words
from copydesk.services.cleaner.html.tables import lays_out
from copydesk.services.cleaner.rules.rule import is_long

INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark nobr q ruby rb s samp small span strike strong "
    "sub sup time tt u var td th picture"
)
# "marquee" and the like are block enough; what is named here has no text of the page in it.
SKIPPED = words(
    "script style noscript template svg math iframe object applet canvas video audio map head title select datalist textarea input "
    "param meta link base noframes frameset dialog rt rp rtc"
)
BREAK = "\n"
CELLS = ("td", "th")
FIRST_LINES = 3  # of a block, among which its byline may stand


@dataclass(slots=True)
class HtmlBlock:
    """`element` is the innermost block-level element around the text; `linked` counts characters inside links, `bold` inside bold or headings."""

    element: HtmlElement
    text: str
    linked: int
    bold: int
    pictures: int


class _Collector:
    """Gathers text until a block ends."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = self.bold = self.pictures = 0

    def add(self, text: str, in_link: bool, in_bold: bool) -> None:
        self.parts.append(text)
        size = len(text) if text.isascii() and " " not in text else len(text.strip())
        self.linked += size * in_link
        self.bold += size * in_bold

    def touches(self, text: str) -> bool:
        """Whether a text would be glued to that of the element before it, of which it is no part: "ANN LEE" and "Gazette"."""
        last = self.parts[-1][-1] if self.parts else " "
        return text[0].isupper() and (last.islower() or (last.isupper() and text[1:2].islower()))

    def flush(self, element: HtmlElement) -> HtmlBlock | None:
        text = visible("".join(self.parts)).strip(" |\n") if self.parts else ""
        block = HtmlBlock(element, text, self.linked, self.bold, self.pictures) if text else None
        self.parts.clear()
        self.linked = self.bold = self.pictures = 0
        return block


def blocks(root: HtmlElement) -> list[HtmlBlock]:
    """All text blocks under `root`, in page order. Text is `visible`; a single <br> is a line break in it, but parts off a byline or date."""
    return [part for block in _walk(root) for part in (_parted(block) if BREAK in block.text else _signed(block))]


def _signed(block: HtmlBlock) -> Iterator[HtmlBlock]:
    """A paragraph, and the names in brackets at its end apart: "…決める。【村上直樹】"."""
    start = block.text.rfind("【") if block.text.endswith("】") else -1
    if start > 0 and in_brackets(block.text[start:]):
        yield HtmlBlock(block.element, block.text[:start].rstrip(), block.linked, block.bold, block.pictures)
        yield HtmlBlock(block.element, block.text[start:], 0, 0, 0)
    else:
        yield block


def _parted(block: HtmlBlock) -> Iterator[HtmlBlock]:
    """The byline and date lines on the first lines of a block, apart from the headline above and the text below them."""
    lines = block.text.split(BREAK)
    start = next((n for n, line in enumerate(lines[:FIRST_LINES]) if _tells_of_article([line])), None)
    if start is None or any(map(is_long, lines[:start])):
        yield block
        return
    end = start + 1
    while end < len(lines) and _tells_of_article(lines[start : end + 1]):
        end += 1
    for text in map(BREAK.join, (lines[:start], lines[start:end], lines[end:])):
        if text:
            share = len(text) / len(block.text)
            yield HtmlBlock(block.element, text, round(block.linked * share), round(block.bold * share), block.pictures)


def _tells_of_article(lines: list[str]) -> bool:
    """Whether the last of these lines is a byline or a date, or goes on with the byline above it: "By Ann Lee", "Special to the Courier"."""
    line = lines[-1]
    return date_line(line) is not None or (not is_long(line) and (is_byline(line) or is_byline(" | ".join(lines))))


def _walk(root: HtmlElement) -> Iterator[HtmlBlock]:
    collector = _Collector()
    links = bolds = 0
    owners = [root]
    layouts: list[bool] = []  # of the tables around, the innermost last
    left = False  # whether an element ended right before
    walker = iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        entered = isinstance(tag, str) and tag not in SKIPPED and tag not in ("br", "img")
        if event == "start":
            if not entered:
                walker.skip_subtree()
                continue
            if tag == "table":
                layouts.append(lays_out(element))
            if tag not in INLINE or (tag in CELLS and not (layouts and not layouts[-1])) or is_apart(element):
                if block := collector.flush(owners[-1]):
                    yield block
                owners.append(element)
            links += tag == "a"
            bolds += tag in _BOLD
            if text := element.text:
                if left and collector.touches(text):
                    collector.parts.append(" ")
                _add(collector, text, links, bolds)
                left = False
            continue
        if entered:
            links -= tag == "a"
            bolds -= tag in _BOLD
            if element is owners[-1]:
                if block := collector.flush(owners.pop()):
                    yield block
            elif tag in CELLS and collector.parts:
                collector.parts.append(" | ")
            if tag == "table":
                layouts.pop()
        elif tag == "br":
            if collector.parts and collector.parts[-1] == BREAK:
                if block := collector.flush(owners[-1]):
                    yield block
            elif collector.parts:
                collector.parts.append(BREAK)
        elif tag == "img":
            collector.pictures += 1
        tail = element.tail if element is not root else None
        left = element is not root and not tail
        if tail:
            _add(collector, tail, links, bolds)
    if block := collector.flush(root):
        yield block


_BOLD = words("b strong h1 h2 h3 h4 h5 h6 th dt")


def _add(collector: _Collector, text: str, links: int, bolds: int) -> None:
    if text.isspace():
        if collector.parts and collector.parts[-1] != BREAK:
            collector.parts.append(" ")
    else:
        collector.add(text.replace("\n", " ").replace("\r", " "), links > 0, bolds > 0)
