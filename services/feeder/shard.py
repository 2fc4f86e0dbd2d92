"""One partition's sources: which is due, and what came of it. Implements `copydesk.shared.keeping.Keeper`."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from copydesk.services.feeder import memory
from copydesk.services.feeder.equipment import FeederEquipment
from copydesk.services.feeder.intervals import IntervalBounds, after_failure, as_asked, next_interval
from copydesk.services.feeder.looks import Look, asked_pause_s, look
from copydesk.services.feeder.memory import SOURCE
from copydesk.services.feeder.news import News
from copydesk.shared.deadletters import Cause
from copydesk.shared.edge import feed_source
from copydesk.shared.followed_sources import ROUTED, STANDING, Standing, partition_of_source
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.records.feeding import FeedSource
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.policy import TRANSIENT
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import SOURCES
from copydesk.shared.web.answers import FetchError

NAME = "feeder"
ROUND_S = 0.5


class FeedShard:
    """Made anew whenever the shard comes to this replica."""

    def __init__(self, shard: int, state: ShardState, equipment: FeederEquipment) -> None:
        self.shard, self.state, self.equipment = shard, state, equipment
        self.settings = equipment.settings
        self.rounds = 0
        self._news = News(state, equipment)
        self._due: list[tuple[int, str]] = []
        self._looking: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None
        self._woken = asyncio.Event()

    @property
    def is_full(self) -> bool:
        return False  # sources that come again change nothing, and there are not millions

    async def open(self) -> None:
        for key, _ in self.state.scan(SOURCE):
            self._plan(key.removeprefix(SOURCE))

    async def take(self, messages: Sequence[Message]) -> None:
        where = await self.equipment.sender.partitioning(SOURCES)
        changes: Changes = {}
        for message in messages:
            url = (message.key or b"").decode("utf-8", "replace")
            if message.value is None and ROUTED in message.headers:
                continue  # what this service wrote where it sent a source on
            if partition_of_source(where, url) != self.shard and ROUTED not in message.headers:
                await self._sent_on(message, partition_of_source(where, url))
            elif message.value is None:
                changes |= self._without(url)
            elif isinstance(source := feed_source(message.value), Rejected):
                await self._buried(message, source)
            elif source.url != url:
                await self._buried(message, Rejected("invalid_record", f"url: is {source.url[:200]}, and its key {url[:200]}; give it as the key"))
            else:
                changes |= self._with(source, message.value)
        if changes:
            await self.state.write(changes)
        for key in changes:
            if key.startswith(SOURCE) and changes[key] is not None:
                self._plan(key.removeprefix(SOURCE))
        self._woken.set()

    def _with(self, source: FeedSource, value: bytes) -> Changes:
        """A source that is new or changed is looked into at once; one that comes again as it is changes nothing."""
        if self.state.get(SOURCE + source.url) == value:
            return {}
        before = Standing.decoded(self.state.get(STANDING + source.url))
        return {SOURCE + source.url: value, STANDING + source.url: replace(before, due_ms=0, content="", validators={}).encoded()}

    def _without(self, url: str) -> Changes:
        """A source that ended, with all that is remembered of it and of the sitemaps that it names."""
        gone: Changes = {SOURCE + url: None, STANDING + url: None}
        gone |= {key: None for key, _ in self.state.scan(f"{memory.ITEM}{url}\t")}
        for key, value in self.state.scan(STANDING):
            if (named := key.removeprefix(STANDING)) != url and Standing.decoded(value).of == url:
                gone |= self._without(named)
        return gone

    async def _sent_on(self, message: Message, partition: int) -> None:
        """Another client put it elsewhere than where its host's sources are: it is sent there, and ended here."""
        headers = {**message.headers, ROUTED: "1"}
        sender = self.equipment.sender
        if message.value is not None:
            await (await sender.send(SOURCES, message.key, message.value, headers, partition=partition))
            await (await sender.send(SOURCES, message.key, None, headers, partition=self.shard))
        else:
            await (await sender.send(SOURCES, message.key, None, {}, partition=partition))

    async def _buried(self, message: Message, rejected: Rejected) -> None:
        delivery = Delivery(NAME, self.equipment.sender, self.equipment.metrics)
        delivery.bury(message, Cause(NAME, rejected.reason, rejected.detail))
        await delivery.confirm()

    def _plan(self, url: str) -> None:
        heapq.heappush(self._due, (Standing.decoded(self.state.get(STANDING + url)).due_ms, url))

    async def run(self) -> None:
        try:
            while True:
                self.rounds += 1
                if self._failure is not None:
                    raise self._failure
                self._woken.clear()
                self._begin_looks()
                try:
                    await asyncio.wait_for(self._woken.wait(), ROUND_S)
                except TimeoutError:
                    continue
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin_looks(self) -> None:
        now_ms = _now_ms()
        while self._due and self._due[0][0] <= now_ms and not self.equipment.slots.locked():
            _, url = heapq.heappop(self._due)
            value = self.state.get(SOURCE + url)
            standing = Standing.decoded(self.state.get(STANDING + url))
            source = None if value is None else feed_source(value)
            if isinstance(source, FeedSource) and not source.paused and standing.due_ms <= now_ms and url not in self._looking:
                self._looking.add(url)
                task = asyncio.create_task(self._look(source, standing))
                self._tasks.add(task)
                task.add_done_callback(partial(self._look_ended, url))

    def _look_ended(self, url: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._looking.discard(url)
        if not task.cancelled() and task.exception() is not None:
            self._failure = self._failure or task.exception()
        elif self.state.get(SOURCE + url) is not None:
            self._plan(url)
        self._woken.set()

    async def _look(self, source: FeedSource, standing: Standing) -> None:
        now = datetime.now(UTC)
        async with self.equipment.slots:
            await self.state.prove(1.0)
            try:
                found = await look(self.equipment.client, self.equipment.pace, source.url, standing, self.settings.feeder_bytes, now)
                await self._succeeded(source, standing, found, now)
            except FetchError as error:
                await self._failed(source, standing, error, now)
            except TRANSIENT:
                raise
            except Exception as error:  # whatever strangers' feeds make of our code: it costs this source, not the shard
                logger().error("a source made the feeder fail", url=source.url[:200], error=repr(error), exc_info=error)
                await self._failed(source, standing, FetchError("stage_failed", repr(error)), now)

    async def _failed(self, source: FeedSource, standing: Standing, error: FetchError, now: datetime) -> None:
        self.equipment.metrics.of_stage({"looks_failed": 1})
        interval_s = after_failure(standing.interval_s, asked_pause_s(error, now), self._bounds(source))
        now_ms = int(now.timestamp() * 1000)
        logger().warning("a source brings nothing", url=source.url[:200], reason=error.reason, detail=error.detail[:200], again_s=round(interval_s))
        told = f"{error.reason}: {error.detail}"[: memory.DETAIL]
        after = replace(standing, due_ms=now_ms + int(1000 * interval_s), interval_s=self._bounds(source).within(interval_s), looked_ms=now_ms,
                        failures=standing.failures + 1, error=told)  # fmt: skip
        await self.state.write({STANDING + source.url: after.encoded()})

    async def _succeeded(self, source: FeedSource, standing: Standing, found: Look, now: datetime) -> None:
        changes: Changes = {}
        news = 0
        after = standing
        if found.document is not None:
            changes, news = await self._news.sent(source, found.document, now)
            after = replace(after, items=len(found.document.items) + len(found.document.maps), kind=found.document.kind)
        self.equipment.metrics.of_stage({"looks": 1, "looks_unchanged": int(found.document is None)})
        bounds, now_ms = self._bounds(source), int(now.timestamp() * 1000)
        interval_s = next_interval(standing.interval_s, news, bounds)
        due_ms = now_ms + int(1000 * as_asked(interval_s, found.lifetime_s, bounds))
        after = replace(after, due_ms=due_ms, interval_s=interval_s, looked_ms=now_ms, succeeded_ms=now_ms, failures=0, error="",
                        found=standing.found + news, content=found.content, validators=dict(found.validators))  # fmt: skip
        if self.state.get(SOURCE + source.url) is None:
            return  # it ended meanwhile
        await self.state.write({**changes, STANDING + source.url: after.encoded()})
        for key, value in changes.items():
            if key.startswith(SOURCE) and value is not None:
                self._plan(key.removeprefix(SOURCE))

    def _bounds(self, source: FeedSource) -> IntervalBounds:
        least_s = source.least_interval_s or self.settings.feeder_least_interval_s
        return IntervalBounds(least_s, max(least_s, source.most_interval_s or self.settings.feeder_most_interval_s))


def _now_ms() -> int:
    return int(time.time() * 1000)
