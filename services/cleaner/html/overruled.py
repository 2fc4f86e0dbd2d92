"""What the model took for the article and a rule knows better: bylines, date lines, offers, links to other stories, lists of links.

The certain rules of stripped text are asked about the chosen blocks alone, as if they were the page: so "above the article" is above its
first sentence, whatever stands in the page's menu.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.cleaner.byline import is_byline
from copydesk.services.cleaner.classify import CERTAIN
from copydesk.services.cleaner.date_lines import LONGEST, without_dates
from copydesk.services.cleaner.dates import find_dates
from copydesk.services.cleaner.html.blocks import BREAK, Block
from copydesk.services.cleaner.lines import Label, blocks_of
from copydesk.services.cleaner.person import is_name, is_office
from copydesk.services.cleaner.rules import Place, Surroundings

LONGEST_LINE, LONGEST_HEADING = 400, 40
LINKED = 0.9  # share of a list's characters that are links
CLOSED = tuple(".!?…。！？।؟")
MARKS = " \t\n|•·,;:–—-/()"
ABOUT, HEADINGS = ("byline", "navigation"), ("h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "tr")  # headings and items look like names
LIST = Label("navigation", "list_of_links")
DESK = Label("byline", "desk")
MOST_NAMES = 3


def overruled(blocks: Sequence[Block], in_body: Sequence[bool]) -> dict[int, Label]:
    """Which chosen blocks are no part of the article, and what they are."""
    chosen = [at for at, kept in enumerate(in_body) if kept]
    page = Surroundings(blocks_of([blocks[at].text.replace(BREAK, " | ") for at in chosen]))
    found: dict[int, Label] = {}
    for n, at in enumerate(chosen):
        label = (_by_line(page.place(n)) or _by_links(blocks[at])) if len(blocks[at].text) <= LONGEST_LINE else None
        if label and not (label.kind in ABOUT and blocks[at].element.tag in HEADINGS):
            found[at] = label
    return found


def _by_line(place: Place) -> Label | None:
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


def _by_links(block: Block) -> Label | None:
    """Several lines that are links, perhaps with a heading above them: a menu beside the text, or other stories."""
    lines = block.text.split(BREAK)
    if len(lines) < 2 or any(line.endswith(CLOSED) for line in lines):
        return None
    size = sum(map(len, lines))
    listed = size - len(lines[0]) if len(lines[0]) <= LONGEST_HEADING else size
    return LIST if block.linked >= LINKED * listed else None
