"""Dates by patterns: absolute dates, months with a year, weekdays, years after a preposition. Times of day are no dates."""

from __future__ import annotations

import re

from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.drafts import NAMES, Draft
from copydesk.services.tagger.entities.words import word_list

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTHS = word_list(
    "January Jan February Feb March Mar April Apr May June Jun July Jul August Aug September Sept Sep October Oct November Nov December Dec"
)
WEEKDAYS = word_list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
FROM_WEEKDAY = re.compile(rf"{WEEKDAY}(?:,?\s(?:{MONTH}\s{DAY}(?:,?\s{YEAR})?|{DAY}(?:\sof)?\s{MONTH}(?:,?\s{YEAR})?))?(?!\w)")
FROM_MONTH = re.compile(rf"{MONTH}(?:\s{DAY}(?:\s?[-–]\s?{DAY})?(?:,?\s{YEAR})?|,?\s(?:of\s)?{YEAR})(?!\w)")
DAY_BEFORE = re.compile(rf"(?<!\w){DAY}(?:\sof)?\s$")
YEAR_BEHIND = re.compile(rf"{MONTH}(?:,?\s{YEAR})?(?!\w)")
NUMERIC = re.compile(r"(?<![\w-])(?:[Mm]id-)?(?P<year>\d{4})(?:-\d\d-\d\d)?(?![\w-]|,\d|\.\d)")
FEAST = re.compile(
    r"(?:Christmas|New Year[’']s)(?: Day| Eve)?|Easter(?: Sunday| Monday)?|Thanksgiving(?: Day)?|Good Friday|Palm Sunday|Ash Wednesday|Boxing Day|"
    r"Hanukkah|Passover|Yom Kippur|Rosh Hashanah|Ramadan|Eid(?: al-(?:Fitr|Adha))?|Diwali|Nowruz|Halloween|Valentine[’']s Day|Labou?r Day|May Day|"
    r"Memorial Day|Veterans Day|Independence Day|Columbus Day|Mother[’']s Day|Father[’']s Day|Bastille Day|Lunar New Year|Chinese New Year"
)
BEFORE_FEAST = re.compile(r"\b(?:at|on|by|before|after|until|since|during|over|last|this|every) $")
BEFORE_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|late|early|mid)\s$")


def date_mentions(text: Text) -> list[Draft]:
    """Dates in order, without overlaps. A month's name alone is left to the model: “May” and “March” are words."""
    found = [span for start, word in text.capitalised if (span := _at_word(text.body, start, word))]
    found.extend(span for m in NUMERIC.finditer(text.body) if (span := _at_number(text.body, m)))
    drafts: list[Draft] = []
    for start, end in sorted(found):
        if not drafts or start >= drafts[-1].end:
            drafts.append(Draft(start, end, "DATE", text.body[start:end]))
    return drafts


def _at_word(body: str, start: int, word: str) -> tuple[int, int] | None:
    if word in WEEKDAYS:
        match = FROM_WEEKDAY.match(body, start)
        return match.span() if match else None
    if word not in MONTHS:
        return None
    day = DAY_BEFORE.search(body[max(0, start - 8) : start])
    match = FROM_MONTH.match(body, start) or (YEAR_BEHIND.match(body, start) if day else None)
    if match is None:
        return None
    return (start - len(day.group()) if day else start), match.end()


def _at_number(body: str, match: re.Match[str]) -> tuple[int, int] | None:
    """An ISO date, “mid-2013”, or a year behind a preposition."""
    start, end = match.span()
    year = 1500 <= int(match["year"]) < 2100
    sure = end - start > 4 or BEFORE_YEAR.search(body[max(0, start - 6) : start])
    return (start, end) if year and sure else None


def feasts_as_dates(body: str, drafts: list[Draft]) -> list[Draft]:
    """The mentions, those of a feast on which something happens as dates: “at Christmas”, not “the Christmas truce”."""
    for draft in drafts:
        if draft.label in {"MISC", "EVENT"} and FEAST.fullmatch(draft.text) and BEFORE_FEAST.search(body, max(0, draft.start - 8), draft.start):
            draft.label = "DATE"
    return drafts


def without_weekdays(drafts: list[Draft]) -> list[Draft]:
    """Names of two words or more freed of a weekday behind them: “White House Friday”. “Black Friday” is a name."""
    for draft in drafts:
        head, _, last = draft.text.rpartition(" ")
        if last in WEEKDAYS and " " in head and draft.label in NAMES:
            draft.text, draft.end = head, draft.start + len(head)
    return drafts
