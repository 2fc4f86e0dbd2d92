"""Requests to shards over Kafka: sent to the shard's partition, answered on the partition of dedup.replies that the request names.

A plain consumer on an assigned partition reads the replies, since an app cannot wait for what another agent of the
same app has to produce. Requests are idempotent, so one without a reply is sent again; a shard that is being
recovered answers late, not wrongly.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import zlib
from collections.abc import Mapping
from typing import Any

import aiokafka

from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Sender, client_options
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import INDEX, REPLIES

CORRELATION = "correlation-id"
REPLY_PARTITION = "reply-partition"
TRY_S = 5.0
PATIENCE_S = 60.0  # a rebalance and a recovery of the shard fit in


class KafkaAsker:
    """An Asker (see `copydesk.shared.asking`) for dedup.index. Start it before use."""

    def __init__(self, settings: ServiceSettings, sender: Sender) -> None:
        self.settings, self.sender = settings, sender
        self.shards = settings.index_shards
        self._partition = zlib.crc32(settings.replica.encode()) % int(REPLIES.partitions or 1)
        self._waiting: dict[str, asyncio.Future[bytes]] = {}
        self._consumer: Any = None
        self._reader: asyncio.Task[None] | None = None
        self._prefix = os.urandom(8).hex()
        self._number = 0

    async def start(self) -> None:
        self._consumer = aiokafka.AIOKafkaConsumer(
            **client_options(self.settings), enable_auto_commit=False, max_partition_fetch_bytes=REPLIES.max_bytes(self.settings.raw_limit) + 100_000
        )
        await self._consumer.start()
        partition = aiokafka.TopicPartition(REPLIES.name, self._partition)
        self._consumer.assign([partition])
        await self._consumer.seek_to_end(partition)
        await self._consumer.position(partition)  # the seek is lazy: a reply must not come before it
        self._reader = asyncio.create_task(self._read())

    async def stop(self) -> None:
        if self._reader:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        if self._consumer:
            await self._consumer.stop()

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]:
        """All replies, by shard. Raises UnavailableError when a shard does not answer for PATIENCE_S seconds."""
        replies = await asyncio.gather(*(self._ask(shard, request) for shard, request in requests.items()))
        return dict(zip(requests, replies, strict=True))

    async def _ask(self, shard: int, request: bytes) -> bytes:
        for _ in range(int(PATIENCE_S / TRY_S)):
            self._number += 1
            correlation = f"{self._prefix}-{self._number}"
            reply = self._waiting[correlation] = asyncio.get_running_loop().create_future()
            try:
                await (await self.sender.send(INDEX, correlation, request, self._headers(correlation), partition=shard))
                return await asyncio.wait_for(reply, TRY_S)
            except TimeoutError:
                logger().warning("a shard has not answered, asking again", shard=shard)
            finally:
                self._waiting.pop(correlation, None)
        raise UnavailableError(f"shard {shard} of {INDEX.name} does not answer: is the index service running?")

    def _headers(self, correlation: str) -> dict[str, str]:
        return {CORRELATION: correlation, REPLY_PARTITION: str(self._partition)}

    async def _read(self) -> None:
        async for record in self._consumer:
            correlation = dict(record.headers).get(CORRELATION, b"").decode()
            waiting = self._waiting.get(correlation)
            if waiting is not None and not waiting.done():
                waiting.set_result(record.value)
