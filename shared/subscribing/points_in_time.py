"""Points in time as a person gives them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from copydesk.shared.errors import CopydeskError

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def point_in_time(text: str, now: datetime | None = None) -> datetime:
    """A time: how long ago ("90s", "15m", "2h", "3d", "1w") or ISO 8601, which is UTC where it names no zone.

    Raises CopydeskError for anything else.
    """
    try:
        if ago := re.fullmatch(r"(\d+)\s*([smhdw])", text.strip().lower()):
            return (now or datetime.now(UTC)) - timedelta(**{UNITS[ago[2]]: int(ago[1])})
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)  # 0001-01-01T00:00+14:00 is no time there
    except (ValueError, OverflowError):
        raise CopydeskError(f"{text!r} is no time", "say how long ago (15m, 2h, 3d) or when (2024-05-18, 2024-05-18T09:30Z)") from None
