"""Who wrote it: names as metadata state them and as pages print them."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from copydesk.services.cleaner import byline
from copydesk.services.cleaner.html.blocks import BREAK
from copydesk.services.cleaner.html.plain_text import one_line
from copydesk.services.cleaner.html.vicinity import Vicinity

NO_NAME = re.compile(
    r"^(?:https?:|www\.|admin(?:istrator)?$|webmaster$|editor$|unknown$|none$|null$|anonymous$|user\d*$|staff$|author$)|@[\w-]+\.|^[\W\d_]+$", re.I
)
TRAILING = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|\(@|\bon\b\s+\w+\s+\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:published|updated|posted)\b).*$",
    re.I,
)
BYLINE_PATH = (
    "//*[@rel='author' or contains(@rel, 'author ')]"
    "|//*[contains(@class,'author') or contains(@class,'byline') or contains(@class,'Author')"
    " or contains(@class,'Byline') or contains(@itemprop,'author')]"
)
LONGEST, MAX_WORDS = 120, 14
MOST_BYLINES = 60


def clean_author(raw: str) -> str | None:
    """The names in what a page states as its author, else the desk or handle that it states; None for addresses and the like."""
    text = one_line(raw).lstrip("@")
    if not text or len(text) > LONGEST:
        return None
    return byline.author_of(text) or (None if NO_NAME.search(text) else _desk(text))


def _desk(text: str) -> str | None:
    lead = byline.LEAD.match(text)
    return TRAILING.sub("", text[lead.end() :] if lead else text).strip(" ,;:|-–—") or None


def printed_authors(root: HtmlElement, vicinity: Vicinity | None) -> list[str]:
    """The names in the byline that the page prints nearest to its article: known by what its element is called, or by what it says.

    Without one there, those of an author's box elsewhere, unless several boxes name different authors: those are of other stories.
    """
    named = [(element, names) for element in root.xpath(BYLINE_PATH)[:MOST_BYLINES] if (names := _names_of(element))]
    if vicinity is None:
        return list(named[0][1]) if named else []
    near = [(rank, names) for element, names in named if (rank := vicinity.rank(element)) is not None]
    near += [(rank, names) for rank, at in enumerate(vicinity.around) if (names := _names_said(vicinity.blocks[at].text))]
    if near:
        return list(min(near)[1])
    boxes = {names for element, names in named if not vicinity.is_anothers(element)}
    return list(boxes.pop()) if len(boxes) == 1 else []


def _names_of(element: HtmlElement) -> tuple[str, ...]:
    text = parted(element)
    return byline.author_names(text) if _is_byline(element, text) else ()


def _names_said(text: str) -> tuple[str, ...]:
    """The names in a line that begins as a byline."""
    line = text.replace(BREAK, " | ")
    return byline.author_names(line) if len(line) <= LONGEST and byline.LEAD.match(line) and not line.endswith(".") else ()


def _is_byline(element: HtmlElement, text: str) -> bool:
    stated = "author" in (element.get("rel") or "") or "name" in (element.get("class") or "").lower() or byline.LEAD.match(text) is not None
    return stated and 1 < len(text.split()) <= MAX_WORDS


def parted(element: HtmlElement) -> str:
    """An element's text on one line, with a bar where a line breaks or two of its elements touch: "ANN LEE | Gazette Staff Writer"."""
    text = ""
    for piece in element.itertext():
        touching = text[-1:].isalnum() and piece[:1].isupper() and not text[-1:].isspace()
        text += f" | {piece}" if touching else piece
    return one_line(text)
