"""From a page's text to its tree, whatever the page is like.

libxml2 follows 256 levels of nesting; a page that is deeper is read again without that limit and then made flat below LEVELS,
so that what walks through it takes time in proportion to its size.
"""

from __future__ import annotations

import re

from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from copydesk.services.cleaner.html import markup

LEVELS = 200
DEEP = f"boolean({'/*' * 240})"
SMALL = 2_000  # characters of a page that can be neither deep nor large
OUT_OF_MEMORY = re.compile(r"memory|unknown error", re.I)  # what the parser says when it gets none; it mends all else
MOST_SPAN = 1_000  # columns or rows that a cell may span, as in browsers; trafilatura makes as many cells


def parse_page(html: str) -> HtmlElement | None:
    """The root of the page (of a fragment, that of a page around it); None without any element. Raises MemoryError where the parser has none."""
    page = markup.repaired(html if markup.is_page(html) else markup.as_page(html))
    root = _parsed(page, huge=False)
    if len(page) > SMALL and (root is None or root.xpath(DEEP)):
        root = _parsed(page, huge=True)
        if root is not None:
            _flatten(root)
    if root is not None:
        _limit_spans(root)
    return root


def _parsed(page: str, huge: bool) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError) as error:
        if huge and OUT_OF_MEMORY.search(str(error)):
            raise MemoryError from error
        return None


def _flatten(root: HtmlElement) -> None:
    """Take out elements that only hold another of their kind; make what is still deeper than LEVELS children of the element there, in page order."""
    for element in list(root.iter()):
        while _only_holds(element, element[0] if len(element) == 1 else None):
            inner = element[0]
            element.extend([*inner])
            element.text = inner.text
            element.remove(inner)
    level = [root]
    for _ in range(LEVELS):
        level = [child for element in level for child in element]
    for element in level:
        _hoist(element)


def _only_holds(element: HtmlElement, inner: HtmlElement | None) -> bool:
    texts = (element.text or "") + ((inner.tail or "") if inner is not None else "")
    return inner is not None and inner.tag == element.tag and not texts.strip()


def _hoist(top: HtmlElement) -> None:
    """Put all that is in `top` directly into it."""
    inner = list(top.iterdescendants())
    if all(element.getparent() is top for element in inner):
        return
    texts: list[tuple[HtmlElement | None, str]] = []  # what stands behind the beginning of which element
    stack: list[tuple[HtmlElement, bool]] = [(child, False) for child in reversed(top)]
    last: HtmlElement | None = None
    while stack:
        element, leaving = stack.pop()
        if leaving:
            texts.append((last, element.tail or ""))
            continue
        last = element
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    for element in inner:
        element.tail = None
    for element in reversed(inner):
        element.getparent().remove(element)
    top.extend(inner)
    for before, tail in texts:
        if before is not None and tail:
            before.tail = (before.tail or "") + tail


def _limit_spans(root: HtmlElement) -> None:
    for cell in root.iter("td", "th"):
        for name in ("colspan", "rowspan"):
            if (span := cell.get(name)) is not None and not (span.isascii() and span.isdigit() and len(span) <= 3):
                del cell.attrib[name]
