"""The day that the name of an input file tells: "crawl/2019-02-07_story.html" was written about then."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))")  # a time may follow
EARLIEST = date(1980, 1, 1)


def named_day(origin: str | None, latest: date) -> date | None:
    """The one day in a file's name that is no later than `latest` (with a day of grace); None for a name without or with several."""
    name = re.split(r"[/\\]", origin or "")[-1]
    found = {day for match in DAY.finditer(name) if (day := _day(match))}
    day = found.pop() if len(found) == 1 else None
    return day if day and EARLIEST <= day <= latest + timedelta(days=1) else None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
