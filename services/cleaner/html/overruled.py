"""What the model took for the article and a rule knows better: bylines, date lines, offers, links to other stories, lists of links.

The certain rules of stripped text are asked about the chosen blocks alone, as if they were the page: so "above the article" is above its
first sentence, whatever stands in the page's menu.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from copydesk.services.cleaner.byline import is_byline
from copydesk.services.cleaner.classify import CERTAIN
from copydesk.services.cleaner.date_lines import LONGEST, without_dates
from copydesk.services.cleaner.dates import find_dates
from copydesk.services.cleaner.html.blocks import BREAK, HtmlBlock
from copydesk.services.cleaner.html.hidden import hidden
from copydesk.services.cleaner.html.restored import NO_TEXT_BELOW
from copydesk.services.cleaner.html.sender import about_sender
from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.person import is_name, is_office
from copydesk.services.cleaner.phrases import bare
from copydesk.services.cleaner.rules import BlockInPage, Surroundings
from copydesk.services.cleaner.teasers import TEASER, teasers

LONGEST_LINE, LONGEST_HEADING = 400, 40
LINKED = 0.9  # share of a list's characters that are links
CLOSED = tuple(".!?…。！？।؟")
MARKS = " \t\n|•·,;:–—-/()"
ABOUT, HEADINGS = ("byline", "navigation"), ("h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "tr")  # headings and items look like names
ROWS = frozenset({"li", "tr", "td", "dt", "dd"})
CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\d_a-zß-öø-ÿа-яёіїєґ.!?:|]{2,29}\s?[:|]\s?(?=\S)")
FEWEST_WORDS = 4  # of a link in capitals
COUNTER = re.compile(r"\(?0?(\d{1,3})\s?(?:[/／]|\s(?:of|de|di|da|von|sur|van|из|з|із|من)\s)\s?(\d{1,3})\)?")
LONGEST_COUNTER = 15
GALLERY = re.compile(r"galler|slide|carousel|swiper|counter|photo|lightbox")
PAGER = Label("pager", "picture_counter")
CRY = Label("related", "link_that_cries")
LIST = Label("navigation", "list_of_links")
DESK = Label("byline", "desk")
MOST_NAMES = 3
LEAST_SOURCES = 3


def overruled(blocks: Sequence[HtmlBlock], in_body: Sequence[bool]) -> dict[int, Label]:
    """Which chosen blocks are no part of the article, and what they are."""
    chosen = [at for at, kept in enumerate(in_body) if kept]
    page = Surroundings(blocks_of([blocks[at].text.replace(BREAK, " | ") for at in chosen]))
    found = hidden(blocks, chosen) | _counters(blocks, chosen) | about_sender(blocks, chosen) | _sources(blocks, chosen)
    found |= {chosen[n]: TEASER for n in teasers([blocks[at].text for at in chosen])}
    for n, at in enumerate(chosen):
        label = (_by_line(page.place(n)) or _by_links(blocks[at]) or _by_link(blocks[at])) if len(blocks[at].text) <= LONGEST_LINE else None
        if label and not (label.kind in ABOUT and blocks[at].element.tag in HEADINGS):
            found[at] = label
    return found


def _counters(blocks: Sequence[HtmlBlock], chosen: Sequence[int]) -> dict[int, Label]:
    """Counters of a gallery's pictures: "1/5" and "2/5", or what is called so; a mark of "4/5" is none."""
    counted = {at: match for at in chosen if len(blocks[at].text) <= LONGEST_COUNTER and (match := COUNTER.fullmatch(blocks[at].text))}
    series = {match[2] for match in counted.values() if {"1", "2"} <= {other[1] for other in counted.values() if other[2] == match[2]}}
    return {
        at: PAGER
        for at, match in counted.items()
        if blocks[at].element.tag not in ROWS and (match[2] in series or _is_of_gallery(blocks[at].element))
    }


def _sources(blocks: Sequence[HtmlBlock], chosen: Sequence[int]) -> dict[int, Label]:
    """Lists of links below a heading such as "References", with the heading."""
    found: dict[int, Label] = {}
    for n, at in enumerate(chosen):
        if bare(blocks[at].text) in NO_TEXT_BELOW:
            items = list(takewhile(lambda item: blocks[item].element.tag == "li" and _is_linked(blocks[item]), chosen[n + 1 :]))
            found |= dict.fromkeys([at, *items], LIST) if len(items) >= LEAST_SOURCES else {}
    return found


def _is_of_gallery(element: HtmlElement) -> bool:
    parent = element.getparent()
    return any(part is not None and GALLERY.search(f"{part.get('class', '')} {part.get('id', '')}".lower()) for part in (element, parent))


def _by_line(place: BlockInPage) -> Label | None:
    rule = CERTAIN.first(place)
    if rule and rule.kind not in ("body", "title", "caption"):
        return Label(rule.kind, rule.name)
    return DESK if place.index < place.page.first_sentence and _names_desk(place.text) else None


def _names_desk(text: str) -> bool:
    """ "Op-Ed Columnist", or whoever wrote it and when: "Redacción 05/11/2017 01:57 | Actualizado a 27/11/2017"."""
    if len(text) > LONGEST or text.endswith(CLOSED) or is_office(text):
        return is_office(text)
    rest = without_dates(text) if any(printed.year for printed in find_dates(text)) else ""
    names = [part for part in rest.split("|") if part.strip(MARKS)]
    return 0 < len(names) <= MOST_NAMES and all(is_office(name := part.strip(MARKS)) or is_name(name) or is_byline(name) for part in names)


def _by_link(block: HtmlBlock) -> Label | None:
    """A line that is one link and cries out: "MORE: Dock workers win pay rise", "COUNCIL APPROVES TRAM LINE", 【写真】."""
    if block.element.tag in ROWS or block.text.endswith(CLOSED) or not _is_linked(block):
        return None
    return CRY if _cries(block.text) and _leads_away(block.element) else None


def _is_linked(block: HtmlBlock) -> bool:
    """Whether a block is a link, but for what stands before a colon."""
    lead = CAPITALS.match(block.text)
    return block.linked >= LINKED * len(block.text.replace(" ", "")[len(lead[0].replace(" ", "")) if lead else 0 :]) > 0


def _cries(text: str) -> bool:
    if text[:1].isdigit():  # an item of the article
        return False
    lead = CAPITALS.match(text)
    return (lead is not None and lead[0].isupper()) or (text.isupper() and len(text.split()) >= FEWEST_WORDS) or text.startswith("【")


def _leads_away(element: HtmlElement) -> bool:
    """Whether the first link of an element opens another page."""
    link = next(element.iter("a"), None)
    target = link if link is not None else next(element.iterancestors("a"), None)
    return target is not None and not (target.get("href") or "#").startswith(("#", "mailto:", "tel:"))


def _by_links(block: HtmlBlock) -> Label | None:
    """Several lines that are links, perhaps with a heading above them: a menu beside the text, or other stories."""
    lines = block.text.split(BREAK)
    if len(lines) < 2 or any(line.endswith(CLOSED) for line in lines):
        return None
    size = sum(map(len, lines))
    listed = size - len(lines[0]) if len(lines[0]) <= LONGEST_HEADING else size
    return LIST if block.linked >= LINKED * listed else None
