"""A folder as a feed: every file that appears there is published once it is at rest.

Which files were published is remembered below home, by name, size and time of change: a file that is replaced is
published again. Being killed in the middle of a file publishes it again from its start, which changes nothing downstream.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import orjson

from copydesk.services.producer.publish import publish
from copydesk.services.producer.settings import ProducerSettings
from copydesk.shared.admin import create_topics
from copydesk.shared.arrivals import Arrival, batches
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Reading, expand, read
from copydesk.shared.kafka import Sender
from copydesk.shared.runner import process
from copydesk.shared.runner.http import Http
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.stage import Rejected


class Producer:
    """The process: publish what is there, then watch."""

    def __init__(self, settings: ProducerSettings) -> None:
        self.settings = settings
        self.metrics = Metrics("producer")
        self.metrics.restarts.set(settings.restarts)
        self.http = Http(self.metrics, settings, live=lambda: True, ready=lambda: self._started)
        self.sender = Sender(settings)
        self._memory = settings.home / "run" / "published.json"
        self._published: dict[str, list[int]] = _remembered(self._memory)
        self._started = False
        self._stop = process.stop_signal()

    async def run(self) -> int:
        """Serve until a signal, or until all is published when it does not watch. Exit code."""
        await self.http.start()
        try:
            await create_topics(self.settings)
            await self.sender.start()
            self._started = True
            await self._watch()
            return 0
        finally:
            await self.sender.stop()
            await self.http.stop()

    async def _watch(self) -> None:
        while not self._stop.is_set():
            for name, state in self._fresh().items():
                await self._publish(name)
                self._remember(name, state)
            if not self.settings.producer_watch:
                return
            try:
                await asyncio.wait_for(self._stop.wait(), self.settings.producer_poll_s)
            except TimeoutError:
                continue

    def _fresh(self) -> dict[str, list[int]]:
        """Files that were not published as they are now."""
        try:
            names = expand([str(self.settings.producer_inbox)])
        except CopydeskError as error:
            if not self.settings.producer_watch:
                raise
            logger().info("nothing to publish yet", detail=str(error))
            return {}
        states = {name: _state(Path(name)) for name in names}
        return {name: state for name, state in states.items() if self._published.get(name) != state}

    async def _publish(self, name: str) -> None:
        items = batches(read([name], Reading(source=self.settings.producer_source)))
        tally = await publish(items, self.sender, self.settings.raw_limit, self._refused)
        self.metrics.records_in.inc(tally.sent + tally.refusals.total())
        self.metrics.records_out.inc(tally.sent)
        logger().info("published", file=name, sent=tally.sent, refused=tally.refusals.total())

    def _refused(self, arrival: Arrival, rejected: Rejected) -> None:
        self.metrics.rejected(rejected.reason)
        logger().warning("refused", record=arrival.name, reason=rejected.reason, detail=rejected.detail)

    def _remember(self, name: str, state: list[int]) -> None:
        self._published[name] = state
        self._memory.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._memory.with_suffix(".new")
        fresh.write_bytes(orjson.dumps(self._published))
        fresh.replace(self._memory)


def _state(path: Path) -> list[int]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def _remembered(memory: Path) -> dict[str, list[int]]:
    try:
        found: dict[str, list[int]] = orjson.loads(memory.read_bytes())
    except FileNotFoundError:
        return {}
    return found
