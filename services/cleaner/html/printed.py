"""The date that a page prints for its readers, between headline and article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from htmldate import find_date
from lxml.html import HtmlElement

from copydesk.services.cleaner.dates import first_date
from copydesk.services.cleaner.html import moments
from copydesk.services.cleaner.html.blocks import Block
from copydesk.services.cleaner.html.headline import fold
from copydesk.services.cleaner.html.moments import Moment

UPDATED = re.compile(r"\b(?:updated|modified|reviewed|aktualisiert|mis à jour|actualizado)\b", re.I)
ABOVE, BELOW = 12, 8  # blocks before the first paragraph, and after it, that may hold the date
LONGEST = 140


def printed_date(blocks: Sequence[Block], in_body: Sequence[bool], title: str | None) -> tuple[Moment, str] | None:
    """A <time> element's or a printed full date near the headline; a date of publication before one of an update."""
    first = next((at for at, kept in enumerate(in_body) if kept and len(blocks[at].text) > 80), len(blocks))
    headline = next((at for at in range(first, -1, -1) if at < len(blocks) and title and fold(blocks[at].text) == fold(title)), first)
    near = [block for block in blocks[max(0, min(headline, first) - ABOVE // 2) : first + BELOW] if len(block.text) <= LONGEST]
    for block in sorted(near, key=lambda block: UPDATED.search(block.text) is not None):
        for element in (block.element, *block.element.iter("time")):
            if element.tag == "time" and (stated := moments.parse(element.get("datetime") or "")):
                return stated, "time"
        printed = first_date(block.text)
        if printed and (on := printed.on()) and (moment := moments.parse(on.isoformat())):
            return moment, "text"
    return None


def by_htmldate(root: HtmlElement, url: str | None) -> tuple[Moment, str] | None:
    """What htmldate finds in attributes, classes and headers, its search of all the text left out."""
    try:
        found = find_date(root, extensive_search=False, original_date=True, url=url)
    except ValueError:  # an address that is none
        return None
    moment = moments.parse(found) if found else None
    return (moment, "htmldate") if moment else None
