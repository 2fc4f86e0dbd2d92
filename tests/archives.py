"""Every database that an archive may be: how one is made for a test, written to as the sinks do, and read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import orjson

from copydesk.shared.archive.asking import ArchiveReader
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.reader import PostgresReader
from copydesk.shared.archive.postgres.writer import PostgresSink
from copydesk.shared.archive.sqlite.reader import SqliteReader
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.samples import Record

PATIENCE_S = 120.0  # for a question, on a machine that has much else to do


class ArchiveWriter(Protocol):
    def open(self) -> None: ...
    def write(self, records: Sequence[Written]) -> Sequence[Rejected | None]: ...
    def close(self) -> None: ...


class ArchivePair(NamedTuple):
    """The two sides of one database."""

    writer: ArchiveWriter
    reader: ArchiveReader

    def store(self, *found: Record | PairFact | Written) -> None:
        """Records and corrections, in that order, in one batch."""
        refused = self.writer.write([_written(one) for one in found])
        assert not any(refused), refused


def _written(one: Record | PairFact | Written) -> Written:
    if isinstance(one, Written):
        return one
    if isinstance(one, PairFact):
        return Written(CORRECTIONS, one.model_dump_json(exclude_none=True).encode())
    return Written(ENRICHED, orjson.dumps(one), 1_716_022_800_000)


def sqlite_pair(folder: Path) -> ArchivePair:
    path = folder / "archive.sqlite"
    return ArchivePair(SqliteSink(path), SqliteReader(path, PATIENCE_S))


def postgres_pair(url: str) -> ArchivePair:
    """Whatever is there is deleted."""
    writer = PostgresSink(url)
    writer.open()
    writer.close()
    with connect(url) as connection:
        connection.execute("TRUNCATE articles, facts, retractions, article_stories CASCADE")
    return ArchivePair(writer, PostgresReader(url, PATIENCE_S))


def another_writer(pair: ArchivePair) -> ArchiveWriter:
    """Into the same archive; not open yet."""
    writer = pair.writer
    assert isinstance(writer, SqliteSink | PostgresSink)
    return SqliteSink(writer.path) if isinstance(writer, SqliteSink) else PostgresSink(writer.url)
