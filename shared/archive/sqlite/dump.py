"""What a SQLite file says, in an order and a form that two files share when they hold the same: for comparisons."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson

QUERIES = {
    "articles": "SELECT * FROM articles ORDER BY article_id, revision",
    "entities": "SELECT a.article_id, a.revision, t.* FROM entities t JOIN articles a ON a.id = t.article ORDER BY 1, 2, position",
    "mentions": "SELECT a.article_id, a.revision, t.* FROM mentions t JOIN articles a ON a.id = t.article ORDER BY 1, 2, entity, position",
    "matches": "SELECT a.article_id, a.revision, t.* FROM matches t JOIN articles a ON a.id = t.article ORDER BY 1, 2, position",
}
INTERNAL = {"id", "article", "verdict", "written_ms"}  # keys of this file, what the verdict was folded from, and what varies from run to run


def dump(path: Path) -> Iterator[str]:
    """All rows as lines `table {column: value}`, sorted by article and position; internal keys are left out."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        for table, query in QUERIES.items():
            for row in connection.execute(query):
                values = {name: row[name] for name in row.keys() if name not in INTERNAL}  # noqa: SIM118 - a Row iterates over values
                yield f"{table} {orjson.dumps(values).decode()}"
    connection.close()
