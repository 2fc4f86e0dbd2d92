"""A compacted topic that a stage keeps up with: all of it before the first record, then whatever comes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from copydesk.shared.kafka import consume
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.policy import LONGEST_PAUSE_S
from copydesk.shared.settings import Settings


class Follower:
    """Feeds `stage.learned` from `stage.follows` (see `copydesk.shared.stage.Following`)."""

    def __init__(self, stage: Any, settings: Settings) -> None:
        self.stage, self.settings = stage, settings
        self._task: asyncio.Task[None] | None = None
        self._next: dict[int, int] = {}

    async def start(self) -> None:
        await self._read(follow=False)
        self._task = asyncio.create_task(self._keep_up())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _read(self, follow: bool) -> None:
        async for message in consume(self.settings, [self.stage.follows], since="beginning", follow=follow):
            if message.offset >= self._next.get(message.partition, 0):
                self._next[message.partition] = message.offset + 1
                self.stage.learned((message.key or b"").decode(), message.value)

    async def _keep_up(self) -> None:
        while True:
            try:
                await self._read(follow=True)
            except Exception as error:
                logger().warning("cannot follow a topic at present", topic=self.stage.follows.name, error=repr(error))
            await asyncio.sleep(LONGEST_PAUSE_S / 4)
