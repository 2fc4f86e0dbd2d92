"""Bylines: the names, the line of the office below them, "By" on a line of its own, and who signs off."""

from __future__ import annotations

import re

from copydesk.services.cleaner.byline import LEADS, is_byline, is_lead, is_placed, read_byline
from copydesk.services.cleaner.dates import find_dates, first_date
from copydesk.services.cleaner.person import OFFICE, SENTENCE_END, has_word_of, is_name, is_office
from copydesk.services.cleaner.rules.rule import BlockInPage, Rule, Surroundings, is_long

BELOW_LEDE = 4  # blocks below the first sentence, which may be a standfirst, among which the byline may stand
LONGEST_OFFICE = 120  # characters
SOURCE = re.compile(
    r"(?:来源|來源|出处|出處|作者|记者|記者|编辑|編輯)\s?[:：]\s?\S|(?:\s|\|)(?:source|quelle|fuente|fonte|bron|источник|джерело|author|autor|auteur|autore)\s?:\s?\S",
    re.I,
)
PARTED = re.compile(r"\s?[|,/•·]\s?|\s[–—-]\s|\s(?:with|mit|avec|con|com|met|med|z|с|з)\s")
WITH = re.compile(r"^(?:with|mit|avec|con|com|met|med|z|с|з)\s")
MARKS = " |,/•·–—-"
SENTENCE = "The next review of the agreement is due in October, and both sides said that they welcomed it."  # below an example
INITIALS = re.compile(r"[(\[][^\W\d_]{2,5}(?:\s?[/,;]\s?[^\W\d_]{2,6}){0,3}[)\]]|[^\W\d_A-ZÀ-ÞА-Я]{2,5}(?:/[^\W\d_]{2,6}){1,3}")
LONGEST_DATED = 100  # characters of a line with a name and a date


def _around_article(page: Surroundings) -> list[int]:
    """Above the article or at its begin, or below it: bylines within it may be those of a list of books or prizes."""
    return page.around_article(BELOW_LEDE)


def _below_lead(page: Surroundings) -> list[int]:
    """The lines around the article that are only what stands before a name, with a name below, and these names."""
    leads = [LEADS.admit(lead) and is_lead(block.text) for lead, block in zip(page.leads, page.blocks, strict=True)]
    named = [n for n, lead in enumerate(leads[:-1]) if lead and is_name(page.blocks[n + 1].text)]
    around = set(_around_article(page)) if named else set()
    return sorted(around.intersection(n + at for n in named for at in (0, 1)))


def _office_below_byline(place: BlockInPage) -> bool:
    return is_office(place.text) and _is_below_byline(place)


def _is_below_byline(place: BlockInPage) -> bool:
    above = place.near(-1)
    return is_byline(above) or (is_name(above) and is_lead(place.near(-2)))


def _offices(page: Surroundings) -> list[int]:
    """The lines of a page that are short and have a word for an office."""
    return [n for n, text in enumerate(page.folded) if len(text) <= LONGEST_OFFICE and has_word_of(OFFICE, text)]


def _dated_name(place: BlockInPage) -> bool:
    """ "Howard Teal On May 8, 2018" above the article, and no list of such lines."""
    return place.index < place.page.first_sentence and _is_dated_name(place.text) and not any(_is_dated_name(place.near(n)) for n in (-1, 1))


def _tells_source(place: BlockInPage) -> bool:
    """ "2024年02月06日 16:22 来源：海港邮报 作者：林知远" above the article: a date, and labelled facts."""
    if place.index >= place.page.first_sentence or len(place.text) > LONGEST_DATED or not SOURCE.search(place.text):
        return False
    return any(printed.year for printed in find_dates(place.text))


def _names_newsroom(place: BlockInPage) -> bool:
    """ "Ann Lee | The Elwick Courier", "Anne Méreau avec AFP": nothing but names, and behind them a newsroom, parted from them."""
    text = place.text
    if len(text) > LONGEST_OFFICE or text.endswith(SENTENCE_END) or not has_word_of(OFFICE, text.lower()):
        return False
    found = read_byline(text)
    return found.lead is None and found.clean and found.office and len(found.names) == 1 and _is_parted(text, found.names[0])


def _is_parted(text: str, name: str) -> bool:
    return text.startswith(name) and PARTED.match(text, len(name)) is not None and is_office(WITH.sub("", text[len(name) :].strip(MARKS)))


def _is_dated_name(text: str) -> bool:
    found = read_byline(text) if len(text) <= LONGEST_DATED and text[-1:].isdigit() and (printed := first_date(text)) and printed.year else None
    return found is not None and found.clean and len(found.names) == 1 and text.startswith(found.names)


BYLINES = (
    Rule(
        "byline_of_names",
        "byline",
        "Names who wrote it, and nothing else.",
        "Автор: Тимофей Ашев",
        test=lambda place: is_byline(place.text),
        certain=True,
        where=_around_article,
    ),
    Rule(
        "name_and_newsroom",
        "byline",
        "A name with its newsroom or agency, above the article.",
        f">Ann Lee | The Elwick Courier\n{SENTENCE}",
        test=_names_newsroom,
        certain=True,
        where=lambda page: range(page.first_sentence),
    ),
    Rule(
        "who_helped",
        "byline",
        "Names who helped to report it.",
        "Tom Ashdown contributed reporting.",
        r"""(?-i:[A-ZÀ-Þ])[^.!?:]{2,100}\s(?:also\s)?contributed\s(?:(?:to\s)?(?:this|the)\s(?:report|story|article)
          |(?:to\s)?(?:the\s)?(?:additional\s)?reporting)
          (?:\s(?:from|in)\s[^.!?]{2,60})?\.?$
        | (?:additional\s)?(?:reporting|research|writing|editing)(?:\s(?:and|&)\s(?:writing|editing|research))?
          \sby\s(?-i:[A-ZÀ-Þ])[^.!?]{2,140}\.?$""",
        200,
        certain=True,
    ),
    Rule(
        "name_and_town",
        "byline",
        "A name with a town, right above the article or its date.",
        f">Ann Lee / Elwick\n{SENTENCE}",
        test=lambda place: is_placed(place.text) and any(is_long(place.near(n)) for n in (1, 2)),
        certain=True,
        where=lambda page: range(page.first_sentence),
    ),
    Rule(
        "initials",
        "byline",
        "Signs off with initials, below the article.",
        f"{SENTENCE}\n>(ntm/jrl)",
        test=lambda place: INITIALS.fullmatch(place.text) is not None,
        certain=True,
        where=lambda page: range(page.last_sentence + 1, len(page.blocks)) if page.last_sentence >= 0 else (),
    ),
    Rule(
        "byline_below_lead",
        "byline",
        "A name below the word that announces it.",
        "By\n>Jane Doe",
        test=lambda place: True,
        certain=True,
        where=_below_lead,
    ),
    Rule(
        "office",
        "byline",
        "What the author does, below the name.",
        "By Jane Doe\n>Gazette Staff Writer",
        test=_office_below_byline,
        certain=True,
        where=_offices,
    ),
    Rule(
        "dated_name",
        "byline",
        "A name and a date above the article.",
        "Howard Teal On May 8, 2018",
        test=_dated_name,
        certain=True,
        where=lambda page: range(page.first_sentence),
    ),
    Rule(
        "dated_source",
        "byline",
        "A date with where the text is from and who wrote it, above the article.",
        "2024年02月06日 16:22 来源：海港邮报 作者：林知远",
        test=_tells_source,
        certain=True,
        where=lambda page: range(page.first_sentence),
    ),
    Rule(
        "byline",
        "byline",
        "Says who wrote it, in more words than names.",
        "By Jane Doe, who has covered Elwick for years",
        r"(?:(?:written|reported|posted|words|story)\s)?(?:by|von|par|por)\s(?-i:[A-ZÀ-Þ])[^\d.!?]{2,60}$",
        80,
    ),
)
