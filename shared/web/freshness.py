"""When to ask again, as servers tell it: Retry-After, max-age, Expires; and validators, with which a page that has not changed costs nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import Field

MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
LONGEST_VALIDATOR = 1_000  # characters
Validator = Annotated[str, Field(max_length=LONGEST_VALIDATOR, pattern=r"^[^\r\n\x00]*$")]  # what can be sent as a header


def seconds_until(value: str, now: datetime) -> float | None:
    """Seconds from now that a Retry-After means: a number of them, or a date. None where it is neither; 0 for a time gone by."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def lifetime_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long an answer stays fresh, in seconds, as the server says; None where it does not say."""
    control = headers.get("cache-control", "")
    if "no-store" in control.lower() or "no-cache" in control.lower():
        return 0.0
    if found := MAX_AGE.search(control):
        return float(found[1])
    return seconds_until(headers["expires"], now) if "gmt" in headers.get("expires", "").lower() else None


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """What to remember of an answer, to ask with it next time: `etag` and `last_modified`, where they are given."""
    found = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
    return {name: value for name, value in found.items() if 0 < len(value) <= LONGEST_VALIDATOR}


def conditions(remembered: Mapping[str, str]) -> dict[str, str]:
    """The request headers that make a request conditional."""
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    return {header: remembered[name] for name, header in names.items() if name in remembered}
