"""What was published of which file, in a small SQLite database below home: a file that is as it was is not read again, and one that was
published in part is read on from there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from copydesk.services.producer.inbox import FileState
from copydesk.shared.records.base import timestamp
from copydesk.shared.runner.logs import logger
from copydesk.shared.small_database import naming_file, opened, opened_or_anew

FileOutcome = Literal["published", "broken", "partial"]

TABLE = """
CREATE TABLE IF NOT EXISTS files (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL,
    outcome TEXT NOT NULL, time TEXT NOT NULL, records INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""
RECORDS = "ALTER TABLE files ADD COLUMN records INTEGER NOT NULL DEFAULT 0"  # of databases that were made before it
KEEP = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)"
Number = Annotated[int, Field(ge=0, lt=2**63)]
STATES = TypeAdapter(dict[str, tuple[Number, Number]])  # size and time of change by name
KNOWN = "SELECT name, outcome, CAST(records AS INTEGER), size, changed, inode FROM files"


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a file came in the state in which it was read: how many of its records are dealt with."""

    state: FileState
    outcome: FileOutcome
    records: int = 0


class Memory:
    """Files by name, each with the state in which it was published, or was found broken and set aside.

    What was kept last before the power fails may be lost, which publishes those records again; kill -9 loses nothing.
    """

    def __init__(self, path: Path, anew: bool = False) -> None:
        """Open or create it; a `published.json` of an earlier version beside it is taken over. With `anew` it begins empty. Raises CopydeskError."""
        self.path = path
        with self._named():
            opened_or_anew(path, lambda: self._open(anew), _tell_damaged)

    def _open(self, anew: bool) -> None:
        self._file = opened(self.path, TABLE)
        try:
            self._fill(anew)
        except sqlite3.Error:
            self._file.close()
            raise

    def _fill(self, anew: bool) -> None:
        if not any(row[1] == "records" for row in self._file.execute("PRAGMA table_info(files)")):
            self._file.execute(RECORDS)
        if anew:
            self._file.execute("DELETE FROM files")
        self._take_over(self.path.with_name("published.json"))
        self._known = {name: Kept(FileState(*state), outcome, records) for name, outcome, records, *state in self._file.execute(KNOWN)}

    def knows(self, name: str, state: FileState) -> bool:
        """Whether the file has been dealt with as it is."""
        kept = self._as_it_is(name, state)
        return kept is not None and kept.outcome != "partial"

    def records(self, name: str, state: FileState) -> int:
        """How many records of the file, as it is, are dealt with: 0 of one that is not known."""
        kept = self._as_it_is(name, state)
        return kept.records if kept is not None else 0

    def keep(self, files: Mapping[str, Kept]) -> None:
        """Remember how far files came. Raises CopydeskError."""
        with self._named():
            self._file.execute("BEGIN")
            self._file.executemany(KEEP, [_row(name, kept) for name, kept in files.items()])
            self._file.execute("COMMIT")
        self._known.update(files)

    def _as_it_is(self, name: str, state: FileState) -> Kept | None:
        kept = self._known.get(name)
        return kept if kept is not None and kept.state in (state, FileState(state.size, state.changed, 0)) else None

    def close(self) -> None:
        self._file.close()

    def _take_over(self, before: Path) -> None:
        if not before.exists():
            return
        try:
            states = STATES.validate_json(before.read_bytes())
        except ValidationError:  # cut off by a crash: all is published once more, which changes nothing downstream
            states = {}
        self._file.execute("BEGIN")
        self._file.executemany(KEEP, [_row(name, Kept(FileState(state[0], state[1], 0), "published")) for name, state in states.items()])
        self._file.execute("COMMIT")
        before.unlink()

    def _named(self) -> AbstractContextManager[None]:
        return naming_file(self.path, "the producer's memory")


def _tell_damaged(aside: Path, error: sqlite3.Error) -> None:
    """All is published once more, which changes nothing downstream."""
    logger().error("what was published is not known any more: its file is damaged, and set aside", file=str(aside), error=str(error))


def _row(name: str, kept: Kept) -> tuple[str, int, int, int, str, str, int]:
    return name, kept.state.size, kept.state.changed, kept.state.inode, kept.outcome, timestamp(datetime.now(UTC)), kept.records
