"""What the model took for the article and a rule knows better: bylines, date lines, offers, links to other stories, lists of links.

The certain rules of stripped text are asked about the chosen blocks alone, as if they were the page: so "above the article" is above its
first sentence, whatever stands in the page's menu.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from copydesk.services.cleaner.classify import CERTAIN
from copydesk.services.cleaner.date_lines import LONGEST, date_line, without_dates
from copydesk.services.cleaner.dates import CLOCK, find_dates
from copydesk.services.cleaner.html.blocks import BREAK, HtmlBlock
from copydesk.services.cleaner.html.bylines import names_alone, names_only
from copydesk.services.cleaner.html.hidden import hidden
from copydesk.services.cleaner.html.parts import Parts
from copydesk.services.cleaner.html.printed import announces_date
from copydesk.services.cleaner.html.restored import NO_TEXT_BELOW
from copydesk.services.cleaner.html.vicinity import HEADINGS as TITLES
from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.person import is_office
from copydesk.services.cleaner.phrases import bare
from copydesk.services.cleaner.rules import RULES, BlockInPage, RuleBook, Surroundings
from copydesk.services.cleaner.sender import about_sender
from copydesk.services.cleaner.teasers import TEASER, teasers

LONGEST_LINE, LONGEST_HEADING = 400, 40
LINKED = 0.9  # share of a list's characters that are links
CLOSED = tuple(".!?…。！？।؟")
MARKS = " \t\n|•·,;:–—-/()"
ABOUT, HEADINGS = ("byline", "navigation"), ("h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "tr")  # headings and items look like names
ROWS = frozenset({"li", "tr", "td", "dt", "dd"})
CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\d_a-zß-öø-ÿа-яёіїєґ.!?:|]{2,29}\s?[:|]\s?(?=\S)")
BRACKETED = re.compile(r"【[^】]{1,8}】|\[[^\]\d][^\]]{0,11}\]\s?(?=\S)")
FEWEST_WORDS = 4  # of a link in capitals
COUNTER = re.compile(r"\(?0?(\d{1,3})\s?(?:[/／]|\s(?:of|de|di|da|von|sur|van|av|af|z|из|з|із|من)\s)\s?(\d{1,3})\)?")
LONGEST_COUNTER = 15
GALLERY = re.compile(r"galler|slide|carousel|swiper|counter|photo|lightbox")
CONTROLS = RuleBook([rule for rule in RULES if rule.name in ("share_bar", "subscription")])
NOT_SHARED = frozenset({*ROWS, "pre", "h1", "h2", "h3", "h4"})
PAGER = Label("pager", "picture_counter")
CRY = Label("related", "link_that_cries")
LIST = Label("navigation", "list_of_links")
DESK, DATED = Label("byline", "desk"), Label("date_header", "date_header")
PARTED = re.compile(r"[|—–]|\s-\s|\s/\s|\n")
MOST_NAMES = 3
MOST_OF_PLACE = 3  # words
ARROWS = ("→", "»", ">", "►", "▶", "›", "▸", "➤", "➔")
TIME = re.compile(rf"(?:{CLOCK}|\d{{1,2}}\s?[ap]\.?m\.?)", re.I)
LONGEST_TIME, LEAST_TIMES = 20, 3
LEAST_SOURCES = 3


def overruled(blocks: Sequence[HtmlBlock], in_body: Sequence[bool]) -> dict[int, Label]:
    """Which chosen blocks are no part of the article, and what they are."""
    chosen = [at for at, kept in enumerate(in_body) if kept]
    page = Surroundings(blocks_of([blocks[at].text.replace(BREAK, " | ") for at in chosen]))
    headings = {at for at in chosen if blocks[at].element.tag in TITLES}
    found = (
        hidden(blocks, chosen)
        | _counters(blocks, chosen)
        | about_sender([block.text for block in blocks], chosen, headings)
        | _sources(blocks, chosen)
    )
    linked = {n for n, at in enumerate(chosen) if _is_linked(blocks[at]) and _leads_away(blocks[at].element)}
    below = next((n for n, at in enumerate(chosen) if blocks[at].element.tag != "h1"), 0)
    found |= {chosen[below + n]: TEASER for n in teasers([blocks[at].text for at in chosen[below:]], {n - below for n in linked})}
    found |= _few_of_lists(blocks, in_body)
    timed = sum(_is_time(blocks[at].text) for at in chosen) >= LEAST_TIMES
    for n, at in enumerate(chosen):
        label = _of_line(blocks, at, page.place(n)) if len(blocks[at].text) <= LONGEST_LINE else None
        if label and not (label.kind in ABOUT and blocks[at].element.tag in HEADINGS) and not (timed and _is_time(blocks[at].text)):
            found[at] = label
    parts = Parts(blocks, chosen)
    return found | parts.declared() | parts.beside_notices(found)


def _of_line(blocks: Sequence[HtmlBlock], at: int, place: BlockInPage) -> Label | None:
    return _by_line(place, blocks[at]) or _by_links(blocks[at]) or _by_link(blocks[at]) or _by_neighbours(blocks, at, place)


def _is_time(text: str) -> bool:
    """A time alone, as above each post of a live blog."""
    return len(text) <= LONGEST_TIME and TIME.fullmatch(text.strip()) is not None


def _few_of_lists(blocks: Sequence[HtmlBlock], in_body: Sequence[bool]) -> dict[int, Label]:
    """Links that were chosen from a list of links of which most were not: a menu, or headlines of other stories."""
    lists: dict[HtmlElement | None, list[int]] = {}
    for at, block in enumerate(blocks):
        if block.element.tag == "li" and _is_linked(block) and _leads_away(block.element):
            lists.setdefault(block.element.getparent(), []).append(at)
    return {
        at: LIST
        for links in lists.values()
        if len(links) > LEAST_SOURCES - 1 and 2 * sum(in_body[at] for at in links) < len(links) + 2
        for at in links
        if in_body[at]
    }


def _by_neighbours(blocks: Sequence[HtmlBlock], at: int, place: BlockInPage) -> Label | None:
    """A name alone above the article, beside a date or in what is called a byline; "Published" above the date."""
    if place.index >= place.page.first_sentence:
        return None
    if announces_date(blocks[at].text) and at + 1 < len(blocks) and date_line(blocks[at + 1].text) is not None:
        return DATED
    return DESK if names_alone(blocks, at) else None


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


def _by_line(place: BlockInPage, block: HtmlBlock) -> Label | None:
    rule = CERTAIN.first(place)
    if rule and rule.kind not in ("body", "title") and not (rule.kind == "caption" and block.element.tag in HEADINGS):
        return Label(rule.kind, rule.name)
    if block.element.tag not in NOT_SHARED and (rule := CONTROLS.first(place)):
        return Label(rule.kind, rule.name)
    return DESK if place.index < place.page.first_sentence and _names_desk(place.text) else None


def _names_desk(text: str) -> bool:
    """ "Op-Ed Columnist", or whoever wrote it and when: "Redacción 05/11/2017 01:57 | Actualizado a 27/11/2017"."""
    if len(text) > LONGEST or text.endswith(CLOSED) or is_office(text):
        return is_office(text)
    rest = without_dates(text) if any(printed.year for printed in find_dates(text)) else ""
    names = [part.strip(MARKS) for part in PARTED.split(rest) if part.strip(MARKS)]
    return 0 < len(names) <= MOST_NAMES and all(is_office(name) or names_only(name) or _is_place(name, names) for name in names)


def _is_place(name: str, names: list[str]) -> bool:
    """Where a date is from, which stands alone with it: "Elwick - 11 ABR 2024 - 08:30"."""
    return len(names) == 1 and len(name.split()) <= MOST_OF_PLACE and all(word[:1].isupper() for word in name.split())


def _by_link(block: HtmlBlock) -> Label | None:
    """A line that is one link and cries out: "MORE: Dock workers win pay rise", "COUNCIL APPROVES TRAM LINE", 【写真】."""
    if block.element.tag in ROWS or block.text.endswith(CLOSED) or not _is_linked(block):
        return None
    return CRY if _cries(block.text) and _leads_away(block.element) else None


def _is_linked(block: HtmlBlock) -> bool:
    """Whether a block is a link, but for what stands before a colon."""
    lead = CAPITALS.match(block.text) or BRACKETED.match(block.text)
    return block.linked >= LINKED * len(block.text.replace(" ", "")[len(lead[0].replace(" ", "")) if lead else 0 :]) > 0


def _cries(text: str) -> bool:
    if text[:1].isdigit():  # an item of the article
        return False
    if text.startswith(ARROWS) or BRACKETED.match(text):
        return True
    lead = CAPITALS.match(text)
    return (lead is not None and lead[0].isupper()) or (text.isupper() and len(text.split()) >= FEWEST_WORDS)


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
