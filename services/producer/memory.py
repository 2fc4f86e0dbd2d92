"""What the producer did with which file, in a small SQLite database below home: a file that is as it was is not read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import orjson

from copydesk.services.producer.inbox import FileState
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp

FileOutcome = Literal["published", "broken"]

TABLE = """
CREATE TABLE IF NOT EXISTS files (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL,
    outcome TEXT NOT NULL, time TEXT NOT NULL
) WITHOUT ROWID
"""
KEEP = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)"


class Memory:
    """Files by name, each with the state in which it was published, or was found broken and set aside."""

    def __init__(self, path: Path) -> None:
        """Open or create it; a `published.json` of an earlier version beside it is taken over. Raises CopydeskError."""
        self.path = path
        with self._named():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, isolation_level=None)
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute(TABLE)
            self._take_over(path.with_name("published.json"))
            self._known = {name: FileState(*state) for name, *state in self._file.execute("SELECT name, size, changed, inode FROM files")}

    def knows(self, name: str, state: FileState) -> bool:
        """Whether the file has been dealt with as it is."""
        known = self._known.get(name)
        return known is not None and (known == state or known == FileState(state.size, state.changed, 0))

    def keep(self, name: str, state: FileState, outcome: FileOutcome) -> None:
        """Remember a file, durably. Raises CopydeskError."""
        with self._named():
            self._file.execute(KEEP, _row(name, state, outcome))
        self._known[name] = state

    def close(self) -> None:
        self._file.close()

    def _take_over(self, before: Path) -> None:
        if not before.exists():
            return
        try:
            states: dict[str, list[int]] = orjson.loads(before.read_bytes())
        except orjson.JSONDecodeError:  # cut off by a crash: all is published once more, which changes nothing downstream
            states = {}
        self._file.execute("BEGIN")
        self._file.executemany(KEEP, [_row(name, FileState(state[0], state[1], 0), "published") for name, state in states.items()])
        self._file.execute("COMMIT")
        before.unlink()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise CopydeskError(f"{self.path}: the producer's memory cannot be used ({error})", "make room, or set COPYDESK_HOME") from error


def _row(name: str, state: FileState, outcome: FileOutcome) -> tuple[str, int, int, int, str, str]:
    return name, state.size, state.changed, state.inode, outcome, timestamp(datetime.now(UTC))
