"""A compacted topic that a stage keeps up with: all of it before the first record, then whatever comes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from copydesk.shared.kafka import Message, Since, consume
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import LONGEST_PAUSE_S, persist
from copydesk.shared.settings import ServiceSettings


class TopicFollower:
    """Feeds `stage.learned` from `stage.follows` (see `copydesk.shared.stage.Following`)."""

    def __init__(self, stage: Any, settings: ServiceSettings, metrics: Metrics) -> None:
        self.stage, self.settings, self.metrics = stage, settings, metrics
        self._task: asyncio.Task[None] | None = None
        self._next: dict[int, int] = {}

    async def start(self) -> None:
        """Read what there is. Waits for brokers that do not answer, and for a topic that they do not have or know yet."""
        await persist(self.catch_up, self.settings, self.metrics.retried.inc)
        self._task = asyncio.create_task(self._keep_up())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def catch_up(self) -> None:
        """Read to where the topic ends now."""
        await self._read(follow=False)

    async def _read(self, follow: bool) -> None:
        read = {(self.stage.follows.name, partition): offset for partition, offset in self._next.items()}
        since: Since = read or "beginning"
        async for message in consume(self.settings, [self.stage.follows], since=since, follow=follow):
            if message.offset >= self._next.get(message.partition, 0):
                self._next[message.partition] = message.offset + 1
                self._learn(message)

    def _learn(self, message: Message) -> None:
        """Take over an entry. One that is no good costs itself: the last good one under its key stays."""
        key = (message.key or b"").decode("utf-8", "replace")
        try:
            self.stage.learned(key, message.value)
        except Exception as error:  # whatever a stage makes of what anyone may have written there
            note_unusable(self.metrics, message, error)

    async def _keep_up(self) -> None:
        while True:
            try:
                await self._read(follow=True)
            except Exception as error:
                logger().warning("cannot follow a topic at present", topic=self.stage.follows.name, error=repr(error))
            await asyncio.sleep(LONGEST_PAUSE_S / 4)


def note_unusable(metrics: Metrics, record: Any, error: Exception) -> None:
    """Count and log an entry of a compacted topic, as a `Message` or as aiokafka gives it, that is left out."""
    metrics.unusable.inc()
    key = (record.key or b"").decode("utf-8", "replace")
    logger().error("an entry that cannot be used, the last good one stays", topic=record.topic, partition=record.partition,
                   offset=record.offset, key=key[:100], error=repr(error)[:300])  # fmt: skip
