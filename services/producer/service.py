"""A folder as a feed: every file that appears there is published once it is whole (see inbox.py).

Which files were published is remembered below home (see memory.py): a file that is replaced is published again. A file that cannot be
read to its end is named and set aside until it changes; the others go on. Killed in the middle of a file, it goes on there.
"""

from __future__ import annotations

import asyncio

from copydesk.services.producer.files import FilePublisher
from copydesk.services.producer.inbox import FileState, Inbox
from copydesk.services.producer.memory import Memory
from copydesk.services.producer.settings import ProducerSettings
from copydesk.shared.admin import create_topics
from copydesk.shared.arrivals import Arrival
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import BROKEN, Reading
from copydesk.shared.kafka import Sender
from copydesk.shared.runner import process
from copydesk.shared.runner.diary import Diary
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
        self.inbox = Inbox(settings.producer_inbox, logger().warning)
        self.memory = Memory(settings.home / "run" / "published.sqlite")
        reading = Reading(source=settings.producer_source, addresses=True, tell=logger().warning)
        self.publisher = FilePublisher(self.sender, self.memory, reading, settings.raw_limit)
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
            self.memory.close()

    async def _watch(self) -> None:
        if not self.settings.producer_inbox.exists():
            if not self.settings.producer_watch:
                raise CopydeskError(f"{self.settings.producer_inbox}: no such file or folder", "set COPYDESK_PRODUCER_INBOX")
            logger().info("nothing to publish yet", inbox=str(self.settings.producer_inbox))
        diary = Diary(self.metrics)
        while not self._stop.is_set():
            whole, waiting = self.inbox.look()
            for name, state in whole.items():
                if not self.memory.knows(name, state) and not self._stop.is_set():
                    await self._publish(name, state)
            if not self.settings.producer_watch and not waiting:
                return
            diary.note(self._started, waiting)
            try:
                await asyncio.wait_for(self._stop.wait(), self.settings.producer_poll_s)
            except TimeoutError:
                continue

    async def _publish(self, name: str, state: FileState) -> None:
        tally = self.publisher.tally
        sent, refused, broken = tally.sent, tally.refusals.total(), tally.refusals[BROKEN]
        await self.publisher.publish([(name, state)], self._refused)
        sent, refused, broken = tally.sent - sent, tally.refusals.total() - refused, tally.refusals[BROKEN] - broken
        self.metrics.records_in.inc(sent + refused)
        self.metrics.records_out.inc(sent)
        logger().info("set aside until it changes" if broken else "published", file=name, sent=sent, refused=refused)

    def _refused(self, arrival: Arrival, rejected: Rejected) -> None:
        self.metrics.rejected(rejected.reason)
        logger().warning("refused", record=arrival.name, reason=rejected.reason, detail=rejected.detail)
