"""Records as they arrive from inputs: numbered, stamped, and in batches of whatever is there, memory bounded."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from copydesk.shared.inputs import Item
from copydesk.shared.stage import Rejected

BATCH = 64
BATCH_BYTES = 4_000_000
ROOM_BYTES = 16_000_000  # read ahead of who takes the batches
COST_BYTES = 1_000  # counted for each record besides its value

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An input record: its name, its number from 0, its bytes, its time in milliseconds, and how many bytes of all inputs are read.

    With `refused` it could not be read (see `Item`).
    """

    name: str
    number: int
    value: bytes
    timestamp_ms: int
    consumed: int
    refused: Rejected | None = None


def stamped(items: Iterable[Item], clock: Clock = time.time, first: int = 0) -> Iterator[Arrival]:
    """Number the items from `first` on and stamp them, each a millisecond or more after the one before: the order of input is that in time."""
    stamp = 0
    for number, item in enumerate(items, first):
        stamp = max(stamp + 1, int(clock() * 1000))
        yield Arrival(item.name, number, item.value, stamp, item.consumed, item.refused)


def stamped_again(arrivals: Sequence[Arrival], after: int, clock: Clock = time.time) -> list[Arrival]:
    """The same as of now, each a millisecond or more after the one before, the first after `after`."""
    found = []
    for arrival in arrivals:
        after = max(after + 1, arrival.timestamp_ms, int(clock() * 1000))
        found.append(replace(arrival, timestamp_ms=after))
    return found


async def batches(items: Iterable[Item], clock: Clock = time.time, first: int = 0) -> AsyncGenerator[list[Arrival], None]:
    """Read in a thread and yield what has arrived, at least one record at a time, numbered from `first` on. What the input raises is raised here.

    The thread does not keep the process alive: standard input may never end.
    """
    reader = _Reader(asyncio.get_running_loop())
    threading.Thread(target=reader.read, args=(stamped(items, clock, first),), daemon=True, name="input").start()
    try:
        while batch := await reader.batch():
            yield batch
    finally:
        reader.close()


class _Reader:
    """Between the reading thread and the event loop: a queue with room for some bytes."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[Arrival | Exception | None] = asyncio.Queue()
        self._used = 0
        self._room = threading.Condition()
        self._end: Exception | None = None
        self._ended = self._closed = False

    def read(self, arrivals: Iterable[Arrival]) -> None:
        """The thread's work; it ends quietly when the loop is closed, since nobody waits any more."""
        with contextlib.suppress(RuntimeError):
            try:
                for arrival in arrivals:
                    if not self._take_room(_cost(arrival)):
                        return
                    self._put(arrival)
            except Exception as error:
                self._put(error)
            else:
                self._put(None)

    def _put(self, entry: Arrival | Exception | None) -> None:
        self._loop.call_soon_threadsafe(self._queue.put_nowait, entry)

    def _take_room(self, size: int) -> bool:
        """Wait for room; False when nobody takes batches any more."""
        with self._room:
            self._room.wait_for(lambda: self._closed or self._used == 0 or self._used + size <= ROOM_BYTES)
            self._used += size
            return not self._closed

    def close(self) -> None:
        """End the thread, unless it waits for its input."""
        with self._room:
            self._closed = True
            self._room.notify()

    def _give_room(self, size: int) -> None:
        with self._room:
            self._used -= size
            self._room.notify()

    async def batch(self) -> list[Arrival]:
        """What is there, waiting for the first; empty at the end. An error comes after all that was read before it."""
        found: list[Arrival] = []
        size = 0
        while not self._ended and len(found) < BATCH and size < BATCH_BYTES and not (found and self._queue.empty()):
            entry = await self._queue.get()
            if isinstance(entry, Arrival):
                found.append(entry)
                size += _cost(entry)
            else:
                self._ended, self._end = True, entry
        self._give_room(size)
        if self._end is not None and not found:
            raise self._end
        return found


def _cost(arrival: Arrival) -> int:
    return len(arrival.value) + COST_BYTES
