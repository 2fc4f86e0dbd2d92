"""Requests to shards over Kafka: sent to the shard's partition, answered on the partition of dedup.replies that the request names.

A plain consumer on an assigned partition reads the replies, since an app cannot wait for what another agent of the
same app has to produce. Requests are idempotent, so one without a reply is sent again, after ever longer pauses: a shard that is
behind gets no more work by it. A reply to any of these tries counts, also one that comes after the last of them: the same request is then
answered as soon as it is asked again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import itertools
import os
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import aiokafka
from aiokafka.errors import KafkaError

from copydesk.shared import headers as wire
from copydesk.shared.confirmed import closed
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Sender, reader, start, within
from copydesk.shared.runner.exchange import CORRELATION, RECOVERING, REPLY_PARTITION, STATE
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import INDEX, REPLIES

TRY_S = 5.0  # before the second try; doubled before each that follows, so often at most
MOST_DOUBLINGS = 3
PATIENCE_S = 60.0  # without a sign of life; a rebalance fits in, and a shard that is being recovered says so
LATE = 256  # requests given up whose replies are still taken


class _Question:
    """A request on its way: its reply, and when the shard was last heard of."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.reply: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.heard = asyncio.Event()
        self._clock = clock
        self.heard_at = clock()

    def alive(self) -> None:
        self.heard_at = self._clock()
        self.heard.set()

    def answered(self, value: bytes) -> None:
        if not self.reply.done():
            self.reply.set_result(value)


class KafkaAsker:
    """An Asker (see `copydesk.shared.asking`) for dedup.index. Start it before use."""

    def __init__(self, settings: ServiceSettings, sender: Sender, took: Callable[[float], None] = lambda seconds: None) -> None:
        """`took` is told how long each request took that was answered."""
        self.settings, self.sender, self._took = settings, sender, took
        self.shards = settings.index_shards  # until the brokers have told how many there are
        self._partition = zlib.crc32(settings.replica.encode()) % int(REPLIES.partitions or 1)
        self._questions: OrderedDict[str, _Question] = OrderedDict()  # by correlation, those that are given up first
        self._consumer: Any = None
        self._reader: asyncio.Task[None] | None = None
        self._prefix = os.urandom(8).hex()

    async def start(self) -> None:
        self._consumer = reader(self.settings, [REPLIES])
        await start(self._consumer, self.settings)
        self.shards = await self.sender.partitions(INDEX)
        partition = aiokafka.TopicPartition(REPLIES.name, self._partition)
        self._consumer.assign([partition])
        async with within(self.settings):
            await self._consumer.seek_to_end(partition)
            await self._consumer.position(partition)  # the seek is lazy: a reply must not come before it
        self._reader = asyncio.create_task(self._read())

    async def stop(self) -> None:
        if self._reader:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        if self._consumer:
            await closed(self._consumer.stop())

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]:
        """All replies, by shard. Raises UnavailableError when nothing is heard of a shard for PATIENCE_S seconds, or the brokers are gone."""
        replies = await asyncio.gather(*(self._ask(shard, request) for shard, request in requests.items()))
        return dict(zip(requests, replies, strict=True))

    async def _ask(self, shard: int, request: bytes) -> bytes:
        correlation = f"{self._prefix}-{shard}-{hashlib.blake2b(request, digest_size=16).hexdigest()}"
        question = self._questions.setdefault(correlation, _Question(time.monotonic))
        self._questions.move_to_end(correlation)
        question.alive()
        asked = time.monotonic()
        for number in itertools.count():
            if not question.reply.done():
                await (await self.sender.send(INDEX, correlation, request, self._headers(correlation), partition=shard))
            if await self._answered(question, TRY_S * 2 ** min(number, MOST_DOUBLINGS)):
                self._questions.pop(correlation, None)
                self._took(time.monotonic() - asked)
                return question.reply.result()
            if time.monotonic() - question.heard_at > PATIENCE_S:
                self._forget_oldest()
                raise UnavailableError(f"shard {shard} of {INDEX.name} does not answer", "is the index service running?")
            logger().warning("a shard has not answered, asking again", shard=shard, tries=number + 1)
        raise AssertionError("unreachable")

    async def _answered(self, question: _Question, patience_s: float) -> bool:
        """Wait for the reply; whether it came within `patience_s` seconds of the last sign of life."""
        while not question.reply.done():
            question.heard.clear()
            heard = asyncio.create_task(question.heard.wait())
            either: set[asyncio.Future[Any]] = {question.reply, heard}
            await asyncio.wait(either, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
            heard.cancel()
            if not question.reply.done() and not question.heard.is_set():
                return False
        return True

    def _forget_oldest(self) -> None:
        while len(self._questions) > LATE:
            self._questions.popitem(last=False)

    def _headers(self, correlation: str) -> dict[str, str]:
        return {CORRELATION: correlation, REPLY_PARTITION: str(self._partition)}

    async def _read(self) -> None:
        while True:
            try:
                async for record in self._consumer:
                    self._take(wire.from_wire(record.headers), record.value or b"")
            except KafkaError as error:
                logger().warning("replies of shards cannot be read at present", error=repr(error))
                await asyncio.sleep(1)

    def _take(self, headers: Mapping[str, str], value: bytes) -> None:
        question = self._questions.get(headers.get(CORRELATION, ""))
        if question is None:
            return
        if headers.get(STATE) == RECOVERING:
            question.alive()
        else:
            question.answered(value)
