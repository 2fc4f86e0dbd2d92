"""What a handler writes: records onward and dead letters, each awaited before the source event is acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from copydesk.shared import headers as wire
from copydesk.shared.deadletters import Cause, key_of, letters
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.stage import SideRecord
from copydesk.shared.topics import DEADLETTERS, Topic


class Delivery:
    """The sends of one batch. `confirm` returns once the broker has stored every one of them, and raises if it has not."""

    def __init__(self, name: str, sender: Sender, metrics: Metrics) -> None:
        self.name, self.sender, self.metrics = name, sender, metrics
        self._stored: list[Awaitable[Any]] = []
        self._counts: list[Any] = []

    async def forward(self, topic: Topic, message: Message, article_id: str, value: bytes) -> None:
        """Send what became of a message; a value beyond the topic's limit becomes a dead letter of the message."""
        onward = wire.onward(message.headers, self.name, message.timestamp_ms)
        try:
            self._stored.append(await self.sender.send(topic, key_of(message, article_id), value, onward))
        except CopydeskError as error:
            await self.bury(message, Cause(self.name, "too_large", str(error)))
            return
        self._counts.append(self.metrics.records_out.inc)

    async def side(self, message: Message, record: SideRecord) -> None:
        onward = wire.onward(message.headers, self.name, message.timestamp_ms)
        self._stored.append(await self.sender.send(record.topic, record.key, record.part.model_dump_json(exclude_none=True).encode(), onward))
        self._counts.append(self.metrics.side_records.inc)

    async def bury(self, message: Message, cause: Cause) -> None:
        """Send the message to the dead letters."""
        logger().warning("rejected", reason=cause.reason, detail=cause.detail[:300], article_id=(message.key or b"").decode("utf-8", "replace")[:64],
                         topic=message.topic, partition=message.partition, offset=message.offset)  # fmt: skip
        onward = wire.onward(message.headers, self.name, message.timestamp_ms)
        for letter in letters(message, cause, self.sender.settings.raw_limit):
            self._stored.append(await self.sender.send(DEADLETTERS, key_of(message), letter, onward))
        self._counts.append(lambda: self.metrics.rejected(cause.reason))

    async def confirm(self) -> None:
        """Wait for all of it. Counted only here, so that a batch that is tried again is not counted twice."""
        stored, self._stored = self._stored, []
        results = await asyncio.gather(*stored, return_exceptions=True)
        failed = next((result for result in results if isinstance(result, BaseException)), None)
        if failed is not None:
            raise failed
        for count in self._counts:
            count()

    def finished(self, message: Message) -> None:
        """Observe how long a record took since it entered the log."""
        start = int(message.headers.get(wire.INGESTED_MS, message.timestamp_ms))
        self.metrics.latency_seconds.observe(max(0.0, time.time() - start / 1000))
