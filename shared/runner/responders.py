"""A Responder on Kafka: its shards are the partitions of one topic.

What a batch writes is durable before its replies leave (see store.py): a reply is a promise. When a shard comes to this replica
its store catches up with the changelog, and what the responder derives from it is built again if anything had changed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from copydesk.shared.asking import Responder
from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.asker import CORRELATION, REPLY_PARTITION
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.store import ShardStore
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import SEGMENTS, Topic


class ResponderHandler:
    """Answers requests shard by shard, in their order."""

    def __init__(self, responder: Responder, settings: ServiceSettings, metrics: Metrics, sender: Sender) -> None:
        self.responder, self.settings, self.metrics, self.sender = responder, settings, metrics, sender
        self.name = responder.name
        self.sources: tuple[Topic, ...] = (responder.source,)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=responder.name)
        self._stores: dict[int, ShardStore] = {}
        self._open: set[int] = set()  # the responder has built what it derives from the store
        self._current: set[int] = set()  # the store has caught up since the last rebalance
        self._lock = asyncio.Lock()  # a rebalance must not close a store that a batch is writing to

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        await self.assigned(set())
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def assigned(self, shards: set[int]) -> None:
        """A rebalance ended: another replica may have written to any shard meanwhile. Free those that are not here any more."""
        async with self._lock:
            self._current.clear()
            for shard in self._stores.keys() - shards:
                await self._forget(shard)
                self._stores.pop(shard).close()

    async def handle(self, messages: Sequence[Message]) -> None:
        by_shard: dict[int, list[Message]] = defaultdict(list)
        for message in messages:
            by_shard[message.partition].append(message)
        async with self._lock:
            for shard, requests in by_shard.items():
                await self._answer(shard, requests)

    async def _answer(self, shard: int, messages: Sequence[Message]) -> None:
        store = await self._ready(shard)
        answered = await self._run(self.responder.answer, shard, [message.value or b"" for message in messages])
        try:
            await store.write(self.sender, answered.writes)
        except BaseException:
            await self._forget(shard)  # what is derived may be ahead of the store now: it is built again
            raise
        await self._reply(messages, answered.replies)

    async def _ready(self, shard: int) -> ShardStore:
        """The shard's store, complete, and the responder open on it."""
        if shard not in self._stores:
            folder = self.settings.home / "stores" / self.settings.replica
            self._stores[shard] = ShardStore(folder, shard, SEGMENTS, self.settings)
        store = self._stores[shard]
        if shard not in self._current:
            if await store.catch_up():
                await self._forget(shard)
            self._current.add(shard)
        if shard not in self._open:
            await self._run(self.responder.open, shard, store)
            self._open.add(shard)
        return store

    async def _forget(self, shard: int) -> None:
        if shard in self._open:
            self._open.discard(shard)
            await self._run(self.responder.close, shard)

    async def _reply(self, messages: Sequence[Message], replies: Sequence[bytes]) -> None:
        stored = [await self._send(message, reply) for message, reply in zip(messages, replies, strict=True)]
        await asyncio.gather(*stored)
        self.metrics.records_out.inc(len(messages))

    async def _send(self, message: Message, reply: bytes) -> Awaitable[Any]:
        correlation = message.headers[CORRELATION]
        return await self.sender.send(self.responder.target, correlation, reply, {CORRELATION: correlation}, int(message.headers[REPLY_PARTITION]))

    async def _run(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    @property
    def computed(self) -> int:
        return 0  # a batch of requests takes no longer than a look at memory and disk

    async def check(self) -> None:
        async with self._lock:
            for shard in sorted(self._open):
                await self._run(self.responder.check, shard)

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        await delivery.bury(message, cause)
        await delivery.confirm()
