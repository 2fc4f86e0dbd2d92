"""What a stage follows, for processes that each have to know it: the latest entry of every key, numbered in the order in which they came."""

from __future__ import annotations

import threading
from collections.abc import Callable

import orjson

from copydesk.shared.workers.wire import pack

Unlearned = Callable[[str, str], None]


class Facts:
    """Entries to hand on. Safe for several threads; never waits for a process."""

    def __init__(self, unlearned: Unlearned) -> None:
        """`unlearned` is told the key of each entry that a stage could not take over, and why; from any thread, once for each process."""
        self._entries: dict[bytes, tuple[int, bytes]] = {}
        self._lock = threading.Lock()
        self._unlearned = unlearned
        self.last = 0

    def add(self, key: str, value: bytes | None) -> None:
        name = key.encode("utf-8", "replace")
        with self._lock:
            self.last += 1
            self._entries[name] = (self.last, pack([name, b"" if value is None else b"1", value or b""]))

    def since(self, number: int) -> tuple[int, list[bytes]]:
        """The number of the last entry, and the frames of those after `number`."""
        with self._lock:
            later = sorted(entry for entry in self._entries.values() if entry[0] > number) if number < self.last else []
            return self.last, [frame for _, frame in later]

    def refused(self, body: bytes) -> None:
        """A process could not take over an entry."""
        told = orjson.loads(body)
        self._unlearned(told["key"], told["error"])
