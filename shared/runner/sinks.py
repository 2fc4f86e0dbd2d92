"""A Sink on Kafka: writes are committed at their destination before the offset is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import Topic, named


class Sink(Protocol):
    """Where enriched records and corrections end. All calls come from one thread; `write` is durable when it returns."""

    name: str
    sources: tuple[Topic, ...]

    def open(self) -> None: ...

    def write(self, records: Sequence[Written]) -> Sequence[Rejected | None]: ...

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails: then the code or the place is broken, not a record."""

    def close(self) -> None: ...


class SinkHandler:
    """Writes batches in a worker thread."""

    def __init__(self, sink: Sink, settings: ServiceSettings, metrics: Metrics, sender: Sender) -> None:
        self.sink, self.settings, self.metrics, self.sender = sink, settings, metrics, sender
        self.name, self.sources = sink.name, sink.sources
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=sink.name)

    async def start(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, self.sink.open)

    async def stop(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, self.sink.close)
        self._executor.shutdown(wait=False)

    async def handle(self, messages: Sequence[Message]) -> None:
        records = [Written(named(message.topic), message.value or b"", message.timestamp_ms) for message in messages]
        outcomes = await asyncio.get_running_loop().run_in_executor(self._executor, self.sink.write, records)
        delivery = Delivery(self.name, self.sender, self.metrics)
        for message, rejected in zip(messages, outcomes, strict=True):
            if rejected:
                await delivery.bury(message, Cause(self.name, rejected.reason, rejected.detail))
        await delivery.confirm()
        for message, rejected in zip(messages, outcomes, strict=True):
            if not rejected:
                self.metrics.records_out.inc()
                delivery.finished(message)

    @property
    def computed(self) -> int:
        return 0  # a batch is one transaction: nothing of it is done before all of it is

    async def check(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, self.sink.check)

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        await delivery.bury(message, cause)
        await delivery.confirm()
