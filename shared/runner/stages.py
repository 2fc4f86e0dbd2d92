"""A Stage on Kafka."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from copydesk.shared.deadletters import Cause
from copydesk.shared.envelope import Passed, Payload, Result, apply
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.following import Follower
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Stage
from copydesk.shared.topics import Topic


class Startable(Protocol):
    """What runs beside a stage, such as an asker."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class StageHandler:
    """Runs batches through the stage in a worker thread, so that heartbeats go on, and delivers what comes out."""

    def __init__(self, stage: Stage, settings: ServiceSettings, metrics: Metrics, sender: Sender, needs: Sequence[Startable] = ()) -> None:
        self.stage, self.settings, self.metrics, self.sender = stage, settings, metrics, sender
        self.name = stage.name
        self.sources: tuple[Topic, ...] = (stage.source,)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=stage.name)
        self._needs = [*needs, *([Follower(stage, settings, metrics)] if hasattr(stage, "follows") else [])]

    async def start(self) -> None:
        for need in self._needs:
            await need.start()

    async def stop(self) -> None:
        for need in self._needs:
            await need.stop()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def handle(self, messages: Sequence[Message]) -> None:
        results = await apply(self.stage, [Payload(message.value or b"", message.timestamp_ms) for message in messages], self._executor)
        delivery = Delivery(self.name, self.sender, self.metrics)
        for message, result in zip(messages, results, strict=True):
            await self._deliver(delivery, message, result)
        await delivery.confirm()
        for message in messages:
            delivery.finished(message)

    async def _deliver(self, delivery: Delivery, message: Message, result: Result) -> None:
        if isinstance(result, Passed):
            await delivery.forward(self.stage.target, message, result.article_id, result.value)
            for record in result.side:
                await delivery.side(message, record)
        else:
            await delivery.bury(message, Cause(self.name, result.reason, result.detail))

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        await delivery.bury(message, cause)
        await delivery.confirm()
