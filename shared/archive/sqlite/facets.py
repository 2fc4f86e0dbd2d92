"""What the found articles have in common: counted over the newest of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

import orjson

from copydesk.shared.archive.asking import COUNTED, FACET
from copydesk.shared.archive.sqlite.conditions import Conditions
from copydesk.shared.records.plain import JsonObject

ENTITIES = (
    "SELECT canonical, type, link_id, count(DISTINCT article) FROM entities WHERE article IN (SELECT value FROM json_each(?)) "
    "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT ?"
)


def facets_of(file: sqlite3.Connection, wanted: Conditions) -> JsonObject:
    """{"facets": {"source", "language", "status", "entity"}, "counted": over how many articles}."""
    query = (
        f"SELECT a.id, a.source, a.language, a.status FROM articles_current a WHERE {wanted.sql} "
        "ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT ?"
    )
    found = file.execute(query, (*wanted.values, COUNTED)).fetchall()
    columns = {name: _counted(row[place] for row in found) for place, name in enumerate(("source", "language", "status"), 1)}
    ids = orjson.dumps([row[0] for row in found]).decode()
    entities = [{"value": name, "type": kind, "link": link, "count": count} for name, kind, link, count in file.execute(ENTITIES, (ids, FACET))]
    return {"facets": {**columns, "entity": entities}, "counted": len(found)}


def _counted(values: Iterable[str | None]) -> list[JsonObject]:
    counts: Counter[str] = Counter(value for value in values if value is not None)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "count": count} for value, count in ordered[:FACET]]
