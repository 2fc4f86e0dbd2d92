"""Records that were taken back: no stage and no sink passes them on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from copydesk.shared.kafka import Message
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.following import TopicFollower
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import CORRECTIONS, RETRACTIONS, STORIES, named


class Withholding:
    """Follows articles.retractions: all of it before the first record, then as it comes."""

    def __init__(self, settings: ServiceSettings, metrics: Metrics) -> None:
        self.standing = StandingRetractions()
        self._follower = TopicFollower(self.standing, settings, metrics)

    async def start(self) -> None:
        await self._follower.start()

    async def stop(self) -> None:
        await self._follower.stop()

    async def admitted(self, messages: Sequence[Message], delivery: Delivery) -> list[Message]:
        """Those that were not taken back. Of each of the others a letter says so, except of corrections and of what tells of stories."""
        retractions = await self._sorted_out(messages)
        for message, retraction in zip(messages, retractions, strict=True):
            if retraction is not None and message.topic not in (CORRECTIONS.name, STORIES.name):
                delivery.withhold(message, retraction)
        return [message for message, retraction in zip(messages, retractions, strict=True) if retraction is None]

    async def _sorted_out(self, messages: Sequence[Message]) -> list[Retraction | None]:
        """For each message what takes it back. Costs nothing while nothing is taken back, and a look at each value then.

        Before any is withheld all is read that was said by now: what was restored and sent again has to pass.
        """
        found = await self._look(messages)
        if any(found):
            await self._follower.catch_up()
            found = await self._look(messages)
        return found

    async def _look(self, messages: Sequence[Message]) -> list[Retraction | None]:
        if not len(self.standing):
            return [None] * len(messages)
        return await asyncio.to_thread(lambda: [self._of(message) for message in messages])

    def _of(self, message: Message) -> Retraction | None:
        if message.topic == RETRACTIONS.name:
            return None
        return self.standing.of_record(named(message.topic), message.value or b"", message.timestamp_ms)
