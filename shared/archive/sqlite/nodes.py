"""The nodes of a SQLite file, within a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence

import orjson

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle, StoredFact, fold_without
from copydesk.shared.archive.spacing import has_unspaced, spaced
from copydesk.shared.archive.sqlite.stories import withdraw_stories
from copydesk.shared.archive.sqlite.transactions import transaction
from copydesk.shared.archive.withdrawing import AT_ONCE, OF_SOURCES
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.records.retraction import Retraction, of_article

UPSERT = (
    f"INSERT INTO articles ({', '.join(rows.COLUMNS)}) VALUES ({', '.join('?' * len(rows.COLUMNS))}) "
    f"ON CONFLICT (article_id, revision) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rows.COLUMNS[2:])} RETURNING id"
)
CHILDREN = (("entities", 9, rows.entity_rows), ("mentions", 6, rows.mention_rows), ("matches", 9, rows.match_rows))  # table, columns, rows
STORED = "SELECT record, verdict, written_ms FROM articles WHERE (article_id, revision) = (?, ?)"
FACTS = "SELECT value FROM facts WHERE (article_id, revision) = (?, ?)"
KEEP_FACT = (
    "INSERT INTO facts (fact_id, article_id, revision, value) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (fact_id) DO UPDATE SET value = min(value, excluded.value)"
)
SAID = f"SELECT {', '.join(rows.RETRACTION)} FROM retractions WHERE key IN (SELECT value FROM json_each(?))"
KEEP_SAID = f"INSERT OR REPLACE INTO retractions ({', '.join(rows.RETRACTION)}) VALUES ({', '.join('?' * len(rows.RETRACTION))})"
LINKED = """
SELECT DISTINCT a.article_id, a.revision FROM matches m JOIN articles a ON a.id = m.article
WHERE m.other_article_id IN (SELECT value FROM json_each(:gone)) AND a.article_id NOT IN (SELECT value FROM json_each(:gone))
"""


def withdraw_of_sources(file: sqlite3.Connection) -> int:
    """Take back some articles of sources that were taken back; how many rows that were."""
    with transaction(file):
        found = file.execute(f"{OF_SOURCES} LIMIT ?", (AT_ONCE,)).fetchall()
        fold_without([of_article(row[0], rows.retraction_of(row[1:])) for row in found], SqliteNodes(file))
    return len(found)


class SqliteNodes:
    """The nodes of a file, within a transaction that has it alone."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def begin(self, nodes: Collection[NodeKey], takes_back: bool) -> None:
        """It has the whole file."""

    def said(self, keys: Collection[str]) -> dict[str, Retraction]:
        return {row[0]: rows.retraction_of(row) for row in self._file.execute(SAID, (_json(keys),))}

    def keep_said(self, retractions: Collection[Retraction]) -> None:
        self._file.executemany(KEEP_SAID, map(rows.retraction_row, retractions))

    def withdraw(self, article_ids: Collection[str]) -> list[NodeKey]:
        linked = self._file.execute(LINKED, {"gone": _json(article_ids)}).fetchall()
        self._file.executemany("DELETE FROM facts WHERE article_id = ?", [(one,) for one in article_ids])
        self._file.executemany("DELETE FROM articles WHERE article_id = ?", [(one,) for one in article_ids])
        withdraw_stories(article_ids, self._file)
        return [(article_id, revision) for article_id, revision in linked]

    def forget_facts(self, fact_ids: Collection[str]) -> None:
        self._file.executemany("DELETE FROM facts WHERE fact_id = ?", [(one,) for one in fact_ids])

    def stored(self, nodes: Collection[NodeKey]) -> dict[NodeKey, Came]:
        found = ((node, self._file.execute(STORED, node).fetchone()) for node in nodes)
        return {node: Came({**orjson.loads(row[0]), "duplicate": orjson.loads(row[1])}, row[2]) for node, row in found if row is not None}

    def keep(self, facts: Collection[StoredFact]) -> None:
        self._file.executemany(KEEP_FACT, facts)

    def facts(self, nodes: Collection[NodeKey]) -> Iterator[bytes]:
        for node in nodes:
            yield from (value for (value,) in self._file.execute(FACTS, node))

    def replace(self, articles: Sequence[FoldedArticle]) -> None:
        for article in articles:
            key = self._file.execute(UPSERT, rows.article_row(*article)).fetchone()[0]
            for table, columns, make in CHILDREN:
                self._file.execute(f"DELETE FROM {table} WHERE article = ?", (key,))
                self._file.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", make(key, article.record))
            self._index_characters(key, article.record)

    def _index_characters(self, key: int, record: JsonObject) -> None:
        """What full-text search finds in scripts without spaces; a trigger could not, since other programs lack the function."""
        self._file.execute("DELETE FROM articles_characters WHERE rowid = ?", (key,))
        title, body = record.get("title") or "", record["body"]
        if has_unspaced(title) or has_unspaced(body):
            self._file.execute("INSERT INTO articles_characters (rowid, title, body) VALUES (?, ?, ?)", (key, spaced(title), spaced(body)))


def _json(values: Collection[str]) -> str:
    return orjson.dumps(list(values)).decode()
