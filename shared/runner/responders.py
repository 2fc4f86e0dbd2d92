"""A Responder on Kafka: its shards are the partitions of one topic, each shard's store is a partition of a Faust table.

What a batch writes goes to the table's changelog first, then to the local RocksDB with the changelog's offset, and only
then do the replies leave: a reply promises that the state is durable. Faust brings the local store up to the changelog
when a shard comes to this replica; what the responder derives from it is built again if the store moved meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from faust.types import TP

from shared.asking import Responder
from shared.deadletters import Cause
from shared.kafka import Message, Sender
from shared.runner.asker import CORRELATION, REPLY_PARTITION
from shared.runner.delivery import Delivery
from shared.runner.metrics import Metrics
from shared.settings import ServiceSettings
from shared.topics import SEGMENTS, Topic


class ShardStore:
    """One partition of the table, read as a Store. Faust's own mapping works inside a stream only, one event at a time."""

    def __init__(self, table: Any, shard: int) -> None:
        self._store, self.shard = table.data, shard

    @property
    def _db(self) -> Any:
        return self._store._db_for_partition(self.shard)

    def get(self, key: str) -> bytes | None:
        value: bytes | None = self._db.get(key.encode())
        return value

    def items(self) -> Sequence[tuple[str, bytes]]:
        return [(key.decode(), value) for key, value in self._store._visible_items(self._db)]

    @property
    def offset(self) -> int | None:
        """The changelog's offset up to which this store is complete."""
        offset: int | None = self._store.persisted_offset(TP(SEGMENTS.name, self.shard))
        return offset

    def apply(self, key: str, value: bytes | None, offset: int) -> None:
        if value is None:
            self._db.delete(key.encode())
        else:
            self._db.put(key.encode(), value)
        self._store.set_persisted_offset(TP(SEGMENTS.name, self.shard), offset)


class ResponderHandler:
    """Answers requests shard by shard, in their order."""

    def __init__(self, responder: Responder, settings: ServiceSettings, metrics: Metrics, sender: Sender, table: Any) -> None:
        self.responder, self.settings, self.metrics, self.sender, self.table = responder, settings, metrics, sender, table
        self.name = responder.name
        self.sources: tuple[Topic, ...] = (responder.source,)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=responder.name)
        self._opened: dict[int, int | None] = {}  # shard → offset of its store when this replica last wrote or opened it

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def handle(self, messages: Sequence[Message]) -> None:
        by_shard: dict[int, list[Message]] = defaultdict(list)
        for message in messages:
            by_shard[message.partition].append(message)
        for shard, requests in by_shard.items():
            await self._answer(shard, requests)

    async def keep(self, shards: set[int]) -> None:
        """Free what is held for shards that went to another replica."""
        for shard in self._opened.keys() - shards:
            del self._opened[shard]
            await self._run(self.responder.close, shard)

    async def _answer(self, shard: int, messages: Sequence[Message]) -> None:
        store = ShardStore(self.table, shard)
        await self._ensure_open(shard, store)
        answered = await self._run(self.responder.answer, shard, [message.value or b"" for message in messages])
        try:
            await self._write(store, answered.writes)
        except BaseException:
            # derived state may be ahead of the store now: it is built again before the next answer
            self._opened[shard] = -1
            raise
        self._opened[shard] = store.offset
        await self._reply(messages, answered.replies)

    async def _ensure_open(self, shard: int, store: ShardStore) -> None:
        if shard in self._opened and self._opened[shard] == store.offset:
            return
        if shard in self._opened:
            await self._run(self.responder.close, shard)
        await self._run(self.responder.open, shard, store)
        self._opened[shard] = store.offset

    async def _write(self, store: ShardStore, writes: Mapping[str, bytes | None]) -> None:
        stored = [await self.sender.send(SEGMENTS, key, value, partition=store.shard) for key, value in writes.items()]
        for (key, value), record in zip(writes.items(), await asyncio.gather(*stored), strict=True):
            store.apply(key, value, record.offset)

    async def _reply(self, messages: Sequence[Message], replies: Sequence[bytes]) -> None:
        stored = [await self._send(message, reply) for message, reply in zip(messages, replies, strict=True)]
        await asyncio.gather(*stored)
        self.metrics.records_out.inc(len(messages))

    async def _send(self, message: Message, reply: bytes) -> Awaitable[Any]:
        correlation = message.headers[CORRELATION]
        return await self.sender.send(self.responder.target, correlation, reply, {CORRELATION: correlation}, int(message.headers[REPLY_PARTITION]))

    async def _run(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        await delivery.bury(message, cause)
        await delivery.confirm()
