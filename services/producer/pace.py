"""When the next batch may go: so many records a second, and no more than the consumers keep up with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from copydesk.shared.arrivals import Arrival, Clock, stamped_again

TURNS = 10  # a second, in which records go at a rate
LOOK_S = 1.0  # between two looks at the lag, while it is too long
Lags = Callable[[], Awaitable[Mapping[str, int]]]
T = TypeVar("T")


async def at_rate(batches: AsyncIterable[Sequence[T]], per_second: float) -> AsyncIterator[Sequence[T]]:
    """At most so many records a second."""
    due = time.monotonic()
    size = max(1, int(per_second / TURNS))
    async for batch in batches:
        for start in range(0, len(batch), size):
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            part = batch[start : start + size]
            due = max(due, time.monotonic() - 1 / TURNS) + len(part) / per_second
            yield part


async def stamped_as_they_go(batches: AsyncIterable[Sequence[Arrival]], clock: Clock = time.time) -> AsyncIterator[Sequence[Arrival]]:
    """A record that was held back comes in when it goes, not when it was read."""
    stamp = 0
    async for batch in batches:
        part = stamped_again(batch, stamp, clock)
        stamp = part[-1].timestamp_ms
        yield part


async def behind_consumers(
    batches: AsyncIterable[Sequence[T]], most: int, lags: Lags, waits: Callable[[str, int], None]
) -> AsyncIterator[Sequence[T]]:  # fmt: skip
    """Hold back while a service has more than `most` records to process; it is looked at again after half as many were sent.

    `waits` is told which service is waited for, and how far it is behind, at every look.
    """
    room = 0
    async for batch in batches:
        if room <= 0:
            room = await _room(most, lags, waits)
        room -= len(batch)
        yield batch


async def _room(most: int, lags: Lags, waits: Callable[[str, int], None]) -> int:
    while True:
        found = await lags()
        service, lag = max(found.items(), key=lambda one: one[1], default=("", 0))
        if lag <= most:
            return max(1, most // 2)
        waits(service, lag)
        await asyncio.sleep(LOOK_S)
