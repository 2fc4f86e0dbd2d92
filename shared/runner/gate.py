"""Backpressure: how much may be read ahead of the stage, in records and in bytes.

Faust's own buffer never blocks: it pauses partitions when it is four fifths full, and once all are paused its fetch loop
sleeps a whole second (measured: 300 records/s where the stage did 5,700). It bounds records, not bytes. So the fetch loop
is held back (see transport.py) before a message gets into Faust's buffer, and that buffer is made too large to matter.
"""

from __future__ import annotations

import asyncio
from typing import Any


class Gate:
    """Lets messages pass while fewer than `records` records and `nbytes` bytes are in flight; one always may."""

    def __init__(self, records: int, nbytes: int, gauge: Any) -> None:
        self.records, self.nbytes, self._gauge = records, nbytes, gauge
        self._count = self._size = 0
        self._room = asyncio.Event()
        self._room.set()

    async def room(self) -> None:
        """Wait until another message may pass."""
        await self._room.wait()

    def enter(self, nbytes: int) -> None:
        """A message of so many bytes goes into Faust's buffer."""
        self._move(1, nbytes)

    @property
    def held(self) -> int:
        """Records that were read and are not acknowledged."""
        return self._count

    def leave(self, records: int, nbytes: int) -> None:
        """Records were acknowledged."""
        self._move(-records, -nbytes)

    @property
    def empty(self) -> bool:
        """Whether nothing is in flight."""
        return self._count == 0

    @property
    def full(self) -> bool:
        """Whether nothing more is read until something is acknowledged."""
        return not self._room.is_set()

    def reset(self) -> None:
        """A rebalance has emptied the buffer."""
        self._move(-self._count, -self._size)

    def _move(self, records: int, nbytes: int) -> None:
        self._count, self._size = max(0, self._count + records), max(0, self._size + nbytes)
        self._gauge.set(self._count)
        if self._count < self.records and self._size < self.nbytes:
            self._room.set()
        else:
            self._room.clear()
