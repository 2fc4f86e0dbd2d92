"""`copydesk query`: one SELECT on an archive, read-only, with what comes back as rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from copydesk.services.console import exits
from copydesk.shared.errors import CopydeskError

HINT = "docs/archive.md lists the tables, docs/questions.md has questions to begin with"
DENIED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
OF_SEARCH = {"data_version"}  # full-text search asks for it itself
STEPS = 100_000  # of SQLite's machine, between which Ctrl-C is heard


@dataclass(frozen=True)
class QueryRows:
    """The names of the columns, and the rows as they come."""

    names: list[str]
    rows: Iterator[tuple[Any, ...]]


def ask_sqlite(path: Path, query: str) -> Iterator[QueryRows]:
    """Raises CopydeskError for a file that is not there, and for a query that is none or would change something."""
    if not path.is_file():
        raise CopydeskError(f"{path}: there is no such file", "run the sink first, or set COPYDESK_SQLITE_PATH")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(_allowed)
        connection.set_progress_handler(lambda: None, STEPS)  # Python handles signals where it runs
        connection.text_factory = lambda value: value.decode("utf-8", "replace")
        try:
            cursor = connection.execute(query)
        except (sqlite3.Error, sqlite3.Warning) as error:
            _end_where_interrupted(error)
            raise CopydeskError(f"SQLite does not answer that: {error}", HINT) from error
        yield QueryRows(_names(cursor.description), _reading(cursor, sqlite3.Error))


def ask_postgres(url: str, query: str) -> Iterator[QueryRows]:
    """Raises UnavailableError where no server answers, CopydeskError for what it does not answer."""
    from copydesk.shared.archive.postgres.connecting import connect, driver

    failure = driver().Error
    with closing(connect(url, options="-c default_transaction_read_only=on")) as connection:
        connection.autocommit = False
        connection.read_only = True
        connection.execute("SELECT 1")  # from here on the transaction cannot be made one that writes
        cursor = connection.cursor()
        rows = cursor.stream(query, binary=True)  # the protocol for one statement, whatever stands in the text
        try:
            first = next(rows, None)
        except failure as error:
            raise CopydeskError(f"PostgreSQL does not answer that: {' '.join(str(error).split())}", HINT) from error
        yield QueryRows(_names(cursor.description), _reading(_from(first, rows), failure))


def ask_parquet(url: str, query: str) -> Iterator[QueryRows]:
    """Raises CopydeskError where DuckDB or the files are missing, and for what is no single SELECT."""
    import duckdb

    from copydesk.services.sink.parquet.reading import connect

    with closing(connect(url)) as connection:
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
                raise CopydeskError("that is no single SELECT", "the archive is only read here")
            cursor = connection.execute(statements[0])
        except duckdb.Error as error:
            raise CopydeskError(f"DuckDB does not answer that: {error}", HINT) from error
        yield QueryRows(_names(cursor.description), _reading(iter(cursor.fetchone, None), duckdb.Error))


def _allowed(action: int, what: str | None, *_: object) -> int:
    return sqlite3.SQLITE_DENY if action in DENIED or (action == sqlite3.SQLITE_PRAGMA and what not in OF_SEARCH) else sqlite3.SQLITE_OK


def _names(description: Any) -> list[str]:
    if description is None:
        raise CopydeskError("that is no SELECT", "the archive is only read here")
    return list(_told_apart(str(column[0]) for column in description))


def _told_apart(names: Iterable[str]) -> Iterator[str]:
    """a, b, a → a, b, a_2: in JSON the second would take the place of the first."""
    known: set[str] = set()
    for name in names:
        free = next(one for number in count(1) if (one := name if number == 1 else f"{name}_{number}") not in known)
        known.add(free)
        yield free


def _end_where_interrupted(error: Exception) -> None:
    """What Ctrl-C raises within SQLite is lost there; all that comes out is that the query was interrupted."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
        raise SystemExit(exits.INTERRUPTED) from error


def _from(first: tuple[Any, ...] | None, rest: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    if first is not None:
        yield first
        yield from rest


def _reading(rows: Iterator[tuple[Any, ...]], failure: type[Exception]) -> Iterator[tuple[Any, ...]]:
    try:
        yield from rows
    except failure as error:
        _end_where_interrupted(error)
        raise CopydeskError(f"the query failed on the way: {' '.join(str(error).split())}", HINT) from error
