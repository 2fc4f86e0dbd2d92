"""A Stage on Kafka."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol

from copydesk.shared.computing import Computing
from copydesk.shared.deadletters import Cause
from copydesk.shared.envelope import Passed, Payload, Result
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.following import TopicFollower
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.schema import of_known_schema
from copydesk.shared.runner.tracing import tracing
from copydesk.shared.runner.withholding import Withholding
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import Topic
from copydesk.shared.workers.pool import StagePool


class Startable(Protocol):
    """What runs beside a stage, such as an asker."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


def in_workers(factory: str, settings: ServiceSettings, metrics: Metrics) -> StagePool:
    """The stage that `factory` ("module:function") makes, loaded, in as many worker processes as the settings say."""

    def unlearned(key: str, error: str) -> None:
        metrics.unusable.inc()
        logger().error("an entry that cannot be used, the last good one stays", key=key[:100], error=error[:300])

    pool = StagePool.of(factory, settings, settings.workers, unlearned)
    pool.died = metrics.worker_died
    return pool.open()


class StageHandler:
    """Runs batches through the stage, away from the event loop, so that heartbeats go on, and delivers what comes out."""

    def __init__(self, stage: Computing, settings: ServiceSettings, metrics: Metrics, sender: Sender, needs: Sequence[Startable] = ()) -> None:
        self.stage, self.settings, self.metrics, self.sender = stage, settings, metrics, sender
        self.name = stage.name
        self.sources: tuple[Topic, ...] = (stage.source,)
        self.withholding = Withholding(settings, metrics)
        self.tracing = tracing(settings, stage.name)
        self._needs = [*needs, self.withholding, *([TopicFollower(stage, settings, metrics)] if stage.follows else [])]

    @property
    def computed(self) -> int:
        return self.stage.computed

    @property
    def pace_s(self) -> float:
        return self.stage.pace_s

    async def start(self) -> None:
        for need in self._needs:
            await need.start()

    async def stop(self) -> None:
        for need in self._needs:
            await need.stop()
        await asyncio.to_thread(self.stage.close)
        if self.tracing is not None:
            await asyncio.to_thread(self.tracing.close)

    async def handle(self, messages: Sequence[Message]) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics, self.tracing)
        messages = await self.withholding.admitted(of_known_schema(messages, delivery), delivery)  # of the others nothing is computed
        results = await self.stage.apply([Payload(message.value or b"", message.timestamp_ms) for message in messages]) if messages else []
        for message, result in zip(messages, results, strict=True):
            self._deliver(delivery, message, result)
        await delivery.confirm()
        for message, result in zip(messages, results, strict=True):
            delivery.finished(message, "passed" if isinstance(result, Passed) else result.reason)
            self.metrics.of_stage(result.counts if isinstance(result, Passed) else {})

    def _deliver(self, delivery: Delivery, message: Message, result: Result) -> None:
        if isinstance(result, Passed):
            delivery.forward(self.stage.target, message, result.article_id, result.value)
            for record in result.side:
                delivery.side(message, record)
        else:
            delivery.bury(message, Cause(self.name, result.reason, result.detail, result.traceback))

    async def check(self) -> None:
        """What fails here is no record's fault: the stage has judged its records already."""
        raise RuntimeError("the handler of the stage fails")

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        delivery.bury(message, cause)
        await delivery.confirm()
