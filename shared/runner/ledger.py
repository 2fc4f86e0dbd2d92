"""A shard's state for several writers at a time: what they write while a write is under way goes together with the next one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping

from copydesk.shared.kafka import Sender
from copydesk.shared.runner.store import ShardStore


class Ledger:
    """Implements `copydesk.shared.keeping.ShardState`. After a write that failed it takes no more: the shard has to be claimed again."""

    def __init__(self, store: ShardStore, sender: Sender) -> None:
        """Of a store that was claimed just now."""
        self.store, self._sender = store, sender
        self._pending: dict[str, bytes | None] = {}
        self._next: asyncio.Future[None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._broken: BaseException | None = None
        self._proved = time.monotonic()  # at this moment nobody else had written

    def get(self, key: str) -> bytes | None:
        return self.store.get(key)

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        return self.store.scan(prefix, first)

    async def write(self, changes: Mapping[str, bytes | None]) -> None:
        """Raises LostShardError, or UnavailableError as `ShardStore.write` does; so does every later call then."""
        if self._broken is not None:
            raise self._broken
        self._pending.update(changes)
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        waiting = self._next
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(waiting)

    async def prove(self, fresh_s: float) -> None:
        if self._broken is not None or time.monotonic() - self._proved > fresh_s:
            await self.write({})

    async def ended(self) -> None:
        """Wait until nothing is under way, so that the store can be closed or claimed."""
        while self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write(self) -> None:
        try:
            while (outcome := self._next) is not None:
                changes, self._pending, self._next = self._pending, {}, None
                began = time.monotonic()
                try:
                    await self.store.write(self._sender, changes)
                except BaseException as error:
                    self._fail(error, outcome)
                    return
                self._proved = began
                if not outcome.done():
                    outcome.set_result(None)
        finally:
            self._writing = None

    def _fail(self, error: BaseException, outcome: asyncio.Future[None]) -> None:
        self._broken = error if isinstance(error, Exception) else ConnectionError(repr(error))
        for future in (outcome, self._next):
            if future is not None and not future.done():
                future.set_exception(self._broken)
                future.exception()  # it may be that nobody waits for it any more
        self._next = None
