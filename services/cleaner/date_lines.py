"""Lines that only tell when: "Published 6th February 2024", "Publié le 06/02/2024 à 16h22, mis à jour le 07/02/2024", "2024年2月6日 更新".

A line is such a line when nothing is left of it once its dates, times and the words that go with them (`phrases.dates`) are taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from copydesk.services.cleaner.dates import ASCII, CLOCK, DateOrder, Printed, find_dates, order_of
from copydesk.services.cleaner.leads import NUMBER, lead_of, leads_of
from copydesk.services.cleaner.phrases import dates as words
from copydesk.services.cleaner.phrases import phrases

LONGEST = 160  # characters of such a line
REMEMBERED = 20_000  # lines
CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")  # begins a word, and may end in the midst of one: "입력2024.02.06"; 김수정 is a name
TIME = re.compile(
    rf"{CLOCK}|\d{{1,2}}\s?(?:[ap]\.?m\b\.?|h\b|uhr\b|uur\b|hrs?\b)|\d{{1,2}}\s?[时時点시]\s?(?:\d{{1,2}}\s?[分분])?|\b(?:GMT|UTC)\b", re.I
)
Meaning = Literal["published", "updated"]


def _pattern(lists: Iterable[str]) -> str:
    """Words stand for themselves in scripts that part words, and anywhere in Chinese and Japanese."""
    found = phrases(*lists)
    spaced = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+") + (r"(?!\w)" if phrase[-1].isalnum() and not HANGUL.search(phrase) else "")
        for phrase in found
        if not CJK.search(phrase)
    )
    return "|".join([rf"(?<!\w)(?:{spaced})", *(re.escape(phrase) for phrase in found if CJK.search(phrase))])


UPDATED = re.compile(_pattern(words.UPDATED.values()), re.I)
PUBLISHED = re.compile(_pattern(words.PUBLISHED.values()), re.I)
OTHERS = re.compile(_pattern([*words.BETWEEN.values(), *(forms for names in words.WEEKDAYS.values() for forms in names)]), re.I)
LEADS = leads_of(
    [NUMBER, "令和", "gmt", "utc"]
    + [
        phrase
        for lists in (words.MONTHS, words.WEEKDAYS, words.UPDATED, words.PUBLISHED, words.BETWEEN)
        for found in lists.values()
        for phrase in phrases(*([found] if isinstance(found, str) else found))
    ]
)
DIGIT = re.compile(r"\d")
AGE = re.compile(r"\b\d{1,2}\b")
AGO = re.compile(r"\b(?:ago|geleden|fa|назад|тому|atrás)\b|^\W*(?:vor|il\s+y\s+a|hace|há|منذ|قبل)\b|前\W*$", re.I)


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line tells: when something was first published, and when it was changed; `says` whether it names one of the two in words."""

    published: Printed | None
    updated: Printed | None
    says: bool


@lru_cache(REMEMBERED)
def date_line(text: str, order: DateOrder | None = None) -> DateLine | None:
    """None for a line that has anything else in it, or no date and no time. `order` is that of the page's dates of numbers."""
    if len(text) > LONGEST or DIGIT.search(text) is None or not LEADS.admit(lead_of(text)):
        return None
    told = dates_told(text, order)
    dated = told.published or told.updated or told.says or _clock(text) or AGO.search(text)
    return told if dated and not any(map(str.isalnum, without_dates(text))) else None


def _clock(text: str) -> bool:
    """Whether a time stands in a line: "14:05", "3 pm"; "9.99" alone is a price."""
    return any(any(char in ":hH" or char.isalpha() for char in match[0]) for match in TIME.finditer(text.translate(ASCII)))


def without_dates(text: str) -> str:
    """What is left of a line without its dates, times and the words around them."""
    rest = text.translate(ASCII)
    for printed in reversed(list(find_dates(rest, short_years=True))):
        rest = f"{rest[: printed.start]} {rest[printed.end :]}"
    for known in (TIME, UPDATED, PUBLISHED, OTHERS, AGE):
        rest = known.sub(" ", rest)
    return rest


def dates_told(text: str, order: DateOrder | None = None) -> DateLine:
    """Which date of a line is that of publication, and which that of a change: by the word before it, or where words follow dates, behind it.

    "05/11/2017 01:57 | Actualizado a 27/11/2017 19:20" → 5 November, 27 November: the first has no word, and so is no change.
    """
    meanings = _meanings(text)
    order = order or _order_of_words(text)
    dates = list(find_dates(text, order, short_years=True))
    follow = bool(dates and meanings) and meanings[0][0] > dates[0].start and meanings[-1][0] > dates[-1].start
    found: dict[Meaning, Printed] = {}
    for n, printed in enumerate(dates):
        start, end = (dates[n - 1].end if n else 0), (dates[n + 1].start if n + 1 < len(dates) else len(text))
        near = [meaning for at, meaning in meanings if (printed.end <= at < end if follow else start <= at < printed.start)]
        found.setdefault((near[0] if follow else near[-1]) if near else "published", printed)
    return DateLine(found.get("published"), found.get("updated"), bool(meanings))


def _meanings(text: str) -> list[tuple[int, Meaning]]:
    """The words for publishing and changing, by place. "Originally published" within "updated" words cannot be: longer phrases come first."""
    updated = [(match.start(), "updated") for match in UPDATED.finditer(text)]
    published = [(match.start(), "published") for match in PUBLISHED.finditer(text)]
    both: list[tuple[int, Meaning]] = [*updated, *published]  # type: ignore[list-item]
    return sorted(both)


def _order_of_words(text: str) -> DateOrder | None:
    """What the language of its words says of its numbers: "Publié le 06/02/2024"."""
    for language, spoken in SPOKEN.items():
        if spoken.search(text):
            return order_of(language)
    return None


SPOKEN = {
    language: re.compile(_pattern([words.PUBLISHED[language], words.UPDATED[language]]), re.I)
    for language in words.PUBLISHED
    if order_of(language)
}  # fmt: skip
