"""What a stage follows, for processes that each have to know it: the entries of every key, numbered in the order in which they came.

Of each key the last two are kept: should the last be no good, a process that knew neither has the one before it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import orjson

from copydesk.shared.workers.wire import pack

Unlearned = Callable[[str, str], None]


class LearnedEntries:
    """Entries to hand on. Safe for several threads; never waits for a process."""

    def __init__(self, unlearned: Unlearned) -> None:
        """`unlearned` is told the key of each entry that a stage could not take over, and why; from any thread, once."""
        self._entries: dict[bytes, list[tuple[int, bytes]]] = {}
        self._told: dict[str, str] = {}
        self._lock = threading.Lock()
        self._unlearned = unlearned
        self.last = 0

    def add(self, key: str, value: bytes | None) -> None:
        name = key.encode("utf-8", "replace")
        with self._lock:
            self.last += 1
            entry = self.last, pack([name, b"" if value is None else b"1", value or b""])
            self._entries[name] = [*self._entries.get(name, [])[-1:], entry]
            self._told.pop(key, None)

    def since(self, number: int) -> tuple[int, list[bytes]]:
        """The number of the last entry, and the frames of those after `number`."""
        with self._lock:
            known = number >= self.last
            later = [] if known else sorted(entry for entries in self._entries.values() for entry in entries if entry[0] > number)
            return self.last, [frame for _, frame in later]

    def refused(self, body: bytes) -> None:
        """A process could not take over an entry; the others will not either."""
        told = orjson.loads(body)
        with self._lock:
            new = self._told.get(told["key"]) != told["error"]
            self._told[told["key"]] = told["error"]
        if new:
            self._unlearned(told["key"], told["error"])
