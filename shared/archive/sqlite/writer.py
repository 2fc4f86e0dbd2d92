"""SqliteSink: one transaction for each batch, upserts by (article_id, revision), corrections in any order."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import orjson

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle, StoredFact, fold_batch
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.archive.spacing import unspaced_only
from copydesk.shared.archive.sqlite import schema
from copydesk.shared.archive.sqlite.retention import delete_older
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.known_good import ENRICHED_RECORD as KNOWN_GOOD
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, Topic

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


class SqliteSink:
    """Several processes may write to one file: a write waits up to `busy_timeout_s` seconds for the others."""

    name = "sink"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS)

    def __init__(self, path: Path, busy_timeout_s: float = 30.0, days_kept: float | None = None) -> None:
        self.path, self._busy_timeout_s, self._days_kept = path, busy_timeout_s, days_kept
        self._file: sqlite3.Connection | None = None

    def open(self) -> None:
        """Create or check the file. Raises CopydeskError when it cannot be used as one of ours."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(self.path, timeout=self._busy_timeout_s, isolation_level=None)
            schema.prepare_tables(self._file, self._busy_timeout_s)
        except (OSError, sqlite3.DatabaseError) as error:
            raise CopydeskError(f"{self.path}: cannot be used as the sink's SQLite file ({error})", "set COPYDESK_SQLITE_PATH") from error

    def close(self) -> None:
        """Close the file; what was written is durable already."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when it is on disk: one answer for each record, in order, None where it is stored.

        Raises UnavailableError while the file cannot be written (a full disk, a lock that lasts, a file that is damaged): nothing of the
        batch is stored then, and the same batch may come again. What a record did wrong is raised as it is.
        """
        return self._transaction(records, "COMMIT")

    def tidy(self) -> int:
        """Delete some articles whose time is over; how many, 0 where none is left. Raises UnavailableError like `write`."""
        oldest = oldest_kept(self._days_kept)
        if self._file is None or oldest is None:
            return 0
        try:
            return delete_older(self._file, oldest)
        except sqlite3.DatabaseError as error:
            raise UnavailableError(f"{self.path} cannot be written: {error}") from error

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails."""
        for rejected in self._transaction([Written(ENRICHED, KNOWN_GOOD)], "ROLLBACK"):
            if rejected is not None:
                raise RuntimeError(f"a record known to be good is refused: {rejected.reason}, {rejected.detail}")

    def _transaction(self, records: Sequence[Written], ending: str) -> list[Rejected | None]:
        if self._file is None:
            raise RuntimeError("the sink is not open")
        try:
            self._file.execute("BEGIN IMMEDIATE")
            outcomes = fold_batch(records, SqliteNodes(self._file))
            self._file.execute(ending)
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
                raise UnavailableError(f"{self.path} cannot be written: {error} ({getattr(error, 'sqlite_errorname', 'unknown')})") from error
            raise
        return outcomes

    def _roll_back(self) -> None:
        """End the transaction where SQLite has not done so itself, as it does when the disk is full."""
        if self._file is not None and self._file.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")


class SqliteNodes:
    """The nodes of a file, within a transaction that has it alone."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

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
        title, body = unspaced_only(record.get("title") or ""), unspaced_only(record["body"])
        if title or body:
            self._file.execute("INSERT INTO articles_characters (rowid, title, body) VALUES (?, ?, ?)", (key, title, body))
