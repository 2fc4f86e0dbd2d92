"""A Responder on Kafka: its shards are the partitions of one topic.

What a batch writes is durable before its replies leave (see store.py): a reply is a promise. When a shard comes to this replica
its store catches up with the changelog, and what the responder derives from it is built again if anything had changed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from copydesk.shared.asking import Responder
from copydesk.shared.deadletters import Cause
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.exchange import CORRELATION, RECOVERING, REPLY_PARTITION, STATE
from copydesk.shared.runner.following import note_unusable
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.store import LostShardError, ShardStore
from copydesk.shared.runner.withholding import Withholding
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import REPLIES, SEGMENTS, Topic

TELL_S = 1.0  # between two words from a shard that is being recovered
UNADDRESSED = f"headers: a request names itself ({CORRELATION}) and a partition of {REPLIES.name} ({REPLY_PARTITION}); only deduplicators write here"
_PARTITIONS = frozenset(map(str, range(int(REPLIES.partitions or 1))))


class ResponderHandler:
    """Answers requests shard by shard, in their order."""

    def __init__(self, responder: Responder, settings: ServiceSettings, metrics: Metrics, sender: Sender) -> None:
        self.responder, self.settings, self.metrics, self.sender = responder, settings, metrics, sender
        self.name = responder.name
        self.sources: tuple[Topic, ...] = (responder.source,)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=responder.name)
        self._stores: dict[int, ShardStore] = {}
        self._open: set[int] = set()  # the responder has built what it derives from the store
        self._current: set[int] = set()  # claimed since the last rebalance
        self._shards: set[int] = set()  # here, as the group says
        self._known = False
        self._generation = -1
        self._moved = asyncio.Event()  # the group has said something new
        self._recovery: asyncio.Task[None] | None = None
        self.withholding = Withholding(settings, metrics)
        self._forgotten: dict[int, int] = {}  # shard → the version of what is taken back that it knows
        self._forgetting: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()  # a rebalance must not close a store that a batch is writing to

    async def start(self) -> None:
        await self.withholding.start()
        self._forgetting = asyncio.create_task(self._keep_forgetting())

    async def stop(self) -> None:
        if self._forgetting is not None:
            self._forgetting.cancel()
        await self.withholding.stop()
        await self.assigned(set(), self._generation)
        self._executor.shutdown(wait=False, cancel_futures=True)

    @property
    def recovered(self) -> bool:
        """Whether every shard that is here answers."""
        return self._known and self._shards <= self._open

    def revoked(self) -> None:
        """A rebalance began. What is in hand is answered meanwhile: this replica is the owner until another claims the shard."""
        self._known = False
        self._moved.set()

    async def assigned(self, shards: set[int], generation: int) -> None:
        """A rebalance ended: another replica may have written to any shard meanwhile. Free those that are gone, recover those that are here."""
        self._shards, self._generation, self._known = set(shards), generation, True
        self._moved.set()
        if self._recovery:
            self._recovery.cancel()
        async with self._lock:
            self._current.clear()
            for shard in self._stores.keys() - shards:
                await self._forget(shard)
                self._stores.pop(shard).close()
        self._recovery = asyncio.create_task(self._recover(sorted(shards)))

    async def _recover(self, shards: Sequence[int]) -> None:
        """At once, not with a shard's first request, which would wait for it."""
        for shard in shards:
            try:
                async with self._lock:
                    if shard in self._shards:
                        await self._ready(shard)
            except Exception as error:
                logger().warning("a shard is not recovered yet, its next request tries again", shard=shard, error=repr(error))

    async def handle(self, messages: Sequence[Message]) -> None:
        by_shard: dict[int, list[Message]] = defaultdict(list)
        for message in messages:
            by_shard[message.partition].append(message)
        async with self._announced(messages), self._lock:
            for shard, requests in by_shard.items():
                if shard in self._shards:  # otherwise its new owner answers
                    await self._answer(shard, [message for message in requests if _is_addressed(message)])
                    for message in requests:
                        if not _is_addressed(message):
                            await self.bury(message, Cause(self.name, "invalid_record", UNADDRESSED))

    async def _answer(self, shard: int, messages: Sequence[Message]) -> None:
        store = await self._ready(shard)
        try:
            answered = await self._run(self.responder.answer, shard, [message.value or b"" for message in messages])
            await store.write(self.sender, answered.writes)
        except BaseException as error:
            await self._forget(shard)  # what is derived may be ahead of the store now: it is built again
            self._current.discard(shard)
            if isinstance(error, LostShardError):
                await self._lost(store)
            raise
        await self._reply(messages, answered.replies)

    async def _lost(self, store: ShardStore) -> None:
        """Of two owners the one of the later generation goes on; the other waits for the group to tell it what is still its own."""
        rival = await store.rival()
        logger().warning("someone else has written to a shard", shard=store.shard, generation=self._generation, rival=rival)
        if rival > self._generation:
            self._moved.clear()
            self._shards.discard(store.shard)
            try:
                await asyncio.wait_for(self._moved.wait(), 2 * self.settings.session_timeout_s)
            except TimeoutError:  # whoever is alive hears of a change within a session: the other is a ghost
                self._shards.add(store.shard)

    async def _ready(self, shard: int) -> ShardStore:
        """The shard's store, complete and claimed, and the responder open on it."""
        if shard not in self._stores:
            folder = self.settings.home / "stores" / self.settings.replica
            told = partial(note_unusable, self.metrics)
            self._stores[shard] = ShardStore(folder, shard, SEGMENTS, self.settings, self.responder.rules, told)
        store = self._stores[shard]
        if shard not in self._current:
            if await store.claim(self.sender, self._generation):
                await self._forget(shard)
            self._current.add(shard)
        if shard not in self._open:
            try:
                await self._run(self.responder.open, shard, store)
            except BaseException:
                self._current.discard(shard)  # its database may have to be opened anew
                raise
            self._open.add(shard)
            self._forgotten.pop(shard, None)
        await self._take_back(shard, store)
        return store

    async def _take_back(self, shard: int, store: ShardStore) -> None:
        """Let the shard forget what was taken back since it was told last."""
        version = self.withholding.standing.version
        if self._forgotten.get(shard, 0) == version:
            return
        try:
            if writes := await self._run(self.responder.forget, shard, frozenset(self.withholding.standing.articles())):
                await store.write(self.sender, writes)
        except BaseException:
            await self._forget(shard)  # as after an answer that could not be kept
            self._current.discard(shard)
            raise
        self._forgotten[shard] = version

    async def _keep_forgetting(self) -> None:
        """Also while nobody asks."""
        while True:
            await asyncio.sleep(TELL_S)
            stale = [shard for shard in self._open if self._forgotten.get(shard, 0) != self.withholding.standing.version]
            if stale:
                await self._recover(stale)

    @contextlib.asynccontextmanager
    async def _announced(self, messages: Sequence[Message]) -> AsyncIterator[None]:
        """Whoever waits for shards that are being recovered is told so, again and again until they answer."""
        telling = asyncio.create_task(self._tell(messages))
        try:
            yield
        finally:
            telling.cancel()

    async def _tell(self, messages: Sequence[Message]) -> None:
        while True:
            await asyncio.sleep(TELL_S)
            with contextlib.suppress(UnavailableError):
                for message in messages:
                    if message.partition not in self._open and _is_addressed(message):
                        await self._send(message, b"", {STATE: RECOVERING})

    async def _forget(self, shard: int) -> None:
        if shard in self._open:
            self._open.discard(shard)
            await self._run(self.responder.close, shard)

    async def _reply(self, messages: Sequence[Message], replies: Sequence[bytes]) -> None:
        stored = [await self._send(message, reply) for message, reply in zip(messages, replies, strict=True)]
        await asyncio.gather(*stored)
        self.metrics.records_out.inc(len(messages))

    async def _send(self, message: Message, reply: bytes, more: Mapping[str, str] | None = None) -> Awaitable[Any]:
        correlation = message.headers[CORRELATION]
        headers = {CORRELATION: correlation, **(more or {})}
        return await self.sender.send(self.responder.target, correlation, reply, headers, int(message.headers[REPLY_PARTITION]))

    async def _run(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *arguments)

    @property
    def pace_s(self) -> float:
        return 0.0

    @property
    def computed(self) -> int:
        return 0  # a batch of requests takes no longer than a look at memory and disk

    async def check(self) -> None:
        async with self._lock:
            for shard in sorted(self._open):
                await self._run(self.responder.check, shard)

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        delivery.bury(message, cause)
        await delivery.confirm()


def _is_addressed(message: Message) -> bool:
    """Whether a request says where its reply belongs: any client may write one."""
    partition = message.headers.get(REPLY_PARTITION, "")
    return CORRELATION in message.headers and partition in _PARTITIONS
