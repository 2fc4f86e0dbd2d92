"""How far replays came, in a small SQLite database below home: one that was cut off goes on behind what the brokers confirmed."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

import orjson

from copydesk.services.console.replaying.stretch import LogRequest, Offsets, Stretch
from copydesk.shared.small_database import naming_file, opened, opened_or_anew
from copydesk.shared.topics import Partition

TABLE = "CREATE TABLE IF NOT EXISTS replays (asked TEXT PRIMARY KEY, stretch TEXT NOT NULL, reached TEXT NOT NULL) WITHOUT ROWID"


class ReplayMemory:
    """What is kept last before the power fails may be lost, which sends those records again; kill -9 loses nothing."""

    def __init__(self, path: Path) -> None:
        """Open or create it; one that is damaged is set aside, and `damaged` says where. Raises CopydeskError."""
        self.path = path
        self.damaged: Path | None = None
        with self._named():
            self._file = opened_or_anew(path, self._open, self._set_aside)

    def _open(self) -> sqlite3.Connection:
        file = opened(self.path, TABLE)
        try:
            file.execute("SELECT asked, stretch, reached FROM replays").fetchall()
        except sqlite3.Error:
            file.close()
            raise
        return file

    def _set_aside(self, aside: Path, _: sqlite3.Error) -> None:
        self.damaged = aside

    def begin(self, asked: LogRequest, stretch: Stretch) -> None:
        """Remember a replay of which nothing is done; one of the same words before is forgotten. Raises CopydeskError."""
        whole = {"since_ms": stretch.since_ms, "starts": _listed(stretch.starts), "ends": _listed(stretch.ends)}
        with self._named():
            self._file.execute(
                "INSERT OR REPLACE INTO replays VALUES (?, ?, ?)", (asked.name, orjson.dumps(whole), orjson.dumps(whole["starts"]))
            )  # fmt: skip

    def begun(self, asked: LogRequest) -> tuple[Stretch, Offsets] | None:
        """The stretch of a replay that was begun, and up to where it is done. Raises CopydeskError."""
        with self._named():
            row = self._file.execute("SELECT stretch, reached FROM replays WHERE asked = ?", (asked.name,)).fetchone()
        try:
            whole, reached = orjson.loads(row[0]), orjson.loads(row[1])
            return Stretch(whole["since_ms"], _offsets(whole["starts"]), _offsets(whole["ends"])), _offsets(reached)
        except (ValueError, TypeError, KeyError):  # there is no row, or none that this wrote
            return None

    def reach(self, asked: LogRequest, reached: Offsets) -> None:
        """All before these offsets is done. Raises CopydeskError."""
        with self._named():
            self._file.execute("UPDATE replays SET reached = ? WHERE asked = ?", (orjson.dumps(_listed(reached)), asked.name))

    def close(self) -> None:
        self._file.close()

    def _named(self) -> AbstractContextManager[None]:
        return naming_file(self.path, "the memory of replays")


def _listed(offsets: Offsets) -> list[tuple[str, int, int]]:
    return [(*partition, offset) for partition, offset in sorted(offsets.items())]


def _offsets(listed: list[tuple[str, int, int]]) -> dict[Partition, int]:
    return {(topic, number): offset for topic, number, offset in listed}
