"""What the found articles have in common: counted over the newest of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import orjson

from copydesk.shared.archive.asking import FACET
from copydesk.shared.archive.shaping import facet_columns
from copydesk.shared.records.plain import JsonObject

COLUMNS = "SELECT source, language, status FROM articles WHERE id IN (SELECT value FROM json_each(?))"
ENTITIES = (
    "SELECT canonical, type, link_id, count(DISTINCT article) FROM entities WHERE article IN (SELECT value FROM json_each(?)) "
    "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT ?"
)


def facets_of(file: sqlite3.Connection, found: Sequence[int]) -> JsonObject:
    """{"facets": {"source", "language", "status", "entity"}, "counted": over how many articles}, of articles by their internal ids."""
    ids = orjson.dumps(found).decode()
    columns = facet_columns(file.execute(COLUMNS, (ids,)).fetchall())
    entities = [{"value": name, "type": kind, "link": link, "count": count} for name, kind, link, count in file.execute(ENTITIES, (ids, FACET))]
    return {"facets": {**columns, "entity": entities}, "counted": len(found)}
