"""The clients that have had all there is. What comes is written to them at once, in one go, without waking the task of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from copydesk.services.gateway.streams.buffer import Buffer, Portion
from copydesk.shared.subscribing.filters import Filter

LEAST_PAUSE_S = 0.01
PAUSE_A_TASK_S = 50e-6  # so much longer between two deliveries for every task that was woken: it writes only afterwards
Write = Callable[[bytes], bool]  # writes what comes next; False where the client has not yet taken what came before


@dataclass(eq=False, slots=True)
class ClientPlace:
    """Where a client is: it waits for the event `number` of the buffer, at `position`, from which it can go on also when that is not there any more.
    `heard` is when it was told something, by the monotonic clock.

    Without `write` its task is woken and does it; without `follows` too, whenever anything comes: it looks at all events by itself.
    """

    number: int
    position: str
    heard: float
    follows: Filter | None = None
    write: Write | None = None
    woken: asyncio.Future[None] | None = None

    def go_on(self, portion: Portion) -> None:
        """It has had this."""
        self.number, self.position = portion.after, portion.position


class Audience:
    """Those who wait for what comes next."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._waiting: dict[Filter | None, set[ClientPlace]] = {}
        self._delivery: asyncio.TimerHandle | None = None
        self._pause_s = LEAST_PAUSE_S
        self._delivered = 0  # bytes, all in all

    async def wait(self, place: ClientPlace) -> None:
        """Return once its task has something to do: `place.number` is further on then, if something was written meanwhile."""
        place.woken = asyncio.get_running_loop().create_future()
        same = self._waiting.setdefault(place.follows, set())
        same.add(place)
        try:
            await place.woken
        finally:
            same.discard(place)
            if not same:
                self._waiting.pop(place.follows, None)

    def soon(self) -> None:
        """Deliver in a moment, so that what comes meanwhile goes out in the same write; at once before a burst pushes out what nobody had yet."""
        if self._buffer.come - self._delivered > self._buffer.most / 2:
            self.deliver()
        elif self._delivery is None and self._waiting:
            self._delivery = asyncio.get_running_loop().call_later(self._pause_s, self.deliver)

    def deliver(self) -> None:
        """Give all who wait what they wait for. The next time is so much later as this took: half of the time is left for everything else."""
        began, woken = time.monotonic(), 0
        if self._delivery is not None:
            self._delivery.cancel()
            self._delivery = None
        for chosen, places in list(self._waiting.items()):
            woken += self._wake(places) if chosen is None else self._deliver_to(chosen, list(places), began)
        self._delivered = self._buffer.come
        self._pause_s = max(LEAST_PAUSE_S, time.monotonic() - began + PAUSE_A_TASK_S * woken)

    def tick(self, before: float) -> None:
        """Wake those who were told nothing since a time, by the monotonic clock."""
        for places in list(self._waiting.values()):
            self._wake({place for place in places if place.heard <= before})

    def _deliver_to(self, chosen: Filter, places: list[ClientPlace], now: float) -> int:
        made: dict[int, Portion | None] = {}
        behind = set()
        for place in places:
            if place.number not in made:
                made[place.number] = self._buffer.piece(place.number, chosen)
            if not _is_taken(place, made[place.number], now) or place.number < self._buffer.end:
                behind.add(place)
        return self._wake(behind)

    def _wake(self, places: set[ClientPlace]) -> int:
        for place in places:
            if place.woken is not None and not place.woken.done():
                place.woken.set_result(None)
        return len(places)


def _is_taken(place: ClientPlace, portion: Portion | None, now: float) -> bool:
    """Whether a client has got a portion, which may be empty."""
    if portion is None:
        return False
    if portion.sse:
        if place.woken is None or place.woken.done() or place.write is None or not place.write(portion.sse):
            return False
        place.heard = now
    place.go_on(portion)
    return True
