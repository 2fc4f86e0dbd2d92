"""Which times are possible, in one place, and how what feeds write as a time is read.

A record's `ingested_at` orders articles and moves windows, its `fetched_at` orders revisions: a time before 1970 or ahead of the clock
would be the first or the latest for ever.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from copydesk.shared.records.base import timestamp

Precision = Literal["year", "month", "day", "minute", "second"]

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MAX_AHEAD = timedelta(minutes=5)
MAX_NOTED_AHEAD = timedelta(days=400)

SMALLEST_EPOCH = 100_000_000  # in seconds: March 1973. A smaller number is a year, a date without its marks or a mistake
MILLISECONDS_FROM = 100_000_000_000  # a number from here on counts milliseconds

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = re.compile(r"\d{9,13}(?:\.\d{1,6})?", re.ASCII)
_ISO_8601 = re.compile(r"\d{4}(?P<month>-\d\d(?P<day>-\d\d(?P<minute>T\d\d:\d\d(?P<second>:\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)
_DATE = re.compile(r"\d{4}-?\d\d-?\d\d", re.ASCII)


def is_possible(moment: datetime) -> bool:
    """Whether a record may have come in, or been fetched, at this time: from 1970 to five minutes ahead of the clock."""
    return EARLIEST <= moment <= datetime.now(UTC) + MAX_AHEAD


def is_possible_ms(milliseconds: int) -> bool:
    """The same of milliseconds since 1970."""
    return 0 <= milliseconds <= (datetime.now(UTC) + MAX_AHEAD - EARLIEST) // timedelta(milliseconds=1)


def from_ms(milliseconds: int) -> datetime | None:
    """The time of a number of milliseconds since 1970, None where it is not possible: Kafka says -1 for none."""
    return EARLIEST + timedelta(milliseconds=milliseconds) if is_possible_ms(milliseconds) else None


def possible_time(moment: datetime) -> datetime:
    """The time itself. Raises ValueError, with the remedy, for one that has no zone or is not possible."""
    if moment.tzinfo is None:
        raise ValueError("has no time zone; end it with Z or an offset such as +02:00")
    if moment < EARLIEST:
        raise ValueError("is before 1970; mend the producer's clock or leave the field out")
    if not is_possible(moment):
        raise ValueError("is more than five minutes ahead of the clock; mend the producer's clock or leave the field out")
    return moment


def time_of(value: object) -> datetime | None:
    """What a feed means by a value: ISO 8601, RFC 2822 (as in RSS and HTTP), seconds or milliseconds since 1970, also as digits.

    None where it is none of them. A time without a zone comes without one.
    """
    if isinstance(value, str):
        text = value.strip()
        if _EPOCH.fullmatch(text):
            return _of_number(float(text))
        return _iso(text) or _rfc_2822(text)
    return _of_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper() if text[-1:] == "z" else text)
    except ValueError:
        return None


def _rfc_2822(text: str) -> datetime | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None and text.endswith("-0000") else moment
    return None


def _of_number(number: float) -> datetime | None:
    if number < SMALLEST_EPOCH:
        return None
    with suppress(OverflowError):
        return EARLIEST + (timedelta(milliseconds=number) if number >= MILLISECONDS_FROM else timedelta(seconds=number))
    return None


def possible(value: object) -> datetime:
    """The moment that a value means. Raises ValueError, with the remedy, for what is no time or no possible one."""
    moment = value if isinstance(value, datetime) else time_of(value)
    if moment is None:
        raise ValueError("is no time; write it as 2026-01-05T08:00:00Z, or as seconds since 1970")
    return possible_time(moment)


def rfc_3339(value: object) -> str:
    """A moment as a record may bear it: what is RFC 3339 already is kept to the letter, the rest is written so. Raises as `possible` does."""
    moment = possible(value)
    return value if isinstance(value, str) and _RFC_3339.fullmatch(value) else timestamp(moment)


def publication_time(value: str | float) -> str | None:
    """A time of publication in ISO 8601, as exact as the feed gave it: a year, a month, a day, a time with or without a zone.

    None for what is no such time, as `12 hours ago`. Every year counts: an archive's articles were published before 1970.
    """
    if isinstance(value, str) and _ISO_8601.fullmatch(value) and (_iso(value) or _iso(f"{value}-01") or _iso(f"{value}-01-01")):
        return value
    moment = time_of(value)
    if moment is None:
        return None
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):  # 20210503 → 2021-05-03
        return moment.date().isoformat()
    return moment.isoformat().replace("+00:00", "Z")


def precision(text: str) -> Precision | None:
    """How exact a time in ISO 8601 is; None for other texts."""
    found = _ISO_8601.fullmatch(text)
    if found is None:
        return None
    steps: tuple[Precision, ...] = ("second", "minute", "day", "month")
    return next((step for step in steps if found[step]), "year")


Moment = Annotated[AwareDatetime, BeforeValidator(possible)]
"""A field with a possible time. Shape in JSON: RFC 3339."""


def _noted(at_ms: int) -> int:
    if not 0 <= at_ms <= (datetime.now(UTC) + MAX_NOTED_AHEAD - EARLIEST) // timedelta(milliseconds=1):
        raise ValueError("is no time between 1970 and four hundred days ahead, in milliseconds")
    return at_ms


NotedMs = Annotated[int, AfterValidator(_noted)]
"""A time that a service notes for itself, of what was or is to come: a source may be looked into once a year. Milliseconds since 1970."""
