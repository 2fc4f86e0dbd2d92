"""Connections to a file that only read, one for each thread, in which one question after another is asked; each sees the file at one moment."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.shared.archive.sqlite.schema import FORMS
from copydesk.shared.errors import UnavailableError

STEPS = 20_000  # of SQLite's machine between two looks at the time
SETTINGS = ("query_only = ON", "cache_size = -32000", "mmap_size = 1073741824")


class SqliteQuestions:
    """The file may come later than this, be replaced by another one, or be brought to another form."""

    def __init__(self, path: Path, longest_s: float) -> None:
        self.path, self._longest_s = path, longest_s
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []

    def close(self) -> None:
        for connection in self._all:
            connection.close()

    @contextmanager
    def asked(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question, which ends in time. Raises UnavailableError."""
        connection = self.connection()
        deadline = time.monotonic() + self._longest_s
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            connection.execute("BEGIN")
            self._check(connection)
            yield connection
        except sqlite3.Error as error:
            self._forget(connection)
            if "interrupted" in str(error):
                raise UnavailableError(f"the archive took longer than {self._longest_s:g} s", "ask for less: a source, a day, rarer words") from error
            raise UnavailableError(f"the archive cannot be read ({error})", "see whether the sink runs, and try again") from error
        finally:
            if connection in self._all:
                connection.rollback()

    def connection(self) -> sqlite3.Connection:
        """This thread's own."""
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        stamp = self._stamp()
        if known is not None and stamp == self._own.stamp:
            return known
        if known is not None:
            self._forget(known)
        try:
            made = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False, timeout=self._longest_s, isolation_level=None)
            for setting in SETTINGS:
                made.execute(f"PRAGMA {setting}")
        except sqlite3.Error as error:
            raise UnavailableError(f"the archive cannot be opened ({error})", "see whether the sink runs, and try again") from error
        self._own.connection, self._own.stamp = made, stamp
        self._all.append(made)
        return made

    def _check(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != FORMS.latest:
            raise UnavailableError(f"the archive has form {version}, this program reads {FORMS.latest}", "run the sink of this version")

    def _stamp(self) -> tuple[int, int]:
        """What tells a file from another at its place. Raises UnavailableError where there is none yet."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise UnavailableError("there is no archive yet", "start the sink: it makes the file with the first article") from error
        return stat.st_dev, stat.st_ino

    def _forget(self, connection: sqlite3.Connection) -> None:
        self._own.connection = None
        if connection in self._all:
            self._all.remove(connection)
        connection.close()
