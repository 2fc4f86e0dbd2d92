"""The date that a page prints for its readers beside its article, and in which order the page prints the numbers of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from copydesk.services.cleaner import byline
from copydesk.services.cleaner.date_lines import PUBLISHED, UPDATED, date_line, dates_told, without_dates
from copydesk.services.cleaner.dates import DateOrder, Printed, find_dates, order_in, order_of
from copydesk.services.cleaner.html import jsonld, moments
from copydesk.services.cleaner.html.blocks import HtmlBlock
from copydesk.services.cleaner.html.facts import PageFacts
from copydesk.services.cleaner.html.moments import StatedTime
from copydesk.services.cleaner.html.vicinity import HEADINGS, Vicinity
from copydesk.services.cleaner.lines import Label
from copydesk.services.cleaner.person import is_name, is_office

LONGEST = 140  # characters of a line that holds the date
BAR = re.compile(r"[|•·⋅・–—\n]|\s-\s")
READING = re.compile(r"\b\d{1,3}[\s-]?min(?:ute)?s?\b.{0,12}$", re.I)  # how long reading takes
LONGEST_ANNOUNCEMENT = 40  # characters
SENTENCE_END = (".", "!", "?", "。", "؟", "।")
TOLD = frozenset({"body", "caption", "credit", "related", "comment", "legal"})  # kinds of blocks whose dates are of something else
MODIFIED = re.compile(r"modif|updat|aktualis|actuali", re.I)
SAYS = re.compile(rf"\W*(?:{PUBLISHED.pattern})", re.I)
CHANGES = re.compile(rf"\W*(?:page\s+)?(?:{UPDATED.pattern})", re.I)
NAMED = re.compile(r"date|publish|posted|timestamp", re.I)
TAG = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z]{4})?(?:[-_]([a-zA-Z]{2}))?(?![a-zA-Z])")


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A date near the article. `changed` is true for that of a change."""

    moment: StatedTime
    origin: str
    changed: bool


def printed_date(
    blocks: Sequence[HtmlBlock], labels: Sequence[Label], vicinity: Vicinity, order: DateOrder | None, changes: bool = False
) -> tuple[StatedTime, str] | None:
    """A date of publication that is printed near the article; with `changes`, the date of a change."""
    for at in vicinity.around:
        block = blocks[at]
        if _may_date(block, labels[at]):
            for found in _dates(block, order):
                if found.changed == changes:
                    return found.moment, found.origin
    return None


def named_date(
    blocks: Sequence[HtmlBlock], in_body: Sequence[bool], vicinity: Vicinity, order: DateOrder | None, changes: bool = False
) -> tuple[StatedTime, str] | None:
    """The first date elsewhere on the page that is no other story's: a line that says "published", or only a date in what is called one.

    Beside other stories it counts where the page has no second such date.
    """
    others: dict[tuple[StatedTime, str], None] = {}
    said = CHANGES if changes else SAYS
    for at, (block, kept) in enumerate(zip(blocks, in_body, strict=True)):
        if kept or len(block.text) > LONGEST:
            continue
        named = NAMED.search(block.element.get("class") or "") is not None and date_line(block.text, order) is not None
        headed = at > 0 and announces_date(blocks[at - 1].text, said) and date_line(block.text, order) is not None
        if named or headed or said.match(block.text):
            told = dates_told(block.text, order)
            if stated := _moment(told.published if headed or not changes else told.updated, []):
                if not vicinity.is_anothers(block.element):
                    return stated
                others[stated] = None
    return next(iter(others)) if len(others) == 1 and not changes else None


def announces_date(text: str, said: re.Pattern[str] = SAYS) -> bool:
    """Whether a text is only what stands before a date: "Published", "Publié le"."""
    found = said.match(text) if len(text) <= LONGEST_ANNOUNCEMENT else None
    return found is not None and not text[found.end() :].strip(" :.")


def _may_date(block: HtmlBlock, label: Label) -> bool:
    """Whether a block tells when: a line that begins with "published" or a byline, or has nothing but a date, a word or a name between two bars."""
    text = block.text
    if len(text) > LONGEST or label.kind in TOLD or block.element.tag in HEADINGS:
        return False
    if label.kind in ("byline", "date_header") or date_line(text):
        return True
    if text.endswith(SENTENCE_END):
        return False
    return any(begin.match(text) for begin in (SAYS, CHANGES, byline.LEAD)) or all(map(_is_date_or_name, BAR.split(text)))


def _is_date_or_name(part: str) -> bool:
    """Whether no date stands in a part of a line, or beside it one word or a name at most: "Redacción 05/11/2017 01:57"."""
    if not any(printed.year for printed in find_dates(part)):
        return True
    rest = without_dates(READING.sub("", part)).strip(" ,;:.()-")
    return len(rest.split()) <= 1 or is_name(rest) or is_office(rest)


def _dates(block: HtmlBlock, order: DateOrder | None) -> Iterator[PrintedTime]:
    """The printed dates of a block, as exact as its <time> elements tell them; those of <time> alone where none is printed."""
    told = dates_told(block.text, order)
    exact = [(element, moment) for element in _times(block) if (moment := moments.stated_time(element.get("datetime") or "", order))]
    for printed, changed in ((told.published, False), (told.updated, True)):
        if stated := _moment(printed, [moment for _, moment in exact]):
            yield PrintedTime(*stated, changed)
    if not any(printed and printed.on() for printed in (told.published, told.updated)):
        only_changed = UPDATED.search(block.text) is not None and PUBLISHED.search(block.text) is None
        yield from (PrintedTime(moment, "time", only_changed or _is_modified(element)) for element, moment in exact)


def _times(block: HtmlBlock) -> Iterator[HtmlElement]:
    """The <time> elements of a block: others of its element are of other blocks."""
    for element in block.element.iter("time"):
        words = element.text_content().split()
        if not words or words[0] in block.text:
            yield element


def _moment(printed: Printed | None, exact: list[StatedTime]) -> tuple[StatedTime, str] | None:
    on = printed.on() if printed else None
    day = moments.stated_time(on.isoformat()) if on else None
    if day is None:
        return None
    return next(((moment, "time") for moment in exact if moment.text.startswith(day.text)), (day, "text"))


def _is_modified(element: HtmlElement) -> bool:
    return MODIFIED.search(f"{element.get('itemprop', '')} {element.get('class', '')}") is not None


def changed_at(facts: PageFacts) -> tuple[StatedTime, str] | None:
    """When the page says that it was changed: a last resort."""
    stated = (
        (jsonld.text(facts.article.get("dateModified")), "json-ld"),
        (facts.first_meta("article:modified_time", "og:updated_time", "last-modified", "datemodified", "dc.date.modified"), "meta"),
    )
    return next(((moment, origin) for value, origin in stated if value and (moment := moments.stated_time(value))), None)


def date_order(facts: PageFacts, url: str | None, spoken: str | None, texts: Sequence[str]) -> DateOrder | None:
    """What stands first in the page's dates of numbers: by its language, another date of it, the country it names, its domain; None if nothing tells.

    `spoken` is the language of its text, `texts` are the page's short lines. American English is a template's default on pages of other
    countries, so a domain of another country counts more.
    """
    tags = [match for value in _language_tags(facts) if (match := TAG.match(value))]
    language = spoken or (tags[0][1].lower() if tags else None)
    if order := order_of(language) or next((order for text in texts if (order := order_in(text))), None):
        return order
    regions = [tag[2].lower() for tag in tags if tag[2]]
    places = [*(region for region in regions if region != "us"), *_domains(facts, url), *regions]
    return next((order for place in places if (order := order_of(language, place))), None)


def _language_tags(facts: PageFacts) -> Iterator[str]:
    root = facts.root
    for value in (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        jsonld.text(facts.article.get("inLanguage")),
        facts.first_meta("og:locale"),
        facts.first_meta("content-language", "language", "dc.language"),
    ):
        if value:
            yield value


def _domains(facts: PageFacts, url: str | None) -> Iterator[str]:
    for address in (url, facts.links.get("canonical"), facts.meta.get("og:url")):
        try:
            host = urlsplit(address or "").hostname or ""
        except ValueError:
            continue
        yield host.rsplit(".", 1)[-1]
