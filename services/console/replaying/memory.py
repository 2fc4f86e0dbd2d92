"""How far replays came, in a small SQLite database below home: one that was cut off goes on behind what the brokers confirmed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import orjson

from copydesk.services.console.replaying.stretch import LogRequest, Offsets, Stretch
from copydesk.shared.small_database import naming_file, opened
from copydesk.shared.topics import Partition

TABLE = "CREATE TABLE IF NOT EXISTS replays (asked TEXT PRIMARY KEY, stretch TEXT NOT NULL, reached TEXT NOT NULL) WITHOUT ROWID"


class ReplayMemory:
    """What is kept last before the power fails may be lost, which sends those records again; kill -9 loses nothing."""

    def __init__(self, path: Path) -> None:
        """Open or create it. Raises CopydeskError."""
        self.path = path
        with self._named():
            self._file = opened(path, TABLE)

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
        if row is None:
            return None
        whole = orjson.loads(row[0])
        return Stretch(whole["since_ms"], _offsets(whole["starts"]), _offsets(whole["ends"])), _offsets(orjson.loads(row[1]))

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
