"""Times as pages state them → ISO 8601, as exact as they are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from copydesk.services.cleaner.dates import DateOrder, first_date
from copydesk.shared.records.times import Precision

IN_PATH = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?=[/_-]|$)")
YEAR_MONTH = re.compile(r"^((?:19|20)\d\d)[-/](0[1-9]|1[0-2])$")
YEAR = re.compile(r"^(?:19|20)\d\d$")
COMPACT_OFFSET = re.compile(r"([+-]\d\d)(\d\d)$")
FRACTION = re.compile(r"\.\d+")
EARLIEST = 1980  # a page from before the web states when something else happened


@dataclass(frozen=True, slots=True)
class StatedTime:
    text: str
    precision: Precision


def stated_time(value: str, order: DateOrder | None = None) -> StatedTime | None:
    """An ISO 8601 or RFC 5322 time, or a printed date (`order` as in `find_dates`). Midnight sharp is taken for a day whose time is not known."""
    value = value.strip()
    if YEAR.match(value):
        return StatedTime(value, "year")
    if match := YEAR_MONTH.match(value):
        return StatedTime(f"{match[1]}-{match[2]}", "month")
    exact = _iso(value) or _mail(value)
    if exact is not None:
        return _moment(exact) if _plausible(exact.year) else None
    printed = first_date(value[:80], order)
    on = printed.on() if printed else None
    return StatedTime(on.isoformat(), "day") if on and _plausible(on.year) else None


def of_url(url: str | None) -> StatedTime | None:
    """The date in a path such as /2025/09/04/slug."""
    match = IN_PATH.search(urlsplit(url).path) if url else None
    if match is None or not _plausible(int(match[1])):
        return None
    if match[3] is None:
        return StatedTime(f"{match[1]}-{match[2]}", "month")
    try:
        return StatedTime(date(int(match[1]), int(match[2]), int(match[3])).isoformat(), "day")
    except ValueError:
        return None


def _plausible(year: int) -> bool:
    return EARLIEST <= year <= 2100


def _iso(value: str) -> datetime | None:
    text = COMPACT_OFFSET.sub(r"\1:\2", FRACTION.sub("", value.replace(" +", "+").replace(" UTC", "Z").replace(" GMT", "Z")))
    for form in (text, text[:10] if re.match(r"\d{4}-\d\d-\d\d(?:T|\s|$)", text) else ""):
        try:
            return datetime.fromisoformat(form)
        except ValueError:
            continue
    return None


def _mail(value: str) -> datetime | None:
    try:
        return parsedate_to_datetime(value) if "," in value[:5] else None
    except ValueError:
        return None


def _moment(exact: datetime) -> StatedTime:
    offset = exact.utcoffset()
    if exact.hour == exact.minute == exact.second == 0 and not offset:
        return StatedTime(exact.date().isoformat(), "day")
    precision: Precision = "second" if exact.second else "minute"
    text = exact.replace(microsecond=0).isoformat(timespec="seconds")
    return StatedTime(text.replace("+00:00", "Z"), precision)
