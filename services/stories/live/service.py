"""The service: one replica reads the topics and tells, the others stand by.

It has a group on articles.retractions, whose one partition says who tells; the topics themselves it reads without a group, from as many days ago as
it remembers. Nothing else is kept anywhere: whoever takes over reads the same, computes what should hold, and sends what is not told so already.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from prometheus_client import Gauge

from copydesk.services.stories.live.table import StoryTable
from copydesk.services.stories.settings import StoriesSettings
from copydesk.shared import headers as wire
from copydesk.shared.deadletters import Cause
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message, Positions, consume, polled, positions
from copydesk.shared.newer import newer_schema
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.loop import Handler
from copydesk.shared.runner.policy import TRANSIENT, pause_s
from copydesk.shared.runner.service import Service
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES, Topic, named

FOLLOWED = (ENRICHED, CORRECTIONS, STORIES, RETRACTIONS)
MOST = 500  # records at a time
TIDY_S = 30.0
READY_S = 60.0  # work that went well for so long counts as a new beginning


class StoriesHandler:
    """Implements `copydesk.shared.runner.loop.Handler` and `Sharded`: whoever has the partition does the work."""

    name = "stories"
    sources: tuple[Topic, ...] = (RETRACTIONS,)

    def __init__(self, service: Service, settings: StoriesSettings) -> None:
        self.settings, self.metrics, self.sender, self._app = settings, service.metrics, service.sender, service.app
        self._rounds = 0
        self._task: asyncio.Task[None] | None = None
        self._known = False
        registry = service.metrics.registry
        articles = Gauge("copydesk_stories_articles", "Articles that a new one can be linked to.", ("service",), registry=registry)
        behind = Gauge("copydesk_stories_behind", "Records still to read before stories are told.", ("service",), registry=registry)
        self._articles, self._behind = articles.labels(service.name), behind.labels(service.name)

    async def start(self) -> None:
        """Nothing: the work begins where the partition is."""

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def revoked(self) -> None:
        self._known = False

    @property
    def recovered(self) -> bool:
        """Also while it reads what there is: nobody waits for it."""
        return self._known

    async def assigned(self, shards: set[int], generation: int) -> None:
        if not shards:
            await self.stop()
        elif self._task is None:
            self._task = asyncio.create_task(self._work())
        self._known = True

    @property
    def pace_s(self) -> float:
        return 0.0

    @property
    def computed(self) -> int:
        return self._rounds

    async def handle(self, messages: Sequence[Message]) -> None:
        """The group's own reading is there for who is who; what is said is read by `_follow`."""
        self.metrics.records_out.inc(len(messages))

    async def check(self) -> None:
        raise RuntimeError("nothing is done with a record here")

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        delivery.bury(message, cause)
        await delivery.confirm()

    async def _work(self) -> None:
        """For ever; what is at fault besides the brokers stops the service."""
        failures = 0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._follow()
            except TRANSIENT as error:
                failures = 0 if asyncio.get_running_loop().time() - began > READY_S else failures + 1
                self.metrics.retried.inc()
                logger().warning("the topics cannot be followed at present, they are read again", error=repr(error))
                await asyncio.sleep(pause_s(failures, self.settings.retry_base_s))
            except Exception as error:
                logger().critical("stories cannot be told", error=repr(error), exc_info=error)
                await self._app.crash(error)
                raise

    async def _follow(self) -> None:
        """Read what there is, then as it comes. All is begun anew here, so that nothing has to be right that was there before a fault."""
        table, ends, settled, tidied = StoryTable(self.settings), await positions(self.settings, FOLLOWED), False, 0.0
        since = await self._begin(table)
        async for messages, reached in polled(self.settings, FOLLOWED, since, MOST):
            await asyncio.to_thread(self._take, table, messages)
            self._articles.set(len(table))
            self._behind.set(0 if settled else sum(max(0, end - reached.get(place, 0)) for place, end in ends.items()))
            if not settled and all(reached.get(place, 0) >= end for place, end in ends.items()):
                await asyncio.to_thread(table.settle)
                settled = True
                logger().info("all that there is has been read", articles=len(table))
            if settled:
                await self._tell(table)
                if (now := asyncio.get_running_loop().time()) - tidied > TIDY_S:
                    tidied = now
                    await asyncio.to_thread(table.tidy, int(datetime.now(UTC).timestamp() * 1000))

    async def _begin(self, table: StoryTable) -> Positions:
        """Where reading begins. What was taken back has to be known before the first article, so it is read here already."""
        async for message in consume(self.settings, [RETRACTIONS], since="beginning", follow=False):
            self._take(table, [message])
        first = datetime.now(UTC) - timedelta(days=self.settings.stories_kept_days)
        dated = await positions(self.settings, [ENRICHED, CORRECTIONS, STORIES], first)
        return {**dated, **await positions(self.settings, [RETRACTIONS], "beginning")}

    def _take(self, table: StoryTable, messages: Sequence[Message]) -> None:
        """One that is no good costs itself."""
        self._rounds += 1
        for message in messages:
            if message.value is None:
                continue
            try:
                if (newer := newer_schema(message)) is not None:
                    raise CopydeskError(newer, "upgrade this service")
                table.take(Written(named(message.topic), message.value, message.timestamp_ms))
            except Exception as error:  # CopydeskError, or whatever a record makes of our code
                self._passed_over(message, error)

    def _passed_over(self, message: Message, error: Exception) -> None:
        self.metrics.unusable.inc()
        logger().error("a record that stories cannot use is passed over", topic=message.topic, partition=message.partition, offset=message.offset,
                       error=repr(error)[:300])  # fmt: skip

    async def _tell(self, table: StoryTable) -> None:
        told = await asyncio.to_thread(table.due, datetime.now(UTC))
        stored = [await self.sender.send(STORIES, one.article_id, one.value(), wire.fresh(self.name)) for one in told]
        await asyncio.gather(*stored)
        table.confirmed(told)
        self.metrics.side_records.inc(len(told))


def make(service: Service, settings: StoriesSettings) -> Handler:
    """The handler of one replica."""
    return StoriesHandler(service, settings)
