"""A small SQLite database below home, in which a program of one process remembers how far it came."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.shared.errors import CopydeskError


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


@contextmanager
def naming_file(path: Path, what: str) -> Iterator[None]:
    """Work on it: an error of the file becomes a CopydeskError that names the file and, as `the memory of replays`, what it is."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise CopydeskError(f"{path}: {what} cannot be used ({error})", "make room, or set COPYDESK_HOME") from error
