"""Names: who is written about, how much, with whom, and by which sources."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson

from copydesk.shared.archive.asking import COUNTED, FACET, MOST_OF_ONE, NEWEST, EntitySearch
from copydesk.shared.archive.shaping import counted_days, counted_sources, entity_of, entity_told, like
from copydesk.shared.archive.sqlite.conditions import Conditions
from copydesk.shared.records.plain import JsonObject

IDS = "(SELECT value FROM json_each(?))"
RECORDS = f"SELECT record FROM articles WHERE id IN {IDS} ORDER BY ingested_at DESC, article_id DESC"
WITH = (
    f"SELECT canonical, type, min(link_id), count(DISTINCT article) FROM entities WHERE article IN {IDS} AND canonical <> ? COLLATE NOCASE "
    "GROUP BY canonical, type ORDER BY 4 DESC, 1 LIMIT ?"
)
CURRENT = f"SELECT id, substr(ingested_at, 1, 10), source FROM articles_current WHERE id IN {IDS} ORDER BY ingested_at DESC, article_id DESC"


def entities(file: sqlite3.Connection, search: EntitySearch, skipped: int) -> JsonObject:
    """One more than asked for, so that it is known whether there are more."""
    articles = Conditions()
    if search.since is not None:
        articles.add("a.ingested_at >= ?", search.since)
    if search.until is not None:
        articles.add("a.ingested_at < ?", search.until)
    newest = f"SELECT a.id FROM articles_current a WHERE {articles.sql} ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT ?"
    ids = _json(row[0] for row in file.execute(newest, (*articles.values, COUNTED)))
    names = Conditions()
    if search.text:
        names.add("canonical LIKE ? ESCAPE '\\'", like(search.text))
    if search.type:
        names.add("type = ?", search.type.upper())
    query = (
        f"SELECT canonical, type, min(link_id), count(DISTINCT article), sum(count) FROM entities WHERE article IN {IDS} AND {names.sql} "
        "GROUP BY canonical, type ORDER BY 4 DESC, 5 DESC, 1, 2 LIMIT ? OFFSET ?"
    )
    found = file.execute(query, (ids, *names.values, search.limit + 1, skipped)).fetchall()
    return {"entities": [entity_of(*row) for row in found], "counted": len(orjson.loads(ids))}


def entity(file: sqlite3.Connection, asked: str) -> JsonObject | None:
    """By name, in any case of letters, or by link."""
    column = "link_id = ?" if _is_link(file, asked) else "canonical = ? COLLATE NOCASE"
    newest = f"SELECT DISTINCT article FROM entities WHERE {column} ORDER BY article DESC LIMIT ?"
    found = file.execute(CURRENT, (_json(row[0] for row in file.execute(newest, (asked, MOST_OF_ONE))),)).fetchall()
    if not found:
        return None
    ids = [row[0] for row in found]
    about = file.execute(
        f"SELECT canonical, type, link_id, count(DISTINCT article), sum(count) FROM entities WHERE article IN {IDS} AND {column} "
        "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT 1",
        (_json(ids), asked),
    ).fetchone()
    days, sources = counted_days(day for _, day, _ in found), counted_sources(source for _, _, source in found)
    companions = file.execute(WITH, (_json(ids[:COUNTED]), about[0], FACET))
    newest_first = [orjson.loads(record) for (record,) in file.execute(RECORDS, (_json(ids[:NEWEST]),))]
    return entity_told(about, len(ids), days, companions, sources, newest_first)


def _is_link(file: sqlite3.Connection, text: str) -> bool:
    return file.execute("SELECT 1 FROM entities WHERE link_id = ? LIMIT 1", (text,)).fetchone() is not None


def _json(values: Any) -> str:
    return orjson.dumps(list(values)).decode()
