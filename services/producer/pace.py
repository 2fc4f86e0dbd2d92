"""When the next batch may go: so many records a second, and no more than the consumers keep up with."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

from copydesk.services.producer.files import Batches, Pace
from copydesk.shared.arrivals import Clock, stamped_again

TURNS = 10  # a second, in which records go at a rate
LOOK_S = 1.0  # between two looks at the lag, while it is too long
Lags = Callable[[], Awaitable[Mapping[str, int]]]


def at_rate(per_second: float, clock: Clock = time.time) -> Pace:
    """At most so many records a second. A record that was held back comes in when it goes, not when it was read."""

    async def paced(batches: Batches) -> Batches:
        due, stamp = time.monotonic(), 0
        size = max(1, int(per_second / TURNS))
        async for batch in batches:
            for start in range(0, len(batch), size):
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                part = stamped_again(batch[start : start + size], stamp, clock)
                stamp = part[-1].timestamp_ms
                due = max(due, time.monotonic() - 1 / TURNS) + len(part) / per_second
                yield part

    return paced


def behind_consumers(most: int, lags: Lags, waits: Callable[[str, int], None]) -> Pace:
    """Hold back while a service has more than `most` records to process; it is looked at again after half as many were sent.

    `waits` is told which service is waited for, and how far it is behind, at every look.
    """

    async def paced(batches: Batches) -> Batches:
        room = 0
        async for batch in batches:
            if room <= 0:
                room = await _room(most, lags, waits)
            room -= len(batch)
            yield batch

    return paced


async def _room(most: int, lags: Lags, waits: Callable[[str, int], None]) -> int:
    while True:
        found = await lags()
        service, lag = max(found.items(), key=lambda one: one[1], default=("", 0))
        if lag <= most:
            return max(1, most // 2)
        waits(service, lag)
        await asyncio.sleep(LOOK_S)
