"""The nodes of a PostgreSQL database, within a transaction that holds a lock for each node it touches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle, StoredFact, fold_without
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.locks import hold_all, lock_nodes
from copydesk.shared.archive.postgres.searchable import SEARCHED, make_searchable, searchable_row
from copydesk.shared.archive.postgres.stories import withdraw_stories
from copydesk.shared.archive.spacing import spaced
from copydesk.shared.archive.withdrawing import AT_ONCE, OF_SOURCES
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.records.retraction import Retraction, of_article

COLUMNS = (*rows.COLUMNS, "language_of_search", "searched_title", "searched_body")

INCOMING = f"""
CREATE TEMPORARY TABLE incoming ON COMMIT DELETE ROWS AS
SELECT {", ".join(rows.COLUMNS)}, ''::text AS language_of_search, ''::text AS searched_title, ''::text AS searched_body FROM articles WITH NO DATA
"""
VECTOR = """
setweight(to_tsvector(text_search_of(language_of_search), searched_title), 'A')
|| setweight(to_tsvector(text_search_of(language_of_search), searched_body), 'B')
"""
UPSERT = f"""
INSERT INTO articles ({", ".join(rows.COLUMNS)}, search) SELECT {", ".join(rows.COLUMNS)}, {VECTOR} FROM incoming ORDER BY article_id, revision
ON CONFLICT (article_id, revision) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in (*rows.COLUMNS[2:], "search"))}
RETURNING article_id, revision, id
"""
NODES = "unnest(%s::text[], %s::text[]) AS n (article_id, revision)"
STORED = f"SELECT article_id, revision, record, verdict, written_ms FROM articles JOIN {NODES} USING (article_id, revision)"
FACTS = f"SELECT value FROM facts JOIN {NODES} USING (article_id, revision)"
KEEP_FACTS = """
INSERT INTO facts SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::bytea[])
ON CONFLICT (fact_id) DO UPDATE SET value = least(facts.value, excluded.value)
"""
CHILDREN: tuple[tuple[str, Callable[[int, JsonObject], Iterator[rows.Row]]], ...] = (
    ("entities", rows.entity_rows), ("mentions", rows.mention_rows), ("matches", rows.match_rows),
)  # fmt: skip
SAID = f"SELECT {', '.join(rows.RETRACTION)} FROM retractions WHERE key = ANY(%s)"
KEEP_SAID = f"""
INSERT INTO retractions ({", ".join(rows.RETRACTION)}) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE SET source = excluded.source, state = excluded.state, reason = excluded.reason, at = excluded.at
"""
LINKED = """
SELECT DISTINCT a.article_id, a.revision FROM matches m JOIN articles a ON a.id = m.article
WHERE m.other_article_id = ANY(%(gone)s) AND NOT a.article_id = ANY(%(gone)s)
"""


def withdraw_of_sources(connection: Any) -> int:
    """Take back some articles of sources that were taken back; how many rows that were."""
    if not connection.execute(f"{OF_SOURCES} LIMIT 1").fetchall():
        return 0
    with connection.transaction():
        nodes = PostgresNodes(connection)
        nodes.begin((), takes_back=True)
        found = connection.execute(f"{OF_SOURCES} LIMIT %s", (AT_ONCE,)).fetchall()
        fold_without([of_article(row[0], rows.retraction_of(row[1:])) for row in found], nodes)
    return len(found)


class PostgresNodes:
    """The nodes of a database, within a transaction that holds a lock for each node it touches."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def begin(self, nodes: Collection[NodeKey], takes_back: bool) -> None:
        hold_all(self._connection, alone=takes_back)
        lock_nodes(self._connection, nodes)

    def said(self, keys: Collection[str]) -> dict[str, Retraction]:
        return {row[0]: rows.retraction_of(row) for row in self._connection.execute(SAID, (list(keys),))}

    def keep_said(self, retractions: Collection[Retraction]) -> None:
        for one in retractions:
            self._connection.execute(KEEP_SAID, as_jsonb(list(rows.retraction_row(one))))

    def withdraw(self, article_ids: Collection[str]) -> list[NodeKey]:
        gone = list(article_ids)
        linked = [(one, other) for one, other in self._connection.execute(LINKED, {"gone": gone})]
        lock_nodes(self._connection, linked)
        for table in ("facts", "articles"):
            self._connection.execute(f"DELETE FROM {table} WHERE article_id = ANY(%s)", (gone,))
        withdraw_stories(gone, self._connection)
        return linked

    def forget_facts(self, fact_ids: Collection[str]) -> None:
        if fact_ids:
            self._connection.execute("DELETE FROM facts WHERE fact_id = ANY(%s)", (list(fact_ids),))

    def stored(self, nodes: Collection[NodeKey]) -> dict[NodeKey, Came]:
        found = self._connection.execute(STORED, _columns(nodes, 2))
        return {(one, other): Came({**record, "duplicate": verdict}, ms) for one, other, record, verdict, ms in found}

    def keep(self, facts: Collection[StoredFact]) -> None:
        if facts:
            self._connection.execute(KEEP_FACTS, _columns(facts, 4))

    def facts(self, nodes: Collection[NodeKey]) -> Iterator[bytes]:
        yield from (bytes(value) for (value,) in self._connection.execute(FACTS, _columns(nodes, 2)))

    def replace(self, articles: Sequence[FoldedArticle]) -> None:
        if not articles:
            return
        written = [(article, _columns_of(article)) for article in articles]
        self._copy("incoming", COLUMNS, (_incoming(article, columns) for article, columns in written))
        keys = {(one, other): key for one, other, key in self._connection.execute(UPSERT)}
        for table, make in CHILDREN:
            self._connection.execute(f"DELETE FROM {table} WHERE article = ANY(%s)", (list(keys.values()),))
            self._copy(table, (), (row for article in articles for row in make(keys[article.node], article.record)))
        make_searchable(self._connection, [searchable_row(keys[article.node], columns) for article, columns in written])

    def _copy(self, table: str, columns: Sequence[str], values: Iterable[rows.Row]) -> None:
        named = f" ({', '.join(columns)})" if columns else ""
        with self._connection.cursor().copy(f"COPY {table}{named} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)


def _columns_of(article: FoldedArticle) -> JsonObject:
    record = {**article.record, "duplicate": as_jsonb(article.record["duplicate"])}
    return dict(zip(rows.COLUMNS, rows.article_row(record, article.came), strict=True))


def _incoming(article: FoldedArticle, columns: JsonObject) -> rows.Row:
    title, body = (spaced((columns[name] or "")[:SEARCHED]) for name in ("title", "body"))
    return (*columns.values(), article.record.get("language"), title, body)


def _columns(values: Collection[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*values, strict=True)] or [[] for _ in range(width)]
