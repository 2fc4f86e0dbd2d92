"""A small SQLite database below home, in which a program of one process remembers how far it came."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from copydesk.shared.errors import CopydeskError

T = TypeVar("T")
DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}  # or of other columns; the rest is the disk's


def opened(path: Path, table: str) -> sqlite3.Connection:
    """The database, with the table that this statement creates unless it is there. kill -9 loses nothing of it; a power failure may lose what was
    written last. Raises OSError and sqlite3.Error (see `naming_file`)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, isolation_level=None)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.execute(table)
    except sqlite3.Error:
        file.close()
        raise
    return file


def opened_or_anew(path: Path, work: Callable[[], T], damaged: Callable[[Path, sqlite3.Error], object]) -> T:
    """What `work`, which opens the database, gives.

    A file that is damaged, or none of ours, is set aside, `damaged` is told where and why, and the work is done anew.
    """
    try:
        return work()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) not in DAMAGED:
            raise
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        aside = path.replace(path.with_name(f"{path.name}.damaged"))
        damaged(aside, error)
    return work()


@contextmanager
def naming_file(path: Path, what: str) -> Iterator[None]:
    """Work on it: an error of the file becomes a CopydeskError that names the file and, as `the memory of replays`, what it is."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise CopydeskError(f"{path}: {what} cannot be used ({error})", "make room, or set COPYDESK_HOME") from error
