"""Sources in PostgreSQL: how much they print, and who prints whom."""

from __future__ import annotations

from typing import Any

from copydesk.shared.archive.asking import COUNTED
from copydesk.shared.archive.shaping import sources_of
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject

VOLUMES = (
    "SELECT source, count(*), count(*) FILTER (WHERE status = 'duplicate'), min(ingested_at), max(ingested_at) FROM searchable "
    "WHERE current AND {} GROUP BY source ORDER BY 2 DESC, 1 LIMIT %s"
)
PAIRS = (
    "SELECT o.source, a.source, count(*) FROM ("
    "SELECT article, source FROM searchable WHERE current AND status = 'duplicate' ORDER BY ingested_at DESC, article_id DESC LIMIT %s) a "
    "JOIN matches m ON m.article = a.article AND m.position = 0 "
    "JOIN articles o ON o.article_id = m.other_article_id AND o.revision = m.other_revision "
    "WHERE a.source IS NOT NULL AND o.source IS NOT NULL AND o.source <> a.source GROUP BY 1, 2"
)
BY_DAY = (
    "SELECT (ingested_at AT TIME ZONE 'UTC')::date::text, count(*), count(*) FILTER (WHERE status = 'duplicate') "
    "FROM searchable WHERE current AND source = %s GROUP BY 1 ORDER BY 1 DESC LIMIT 400"
)


def sources(file: Any, name: str | None, most: int) -> list[JsonObject]:
    """All sources, or one by its name."""
    pairs = file.execute(PAIRS, (COUNTED,)).fetchall()
    if name is None:
        file.execute("SET LOCAL enable_seqscan = on")  # it is about all rows
    query = VOLUMES.format("source IS NOT NULL" if name is None else "source = %s")
    volumes = file.execute(query, (most,) if name is None else (name, most)).fetchall()
    return list(sources_of(((one, count, copies, timestamp(first), timestamp(last)) for one, count, copies, first, last in volumes), pairs))


def source(file: Any, name: str) -> JsonObject | None:
    found = sources(file, name, 1)
    if not found:
        return None
    days = file.execute(BY_DAY, (name,)).fetchall()
    return {**found[0], "counts": [{"day": day, "count": count, "copies": copies} for day, count, copies in reversed(days)]}
