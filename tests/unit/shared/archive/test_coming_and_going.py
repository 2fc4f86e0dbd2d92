"""Two readers of one archive: it comes late, is replaced, is restarted, changes its form, hangs; they say so, and go on by themselves."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from copydesk.shared.archive.asking import ArchiveReader, ArticleSearch
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.reader import PostgresReader
from copydesk.shared.archive.sqlite.reader import SqliteReader
from copydesk.shared.archive.sqlite.schema import FORMS
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import UnavailableError
from tests.archives import PATIENCE_S, ArchivePair, postgres_pair
from tests.postgres import LocalPostgres, running_postgres
from tests.samples import enriched


@pytest.fixture
def both(tmp_path: Path) -> Iterator[list[SqliteReader]]:
    readers = [SqliteReader(tmp_path / "archive", PATIENCE_S) for _ in range(2)]
    yield readers
    for reader in readers:
        reader.close()


@pytest.fixture(scope="module")
def server() -> Iterator[LocalPostgres]:
    """Of these tests alone, which stop it."""
    with running_postgres() as one:
        yield one


@pytest.fixture
def both_postgres(server: LocalPostgres) -> Iterator[list[PostgresReader]]:
    with connect(server.url("postgres")) as connection:
        connection.execute("DROP DATABASE IF EXISTS shared WITH (FORCE)")
    url = server.database("shared")
    readers = [PostgresReader(url, PATIENCE_S) for _ in range(2)]
    yield readers
    for reader in readers:
        reader.close()


def found(reader: ArchiveReader) -> list[str]:
    return [record["article_id"] for record in reader.articles(ArticleSearch())["articles"]]


def stored(path: Path, *names: str) -> None:
    sink = SqliteSink(path)
    sink.open()
    ArchivePair(sink, SqliteReader(path, PATIENCE_S)).store(*map(enriched, names))
    sink.close()


def refuse(readers: list[SqliteReader] | list[PostgresReader], why: str) -> None:
    for reader in readers:
        with pytest.raises(UnavailableError, match=why) as told:
            found(reader)
        assert told.value.remedy


def test_a_file_that_comes_late_and_is_replaced(both: list[SqliteReader], tmp_path: Path) -> None:
    refuse(both, "no archive yet")
    stored(tmp_path / "archive", "a")
    assert [found(reader) for reader in both] == [["a"], ["a"]]
    for companion in ("", "-wal", "-shm"):
        if (tmp_path / f"archive{companion}").exists():
            (tmp_path / f"archive{companion}").rename(tmp_path / f"old{companion}")
    refuse(both, "no archive yet")
    (tmp_path / "archive").touch()
    refuse(both, "has form 0")
    stored(tmp_path / "other", "b")
    (tmp_path / "other").replace(tmp_path / "archive")
    assert [found(reader) for reader in both] == [["b"], ["b"]]


def test_a_file_whose_form_changes_while_it_is_read(both: list[SqliteReader], tmp_path: Path) -> None:
    stored(tmp_path / "archive", "a")
    for form in (FORMS.latest - 1, FORMS.latest + 1):
        assert [found(reader) for reader in both] == [["a"], ["a"]]
        with closing(sqlite3.connect(tmp_path / "archive")) as file:
            file.execute(f"PRAGMA user_version = {form}")
        refuse(both, f"has form {form}")
        with closing(sqlite3.connect(tmp_path / "archive")) as file:
            file.execute(f"PRAGMA user_version = {FORMS.latest}")
    assert [found(reader) for reader in both] == [["a"], ["a"]]


def test_a_damaged_file_is_told_and_its_replacement_is_read(both: list[SqliteReader], tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"no database" * 1_000)
    refuse(both, "cannot be")
    stored(tmp_path / "other", "b")
    (tmp_path / "other").replace(tmp_path / "archive")
    assert [found(reader) for reader in both] == [["b"], ["b"]]


def test_a_database_that_comes_late_is_restarted_and_is_replaced(both_postgres: list[PostgresReader], server: LocalPostgres) -> None:
    refuse(both_postgres, "has form 0")
    pair = postgres_pair(server.url("shared"))
    pair.writer.open()
    pair.store(enriched("a"))
    pair.writer.close()
    pair.reader.close()
    assert [found(reader) for reader in both_postgres] == [["a"], ["a"]]
    server.stop("fast")
    refuse(both_postgres, "PostgreSQL|cannot be read")
    server.start()
    assert [found(reader) for reader in both_postgres] == [["a"], ["a"]]
    server.stop("immediate")
    server.start()
    assert [found(reader) for reader in both_postgres] == [["a"], ["a"]], "nobody asked meanwhile: no answer is lost to a connection that is dead"
    with connect(server.url("postgres")) as connection:
        connection.execute("DROP DATABASE shared WITH (FORCE)")
    refuse(both_postgres, "does not exist")


def test_a_database_whose_form_changes_while_it_is_read(both_postgres: list[PostgresReader], server: LocalPostgres) -> None:
    pair = postgres_pair(server.url("shared"))
    pair.writer.open()
    pair.store(enriched("a"))
    pair.writer.close()
    pair.reader.close()
    with connect(server.url("shared")) as connection:
        assert [found(reader) for reader in both_postgres] == [["a"], ["a"]]
        for change, wanted in (("number - 1", False), ("number + 1", True), ("number + 1", False), ("number - 1", True)):
            connection.execute(f"UPDATE form SET number = {change}")
            if wanted:
                assert [found(reader) for reader in both_postgres] == [["a"], ["a"]]
            else:
                refuse(both_postgres, "this program reads")


@pytest.mark.faults
def test_a_server_that_hangs_holds_nobody_for_ever(server: LocalPostgres) -> None:
    url = server.database("hanging")
    postgres_pair(url).reader.close()
    reader = PostgresReader(url, longest_s=15)
    assert found(reader) == []
    worker = int(reader.questions.connection().info.backend_pid)
    os.kill(worker, signal.SIGSTOP)
    try:
        assert found(reader) == [], "another connection is tried"
    finally:
        os.kill(worker, signal.SIGCONT)
    reader.close()
