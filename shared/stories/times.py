"""When an article was published, as one number: by it articles have their order, and stories their window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SAME_DAY = timedelta(hours=36)  # what came in so soon after the start of its day of publication was published about then
NOON = timedelta(hours=12)
DATE = 10  # characters of an ISO 8601 date


def published_s(published_at: str | None, ingested_at: str) -> float:
    """Seconds since 1970 of the time of publication, as exact as it is known and never later than the article came in.

    "2024-05-06" that came in on that day → when it came in; that came in later → noon of that day (UTC). "2024-05" and nothing → when it came in.
    """
    came = _moment(ingested_at)
    if not published_at or len(published_at) < DATE:
        return came.timestamp()
    try:
        told = _moment(published_at)
    except ValueError:  # no date at all says nothing
        return came.timestamp()
    if len(published_at) == DATE:
        told = came if came - told <= SAME_DAY else told + NOON
    return min(told, came).timestamp()


def published(published_at: str | None, ingested_at: str) -> str:
    """The time of publication as a person reads it: as it was told, or when the article came in, if none was told or one after that day."""
    return published_at if published_at and published_at[:DATE] <= ingested_at[:DATE] else ingested_at


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
