"""Dates by patterns: absolute dates, months with a year, weekdays, years after a preposition. Times of day are no dates."""

from __future__ import annotations

import re

from services.tagger.entities.drafts import Draft

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DATE = re.compile(
    rf"(?<!\w)(?:{WEEKDAY},?\s)?(?:{MONTH}\s{DAY}(?:\s?[-–]\s?{DAY})?(?:,?\s{YEAR})?|{DAY}(?:\sof)?\s{MONTH}(?:,?\s{YEAR})?|{MONTH},?\s(?:of\s)?{YEAR}|{YEAR}-\d\d-\d\d)(?!\w)"
    rf"|(?<!\w){WEEKDAY}(?!\w)"
    rf"|(?<=\b[Ii]n\s){YEAR}(?![\w-]|,\d)|(?<=\b[Ss]ince\s){YEAR}(?![\w-]|,\d)|(?<=\b[Bb]y\s){YEAR}(?![\w-]|,\d)|(?<=\b[Uu]ntil\s){YEAR}(?![\w-]|,\d)"
)


def find_dates(body: str) -> list[Draft]:
    """Dates in order. A month's name alone is left to the model: “May” and “March” are words."""
    return [Draft(m.start(), m.end(), "DATE", m.group()) for m in DATE.finditer(body)]
