"""Dates as pages print them: "Jan. 13", "Jan 21, 2022", "21 de enero de 2022", "2022-01-21T10:15:00Z"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH_NAMES = (
    ("jan", "january", "enero", "ene", "januar", "jänner", "janvier", "janv"),
    ("feb", "february", "febrero", "februar", "février", "févr"),
    ("mar", "march", "marzo", "märz", "mars"),
    ("apr", "april", "abril", "abr", "avril", "avr"),
    ("may", "mayo", "mai"),
    ("jun", "june", "junio", "juni", "juin"),
    ("jul", "july", "julio", "juli", "juillet", "juil"),
    ("aug", "august", "agosto", "ago", "août"),
    ("sep", "sept", "september", "septiembre", "septembre"),
    ("oct", "october", "octubre", "oktober", "okt", "octobre"),
    ("nov", "november", "noviembre", "novembre"),
    ("dec", "december", "diciembre", "dic", "dezember", "dez", "décembre", "déc"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_WEEKDAY_NAMES = (  # as they are written within a sentence: Santo Domingo is no Sunday
    ("Monday", "Montag", "lunes", "lundi"),
    ("Tuesday", "Dienstag", "martes", "mardi"),
    ("Wednesday", "Mittwoch", "miércoles", "mercredi"),
    ("Thursday", "Donnerstag", "jueves", "jeudi"),
    ("Friday", "Freitag", "viernes", "vendredi"),
    ("Saturday", "Samstag", "Sonnabend", "sábado", "samedi"),
    ("Sunday", "Sonntag", "domingo", "dimanche"),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join([r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?", *WEEKDAYS])
_ZONE = r"(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4}|GMT[+-]\d{1,2})"
_CLOCK = rf"\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*{_ZONE}?"
_DAY = r"(?P<day{n}>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d{{2}})"
_FORMS = (
    rf"(?P<month1>{_MONTH})\.?\s+{_DAY.format(n=1)}(?!\d)(?:(?:,?\s+|\s*,\s*){_YEAR.format(n=1)})?",
    rf"{_DAY.format(n=2)}\s+(?:de\s+)?(?P<month2>{_MONTH})\b\.?(?:,?\s+(?:de\s+|del\s+)?{_YEAR.format(n=2)})?",
    rf"{_YEAR.format(n=3)}[-/.](?P<month3>0?\d|1[0-2])[-/.]{_DAY.format(n=3)}",
    rf"(?P<day4>[0-3]?\d)\.(?P<month4>0?\d|1[0-2])\.{_YEAR.format(n=4)}",
    rf"{_YEAR.format(n=5)}\s?年\s?(?P<month5>\d{{1,2}})\s?月\s?(?P<day5>\d{{1,2}})\s?日",
    rf"(?P<month6>0?\d|1[0-2])/(?P<day6>[0-3]?\d)/{_YEAR.format(n=6)}",
)
_DATE = "|".join(f"(?:{form})" for form in _FORMS)
WORD = re.compile(r"\w+")
FIND = re.compile(rf"(?<![\w/])(?:{_DATE})(?!\d)", re.I)
WHOLE_DATE = re.compile(
    rf"^\W*(?:(?:{_WEEKDAY})\.?,?\s+)?(?:{_DATE})(?:(?:,?\s*(?:T|at|um|à|a\slas)?\s*|\s*[|·•–—-]\s*){_CLOCK})?\W*$|^\W*(?:{_WEEKDAY})\W*$|^\W*{_CLOCK}\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date in a text: characters [start, end); the year may not have been printed."""

    month: int
    day: int
    year: int | None
    start: int
    end: int

    def on(self) -> date | None:
        """The day, when its year was printed."""
        return in_year(self.month, self.day, self.year) if self.year else None


def find_dates(text: str) -> Iterator[Printed]:
    """The dates of a text, in order. Dates that no calendar has are left out."""
    for match in FIND.finditer(text):
        groups = {key.rstrip("123456"): value for key, value in match.groupdict().items() if value}
        month = int(groups["month"]) if groups["month"].isdigit() else MONTHS[groups["month"].lower()]
        year = int(groups["year"]) if "year" in groups else None
        if in_year(month, int(groups["day"]), year or 2000):
            yield Printed(month, int(groups["day"]), year, match.start(), match.end())


def first_date(text: str) -> Printed | None:
    return next(find_dates(text), None)


def in_year(month: int, day: int, year: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def infer_year(month: int, day: int, latest: date, earliest: date | None, weekdays: Iterable[int]) -> date | None:
    """The day that a date without a year means: not after `latest` (with a day of grace), and of a weekday that its text names.

    A wire dated "Jan. 13" that speaks of Friday was sent on a Friday or the day after. Without such a weekday the latest
    possible day is meant. None when nothing fits within ten years before `latest`.
    """
    wanted = set(weekdays)
    days = [in_year(month, day, year) for year in range(latest.year, latest.year - 10, -1)]
    possible = [on for on in days if on and on <= latest + timedelta(days=1) and (earliest is None or on >= earliest)]
    for shift in (0, 1):
        for on in possible[:7]:
            if (on - timedelta(days=shift)).weekday() in wanted:
                return on
    return possible[0] if possible else None


def weekdays_in(text: str) -> list[int]:
    """Weekdays that an English, German, Spanish or French text names, Monday = 0."""
    return [WEEKDAYS[word] for word in WORD.findall(text) if word in WEEKDAYS]
