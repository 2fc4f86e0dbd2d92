"""What a stage follows, for processes that each have to know it: the entries of every key, numbered in the order in which they came.

Of each key those are kept that came after the last one that a stage has taken over, and that one: whoever knows none of them, such as a
process that takes the place of another, gets to the last good one whatever came behind it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from copydesk.shared.workers.wire import pack

Unlearned = Callable[[str, str], None]


class LearnedEntries:
    """Entries to hand on. Safe for several threads; never waits for a process."""

    def __init__(self, unlearned: Unlearned) -> None:
        """`unlearned` is told the key of each entry that a stage could not take over, and why; from any thread, once."""
        self._entries: dict[bytes, dict[int, bytes]] = {}  # by key: frames by number
        self._unsure: dict[int, bytes] = {}  # numbers that no process has taken over or refused yet, and their keys
        self._lock = threading.Lock()
        self._unlearned = unlearned
        self.last = 0

    def add(self, key: str, value: bytes | None) -> None:
        name = key.encode("utf-8", "replace")
        with self._lock:
            self.last += 1
            self._entries.setdefault(name, {})[self.last] = pack([name, b"" if value is None else b"1", value or b"", b"%d" % self.last])
            self._unsure[self.last] = name

    def since(self, number: int) -> tuple[int, list[bytes]]:
        """The number of the last entry, and the frames of those after `number`."""
        with self._lock:
            known = number >= self.last
            later = [] if known else sorted(entry for entries in self._entries.values() for entry in entries.items() if entry[0] > number)
            return self.last, [frame for _, frame in later]

    def judged(self, number: int, refused: Mapping[int, tuple[str, str]]) -> None:
        """A process has looked at all entries up to this one and has refused some: their numbers, each with its key and why. Others will not
        take them over either, and what stood before one that was taken over is of no use any more."""
        told = []
        with self._lock:
            for one in [one for one in self._unsure if one <= number]:
                entries = self._entries[self._unsure.pop(one)]
                if one in refused:
                    del entries[one]
                    told.append(refused[one])
                else:
                    for before in [before for before in entries if before < one]:
                        del entries[before]
        for key, error in told:
            self._unlearned(key, error)
