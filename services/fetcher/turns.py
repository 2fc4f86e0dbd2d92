"""One request of one host: no sooner than the host bears, and only by who owns the host at that moment.

Before a request leaves, the shard's changelog must have taken a write of this owner not longer than FRESH_S ago. Whoever gets the shard
next waits the host's delay and FRESH_S more, so the two never ask within the delay, also where the first one was paused and wakes up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from copydesk.services.fetcher.schedule import Host, Schedule
from copydesk.shared.keeping import ShardState
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.client import WebClient, WebRequest

FRESH_S = 1.0
MOST_UNCONFIRMED = 64_000_000


class RequestSlots:
    """So many more requests may be under way in this process, while what they brought and what is not confirmed yet stays below a size in
    bytes. `waiters` are woken when there may be room again."""

    def __init__(self, count: int, most_unconfirmed: int = MOST_UNCONFIRMED) -> None:
        self.waiters: set[asyncio.Event] = set()
        self._free, self._most, self._unconfirmed = count, most_unconfirmed, 0

    @property
    def open(self) -> bool:
        return self._free > 0 and self._unconfirmed < self._most

    def take(self) -> bool:
        if not self.open:
            return False
        self._free -= 1
        return True

    def give(self) -> None:
        self._free += 1
        self._wake()

    @contextmanager
    def unconfirmed(self, size: int) -> Iterator[None]:
        """While something of so many bytes is on its way out."""
        self._unconfirmed += size
        try:
            yield
        finally:
            self._unconfirmed -= size
            self._wake()

    def _wake(self) -> None:
        for waiter in self.waiters:
            waiter.set()


class Turns:
    """Sends requests of a shard's hosts and keeps their pace."""

    def __init__(self, client: WebClient, state: ShardState, schedule: Schedule, woken: Callable[[], None]) -> None:
        self._client, self._state, self._schedule, self._woken = client, state, schedule, woken

    async def ask(self, host: Host, url: str, most_bytes: int, types: Collection[str] = (), headers: Mapping[str, str] | None = None) -> WebAnswer:
        """The answer. Raises FetchError, and what `ShardState.prove` raises. The host's next turn is counted from when the request left."""
        prove: Callable[[], Awaitable[None]] = partial(self._state.prove, FRESH_S)
        await prove()
        wanted = WebRequest(most_bytes, types, headers or {}, before=prove, sent=partial(self._sent, host))
        try:
            return await self._client.get(url, wanted)
        finally:
            if host.unsent:  # it may have left half
                self._sent(host)

    def _sent(self, host: Host) -> None:
        host.unsent = False
        host.ready_at = asyncio.get_running_loop().time() + host.delay_s
        self._schedule.wake(host)
        self._woken()
