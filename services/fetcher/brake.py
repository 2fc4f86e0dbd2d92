"""The pipeline's lag: the fetcher pauses while the stages behind it have too much before them, so that a slow tagger slows the fetching."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

from aiokafka.errors import KafkaError

from copydesk.shared.errors import CopydeskError
from copydesk.shared.lag import lags
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import Settings
from copydesk.shared.topology import STAGES

EVERY_S = 3.0


class LagBrake:
    """Looks at the lag of every stage once in a while. `on` while any has more than `most` records before it; never where `most` is 0."""

    def __init__(self, settings: Settings, most: int) -> None:
        self._settings, self._most = settings, most
        self.on = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        if self._most:
            self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self) -> None:
        while True:
            with contextlib.suppress(CopydeskError, KafkaError, OSError, TimeoutError):  # the brokers are gone: nothing can be sent anyway
                self.look_at(await lags(self._settings))
            await asyncio.sleep(EVERY_S)

    def look_at(self, found: Mapping[str, int]) -> None:
        """Take the lag of every service, by name: `on` or not from here on."""
        slowest, lag = max(((stage.name, found[stage.name]) for stage in STAGES.values()), key=lambda pair: pair[1])
        if (lag > self._most) != self.on:
            self.on = lag > self._most
            logger().info("paused: the pipeline is behind" if self.on else "going on: the pipeline has caught up", slowest=slowest, lag=lag)
