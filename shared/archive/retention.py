"""When an article's time in an archive is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def oldest_kept(days: float | None) -> datetime | None:
    """The time of ingestion before which articles go; None where they are kept for ever."""
    return None if days is None else datetime.now(UTC) - timedelta(days=days)
