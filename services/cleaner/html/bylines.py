"""Who wrote it: names as metadata state them and as pages print them, cleaned."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from copydesk.services.cleaner.html.text import one_line

LEADING = re.compile(
    r"^(?:(?:written|posted|published|created|reviewed|story|words|text|article)\s+)?(?:by|von|par|por|di|door)\b[\s:]*|^authors?\s*:\s*|^@", re.I
)
TRAILING = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|\(@|\bon\b\s+\w+\s+\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b(?:published|updated|posted)\b).*$",
    re.I,
)
NO_NAME = re.compile(
    r"^(?:https?:|www\.|admin(?:istrator)?$|webmaster$|editor$|unknown$|none$|null$|anonymous$|user\d*$|staff$|author$)|@[\w-]+\.|^[\W\d_]+$", re.I
)
BYLINE_PATH = (
    "//*[@rel='author' or contains(@rel, 'author ')]"
    "|//*[contains(@class,'author') or contains(@class,'byline') or contains(@class,'Author')"
    " or contains(@class,'Byline') or contains(@itemprop,'author')]"
)
MAX_WORDS = 8


def clean_author(raw: str, site: str | None) -> str | None:
    """A person's or a desk's name, without "By", dates and addresses; None when it is no name, or the site's own handle."""
    text = one_line(raw)
    text = TRAILING.sub("", LEADING.sub("", text)).strip(" ,;:|-–—")
    if not text or len(text) > 120 or NO_NAME.search(text):
        return None
    return text


def printed_authors(root: HtmlElement) -> list[str]:
    """The first byline that the page prints, by what its element is called."""
    for element in root.xpath(BYLINE_PATH)[:30]:
        text = one_line(element.text_content())
        stated = LEADING.search(text) is not None or "author" in (element.get("rel") or "")
        if text and (stated or "name" in (element.get("class") or "").lower()) and 1 < len(text.split()) <= MAX_WORDS + 2:
            name = clean_author(text, None)
            if name and len(name.split()) <= MAX_WORDS:
                return [name]
    return []
