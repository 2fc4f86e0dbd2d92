"""PostgresSink: a transaction for each batch, COPY into a temporary table and an upsert from there; the fold of SQLite's sink."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle, StoredFact, fold_batch
from copydesk.shared.archive.postgres.connecting import connect, driver, unavailable
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.locks import lock_nodes
from copydesk.shared.archive.postgres.retention import delete_older
from copydesk.shared.archive.postgres.schema import prepare_tables
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.archive.spacing import spaced
from copydesk.shared.errors import CopydeskError
from copydesk.shared.known_good import ENRICHED_RECORD as KNOWN_GOOD
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, Topic

MOST = 500  # records in a transaction: each node in it takes a lock, of which a server has some thousands
SEARCHED = 250_000  # characters of an article that full-text search knows: a tsvector has at most 1 MiB
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


class PostgresSink:
    """Any number of replicas may write to one database."""

    name = "sink-postgres"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS)

    def __init__(self, url: str, days_kept: float | None = None) -> None:
        self._url, self._days_kept = url, days_kept
        self._connection: Any = None

    def open(self) -> None:
        """Connect, and create the tables or bring them up to date. Raises UnavailableError, or CopydeskError where that is not allowed."""
        connection = connect(self._url)
        try:
            with unavailable():
                prepare_tables(connection)
                connection.execute(INCOMING)
        except driver().ProgrammingError as error:
            connection.close()
            remedy = "give the user of COPYDESK_POSTGRES_URL a schema of his own"
            raise CopydeskError(f"the tables cannot be made or changed: {error}", remedy) from error
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when it is committed: one answer for each record, in order, None where it is stored.

        Raises UnavailableError while the server cannot be written to: some of the batch may be stored then, and it may come again whole.
        """
        outcomes: list[Rejected | None] = []
        for first in range(0, len(records), MOST):
            outcomes += self._transaction(records[first : first + MOST])
        return outcomes

    def tidy(self) -> int:
        """Delete some articles whose time is over; how many, 0 where none is left. Raises UnavailableError like `write`."""
        oldest = oldest_kept(self._days_kept)
        if self._connection is None or self._connection.closed or oldest is None:
            return 0
        with unavailable():
            return delete_older(self._connection, oldest)

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails."""
        for rejected in self._transaction([Written(ENRICHED, KNOWN_GOOD)], undo=True):
            if rejected is not None:
                raise RuntimeError(f"a record known to be good is refused: {rejected.reason}, {rejected.detail}")

    def _transaction(self, records: Sequence[Written], undo: bool = False) -> list[Rejected | None]:
        if self._connection is None or self._connection.closed:
            self.open()
        try:
            with unavailable(), self._connection.transaction(force_rollback=undo):
                return fold_batch(records, PostgresNodes(self._connection), as_jsonb)
        except BaseException:
            if self._connection.broken:
                self.close()
            raise


class PostgresNodes:
    """The nodes of a database, within a transaction that holds a lock for each node it touches."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def stored(self, nodes: Collection[NodeKey]) -> dict[NodeKey, Came]:
        lock_nodes(self._connection, nodes)
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
        self._copy("incoming", COLUMNS, (_incoming(article) for article in articles))
        keys = {(one, other): key for one, other, key in self._connection.execute(UPSERT)}
        for table, make in CHILDREN:
            self._connection.execute(f"DELETE FROM {table} WHERE article = ANY(%s)", (list(keys.values()),))
            self._copy(table, (), (row for article in articles for row in make(keys[article.node], article.record)))

    def _copy(self, table: str, columns: Sequence[str], values: Iterable[rows.Row]) -> None:
        named = f" ({', '.join(columns)})" if columns else ""
        with self._connection.cursor().copy(f"COPY {table}{named} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)


def _incoming(article: FoldedArticle) -> rows.Row:
    record = {**article.record, "duplicate": as_jsonb(article.record["duplicate"])}
    title, body = (spaced(str(record.get(name) or "")[:SEARCHED]) for name in ("title", "body"))
    return (*rows.article_row(record, article.came), record.get("language"), title, body)


def _columns(values: Collection[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*values, strict=True)] or [[] for _ in range(width)]
