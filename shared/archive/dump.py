"""What a database says, in an order and a form that two of them share when they hold the same, of whatever kind they are: for comparisons."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from copydesk.shared.records.base import timestamp

OF_ARTICLES = {
    "articles": "SELECT * FROM articles ORDER BY article_id, revision",
    "entities": "SELECT a.article_id, a.revision, t.* FROM entities t JOIN articles a ON a.id = t.article ORDER BY 1, 2, position",
    "mentions": "SELECT a.article_id, a.revision, t.* FROM mentions t JOIN articles a ON a.id = t.article ORDER BY 1, 2, entity, position",
    "matches": "SELECT a.article_id, a.revision, t.* FROM matches t JOIN articles a ON a.id = t.article ORDER BY 1, 2, position",
}
QUERIES = {**OF_ARTICLES, "article_stories": "SELECT * FROM article_stories ORDER BY article_id"}
# keys of this database, what the verdict was folded from, what varies from run to run, and what is made of the text for searching
INTERNAL = {"id", "article", "verdict", "written_ms", "search", "at", "told"}
JSON = {"record", "passages", "names", "terms"}


def dump(path: Path) -> Iterator[str]:
    """All rows of a SQLite file as lines `table {column: value}`, sorted by article and position; internal keys are left out."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        for table, query in QUERIES.items():
            yield from (line(table, dict(row)) for row in connection.execute(query))
    connection.close()


def dump_postgres(connection: Any) -> Iterator[str]:
    """The same of a PostgreSQL database, by a connection of psycopg."""
    for table, query in QUERIES.items():
        cursor = connection.execute(query)
        names = [column.name for column in cursor.description]
        yield from (line(table, dict(zip(names, row, strict=True))) for row in cursor)


def line(table: str, row: Mapping[str, Any]) -> str:
    """One row: names and JSON inside are in the order of the alphabet, times in the one form."""
    values = {name: _plain(name, value) for name, value in row.items() if name not in INTERNAL}
    return f"{table} {orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()}"


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return timestamp(value)
    return orjson.loads(value) if name in JSON and isinstance(value, str) else value
