"""Dates as pages print them: "Jan. 13", "Jan 21, 2022", "21 de enero de 2022", "6 февраля 2024 г.", "2024年2月6日", "2022-01-21T10:15:00Z"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from copydesk.services.cleaner.phrases import dates as words
from copydesk.services.cleaner.phrases import either

DateOrder = Literal["day", "month"]

MONTHS = {name: number for names in words.MONTHS.values() for number, forms in enumerate(names, 1) for name in forms.split("; ")}
_WEEKDAY_NAMES = (  # as they are written within a sentence: Santo Domingo is no Sunday
    ("Monday", "Montag", "lunes", "lundi", "lunedì", "maandag", "понедельник", "понеділок"),
    ("Tuesday", "Dienstag", "martes", "mardi", "martedì", "dinsdag", "вторник", "вівторок"),
    ("Wednesday", "Mittwoch", "miércoles", "mercredi", "mercoledì", "woensdag", "среду", "середу"),
    ("Thursday", "Donnerstag", "jueves", "jeudi", "giovedì", "donderdag", "четверг", "четвер"),
    ("Friday", "Freitag", "viernes", "vendredi", "venerdì", "vrijdag", "пятницу"),
    ("Saturday", "Samstag", "Sonnabend", "sábado", "samedi", "sabato", "zaterdag", "субботу", "суботу"),
    ("Sunday", "Sonntag", "domingo", "dimanche", "domenica", "zondag", "воскресенье", "неділю"),
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names}
# Digits and marks of other scripts, each one character: places in a text stay what they were.
DIGITS = {
    ord(digit): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９") for value, digit in enumerate(digits)
}
ASCII = {**DIGITS, ord("：") : ":", ord("／"): "/", ord("．"): ".", ord("－"): "-", ord("\u00a0"): " ", ord("\u202f"): " "}  # fmt: skip

_MONTH = either(forms for names in words.MONTHS.values() for forms in names)
WEEKDAY = either(forms for language, names in words.WEEKDAYS.items() if language not in ("zh", "ja", "ko") for forms in names)
ZONE = r"(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4}|(?:GMT|UTC)[+-]\d{1,2}|МСК)"
CLOCK = rf"\d{{1,2}}\s?(?:[:.]|h\s?|Uhr\s?)\d{{2}}(?::\d{{2}})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*{ZONE}?"
_DAY = r"(?P<day{n}>[0-3]?\d)(?:st|nd|rd|th|\.|º|er|ª|-?го|-?е)?"
_YEAR = r"(?P<year{n}>(?:19|20)\d{{2}})"
_FORMS = (
    rf"(?P<month1>{_MONTH})\.?\s+{_DAY.format(n=1)}(?!\d)(?:(?:,?\s+|\s*,\s*){_YEAR.format(n=1)})?",
    rf"{_DAY.format(n=2)}(?:\s+(?:de\s+|of\s+)?|-)(?P<month2>{_MONTH})\b\.?(?:\s?/\s?(?:{_MONTH})\b)?(?:,?(?:\s+|-)(?:de\s+|del\s+)?{_YEAR.format(n=2)})?",
    rf"{_YEAR.format(n=3)}[-/.](?P<month3>0?\d|1[0-2])[-/.]{_DAY.format(n=3)}",
    rf"(?P<day4>[0-3]?\d)\.\s?(?P<month4>0?\d|1[0-2])\.\s?{_YEAR.format(n=4)}",
    rf"(?:{_YEAR.format(n=5)}\s?[年년]\s?)?(?P<month5>\d{{1,2}})\s?[月월]\s?(?P<day5>\d{{1,2}})\s?[日일]",
    rf"(?P<one>[0-3]?\d)(?P<mark>[/-])(?P<two>[0-3]?\d)(?P=mark){_YEAR.format(n=6)}",
    r"令和\s?(?P<reiwa>\d{1,2}|元)\s?年\s?(?P<month7>\d{1,2})\s?月\s?(?P<day7>\d{1,2})\s?日",
    r"(?P<short1>[0-3]?\d)(?P<mark2>[/.])(?P<short2>[0-3]?\d)(?P=mark2)(?P<short>\d\d)(?![\d/.])",
)
_DATE = "|".join(f"(?:{form})" for form in _FORMS)
WORD = re.compile(r"\w+")
FIND = re.compile(rf"(?<!/)(?<![^\W\u3040-\u30ff\u4e00-\u9fff])(?<!\d[.,])(?:{_DATE})(?!\d)", re.I)


@dataclass(frozen=True, slots=True)
class Printed:
    """A date in a text: characters [start, end); the year may not have been printed.

    `decided` is false where numbers alone do not tell which is the month: "06/02/2024" on a page of unknown country.
    """

    month: int
    day: int
    year: int | None
    start: int
    end: int
    decided: bool = True

    def on(self) -> date | None:
        """The day, when its year was printed and which number is the month is known."""
        return in_year(self.month, self.day, self.year) if self.year and self.decided else None


def find_dates(text: str, order: DateOrder | None = None, short_years: bool = False) -> Iterator[Printed]:
    """The dates of a text, in order. Dates that no calendar has are left out.

    `order` says what stands first in dates of numbers (see `order_of`); without it those that could mean two days are undecided.
    `short_years` finds dates such as 06.02.24 too, which elsewhere than on a line with a date may be versions or scores.
    """
    if not any(map(str.isdigit, text)):
        return
    for match in FIND.finditer(text.translate(ASCII)):
        if printed := _printed(match, order, short_years):
            yield printed


def _printed(match: re.Match[str], order: DateOrder | None, short_years: bool) -> Printed | None:
    groups = {key: value for key, value in match.groupdict().items() if value}
    if "short" in groups:
        numbers = int(groups["short1"]), int(groups["short2"])
        order = "day" if groups["mark2"] == "." else order
        return _of_numbers(match, numbers, 2000 + int(groups["short"]), order) if short_years else None
    if "one" in groups:
        return _of_numbers(match, (int(groups["one"]), int(groups["two"])), int(groups["year6"]), order)
    plain = {key.rstrip("123457"): value for key, value in groups.items() if key != "mark"}
    month = int(plain["month"]) if plain["month"].isdigit() else MONTHS[" ".join(plain["month"].lower().split())]
    year = 2018 + (1 if plain["reiwa"] == "元" else int(plain["reiwa"])) if "reiwa" in plain else int(plain["year"]) if "year" in plain else None
    return Printed(month, int(plain["day"]), year, *match.span()) if in_year(month, int(plain["day"]), year or 2000) else None


def _of_numbers(match: re.Match[str], numbers: tuple[int, int], year: int, order: DateOrder | None) -> Printed | None:
    """06/02/2024: the day first or the month first; where only one of the two is in the calendar, that one."""
    readings = [(month, day) for day, month in (numbers, numbers[::-1]) if in_year(month, day, year)]  # the day first, the month first
    if len(readings) < 2:
        return Printed(*readings[0], year, *match.span()) if readings else None
    return Printed(*readings[order == "month"], year, *match.span(), decided=order is not None or readings[0] == readings[1])


def first_date(text: str, order: DateOrder | None = None) -> Printed | None:
    """The first date that a text prints, or None; `order` as in `find_dates`."""
    return next(find_dates(text, order), None)


def order_of(language: str | None, country: str | None = None) -> DateOrder | None:
    """What stands first in dates of numbers: by a language (ISO 639-1), in English by the country (ISO 3166, or its domain); None if neither does."""
    if language and language.lower() in words.DAY_FIRST:
        return "day"
    place = (country or "").lower()
    if place in words.MONTH_FIRST_COUNTRIES:
        return "month"
    return "day" if place in words.DAY_FIRST_COUNTRIES and language not in ("zh", "ja") else None


def order_in(text: str) -> DateOrder | None:
    """What stands first in a text's dates of numbers, where one of them can be read in one way only: "23/02/2024"."""
    for match in FIND.finditer(text.translate(ASCII)) if "/20" in text or "-20" in text or "/19" in text else ():
        if match["one"] and (int(match["one"]) > 12) != (int(match["two"]) > 12):
            return "day" if int(match["one"]) > 12 else "month"
    return None


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
    """Weekdays that a text names, Monday = 0."""
    return [WEEKDAYS[word] for word in WORD.findall(text) if word in WEEKDAYS]
