"""Names in PostgreSQL: who is written about, how much, with whom, and by which sources."""

from __future__ import annotations

from typing import Any

from copydesk.shared.archive.asking import COUNTED, FACET, MOST_OF_ONE, NEWEST, EntitySearch
from copydesk.shared.archive.postgres.conditions import SAME_LINK, SAME_NAME, Conditions, times_of
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.shaping import counted_days, counted_sources, entity_of, entity_told, like
from copydesk.shared.records.plain import JsonObject

RECORDS = "SELECT record FROM articles WHERE id = ANY(%s) ORDER BY ingested_at DESC, article_id DESC"
WITH = (
    "SELECT canonical, type, min(link_id), count(DISTINCT article) FROM entities WHERE article = ANY(%s) "
    'AND lower(canonical) <> lower(%s::text COLLATE "C") GROUP BY canonical, type ORDER BY 4 DESC, 1 LIMIT %s'
)
CURRENT = (
    "SELECT article, (ingested_at AT TIME ZONE 'UTC')::date::text, source FROM searchable WHERE current AND article = ANY(%s) "
    "ORDER BY ingested_at DESC, article_id DESC"
)


def entities(file: Any, search: EntitySearch, skipped: int) -> JsonObject:
    """One more than asked for, so that it is known whether there are more."""
    articles = times_of(search)
    newest = f"SELECT article FROM searchable s WHERE current AND {articles.sql} ORDER BY ingested_at DESC, article_id DESC LIMIT %s"
    ids = [key for (key,) in file.execute(newest, (*articles.values, COUNTED))]
    names = Conditions()
    if search.text:
        names.add('lower(canonical) LIKE lower(%s::text COLLATE "C")', like(search.text))
    if search.type:
        names.add("type = %s", search.type.upper())
    query = (
        "SELECT canonical, type, min(link_id), count(DISTINCT article), sum(count) FROM entities "
        f"WHERE article = ANY(%s) AND {names.sql} GROUP BY canonical, type ORDER BY 4 DESC, 5 DESC, 1, 2 LIMIT %s OFFSET %s"
    )
    found = file.execute(query, (ids, *names.values, search.limit + 1, skipped)).fetchall()
    return {"entities": [entity_of(*row) for row in found], "counted": len(ids)}


def entity(file: Any, asked: str) -> JsonObject | None:
    """By name, in any case of (ASCII) letters, or by link."""
    asked = as_jsonb(asked)
    is_link = file.execute("SELECT 1 FROM entities WHERE link_id = %s LIMIT 1", (asked,)).fetchone() is not None
    column = SAME_LINK if is_link else SAME_NAME
    newest = f"SELECT DISTINCT article FROM entities WHERE {column} ORDER BY article DESC LIMIT %s"
    found = file.execute(CURRENT, ([key for (key,) in file.execute(newest, (asked, MOST_OF_ONE))],)).fetchall()
    if not found:
        return None
    ids = [key for key, _, _ in found]
    about = file.execute(
        f"SELECT canonical, type, link_id, count(DISTINCT article), sum(count) FROM entities WHERE article = ANY(%s) AND {column} "
        "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT 1",
        (ids, asked),
    ).fetchone()
    days, sources = counted_days(day for _, day, _ in found), counted_sources(source for _, _, source in found)
    companions = file.execute(WITH, (ids[:COUNTED], about[0], FACET))
    newest_first = [record for (record,) in file.execute(RECORDS, (ids[:NEWEST],))]
    return entity_told(about, len(ids), days, companions, sources, newest_first)
