"""A Sink on Kafka: writes are committed at their destination before the offset is."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar, runtime_checkable

from copydesk.shared.deadletters import Cause
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import pause_s
from copydesk.shared.runner.schema import of_known_schema
from copydesk.shared.runner.tracing import tracing
from copydesk.shared.runner.withholding import Withholding
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import RETRACTIONS, Topic, named

T = TypeVar("T")
TIDY_S = 30.0  # between two looks for what may be deleted


class Sink(Protocol):
    """Where enriched records and corrections end. All calls come from one thread; `write` is durable when it returns."""

    name: str
    sources: tuple[Topic, ...]

    def open(self) -> None:
        """Make the place ready. Raises UnavailableError while it does not answer: then it is asked again."""

    def write(self, records: Sequence[Written]) -> Sequence[Rejected | None]:
        """One answer for each record, in order, None where it is stored. Raises UnavailableError while the place takes nothing."""

    def check(self) -> None:
        """Write a record known to be good and take it back. Raises what fails: then the code or the place is broken, not a record."""

    def close(self) -> None: ...


@runtime_checkable
class Tidying(Protocol):
    """A sink that deletes what is too old, or mends what is there, a little at each call between batches: how much, 0 where nothing is left to do."""

    def tidy(self) -> int: ...


@runtime_checkable
class Remembering(Protocol):
    """A sink that keeps what was said in retractions, and goes by it in the transaction of each batch."""

    remembers_retractions: bool


class SinkHandler:
    """Writes batches in a worker thread."""

    def __init__(self, sink: Sink, settings: ServiceSettings, metrics: Metrics, sender: Sender) -> None:
        self.sink, self.settings, self.metrics, self.sender = sink, settings, metrics, sender
        self.name, self.sources = sink.name, sink.sources
        self.withholding = Withholding(settings, metrics)
        self.tracing = tracing(settings, sink.name)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=sink.name)
        self.is_open = False
        self._beside: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Open the sink. One whose place is not there yet is not ready until it is; batches that come meanwhile wait for it."""
        await self.withholding.start()
        if not await self._opened():
            self._beside.append(asyncio.create_task(self._keep_opening()))
        if isinstance(self.sink, Tidying):
            self._beside.append(asyncio.create_task(self._keep_tidy(self.sink)))

    async def stop(self) -> None:
        for task in self._beside:
            task.cancel()
        await self.withholding.stop()
        await self._run(self.sink.close)
        if self.tracing is not None:
            await asyncio.to_thread(self.tracing.close)
        self._executor.shutdown(wait=False)

    async def handle(self, messages: Sequence[Message]) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics, self.tracing)
        messages = await self.withholding.admitted(of_known_schema(messages, delivery), delivery)
        outcomes = await self._run(self._write, [_written(message) for message in messages])
        for message, rejected in zip(messages, outcomes, strict=True):
            if rejected:
                delivery.bury(message, Cause(self.name, rejected.reason, rejected.detail))
        await delivery.confirm()
        for message, rejected in zip(messages, outcomes, strict=True):
            if rejected:
                delivery.traced(message, rejected.reason)
            else:
                self.metrics.records_out.inc()
                delivery.finished(message)

    def _said(self, records: Sequence[Written]) -> list[Written]:
        """What was said of the batch's articles, for a sink that remembers it: its own partition of that may lag behind."""
        if not isinstance(self.sink, Remembering):
            return []
        said = {one.key: one for record in records if record.topic is not RETRACTIONS for one in self.withholding.standing.said_of_record(*record)}
        return [Written(RETRACTIONS, one.value()) for one in said.values()]

    async def _keep_opening(self) -> None:
        """Until it is open: by this, or by a batch."""
        for attempt in itertools.count():
            await asyncio.sleep(pause_s(attempt, self.settings.retry_base_s))
            if await self._opened():
                return

    async def _opened(self) -> bool:
        try:
            await self._run(self._open)
        except UnavailableError as error:
            logger().warning("the place of the sink does not answer yet", error=repr(error))
        return self.is_open

    async def _keep_tidy(self, sink: Tidying) -> None:
        """Small steps in the thread of the batches, so that one may come between any two."""
        while True:
            try:
                while tidied := await self._run(sink.tidy):
                    logger().info("tidied up: what is too old was deleted, or what an earlier version wrote brought up to date", count=tidied)
            except Exception as error:  # whatever it is, it must not be the last look
                logger().warning("cannot tidy up now", error=repr(error))
            await asyncio.sleep(TIDY_S)

    def _open(self) -> None:
        if not self.is_open:
            self.sink.open()
            self.is_open = True

    def _write(self, records: Sequence[Written]) -> Sequence[Rejected | None]:
        self._open()
        said = self._said(records)
        return self.sink.write([*said, *records])[len(said) :]

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work, *arguments)

    @property
    def computed(self) -> int:
        return 0  # a batch is one transaction: nothing of it is done before all of it is

    @property
    def pace_s(self) -> float:
        return 0.0

    async def check(self) -> None:
        await self._run(self.sink.check)

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        delivery.bury(message, cause)
        await delivery.confirm()


def _written(message: Message) -> Written:
    return Written(named(message.topic), message.value or b"", message.timestamp_ms)
