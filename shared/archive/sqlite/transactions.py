"""Transactions on a SQLite file that several processes write to, and what its errors mean to a service."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from copydesk.shared.errors import UnavailableError

PASSING = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


@contextlib.contextmanager
def transaction(file: sqlite3.Connection, ending: Literal["COMMIT", "ROLLBACK"] = "COMMIT") -> Iterator[None]:
    """Have the file alone until the end; whatever is raised within takes back what was written."""
    file.execute("BEGIN IMMEDIATE")
    try:
        yield
        file.execute(ending)
    except BaseException:
        if file.in_transaction:  # SQLite may have ended it itself, as it does when the disk is full
            with contextlib.suppress(sqlite3.Error):
                file.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def unavailable(path: Path) -> Iterator[None]:
    """Raise UnavailableError for what is the file's state and may pass: a full disk, a lock that lasts, a file that is damaged until it is mended."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError) and type(error) is not sqlite3.DatabaseError:
            raise  # what a record did wrong
        raise UnavailableError(f"{path} cannot be written: {error} ({getattr(error, 'sqlite_errorname', 'unknown')})") from error


def may_pass(error: Exception) -> bool:
    """Whether a file that cannot be opened may be opened later, as it is."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in PASSING
