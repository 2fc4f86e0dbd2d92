"""The new index beside the old one: segments of what articles.cleaned has, on a topic of their own, on from where the last run stopped.

A batch goes: 1. its segments are sent, 2. the brokers confirm them, 3. the place is committed to a group that nobody else is in. Killed before 3,
the batch is put in again, which changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiokafka

from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.console.replaying.stretch import batches
from copydesk.services.deduplicator.rebuilding import IndexBuilder
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.shared.confirmed import closed
from copydesk.shared.envelope import Payload
from copydesk.shared.kafka import Message, Positions, Sender, client_options, consume, positions, producer, start, within
from copydesk.shared.lag import lag_of
from copydesk.shared.settings import Settings, load
from copydesk.shared.topics import CLEANED, NEXT_SEGMENTS
from copydesk.shared.topology import BY_NAME, group_of

GROUP = group_of("reshard")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where on articles.cleaned the window of the index begins, and whether records since then are deleted already."""

    starts: Positions
    is_whole: bool


async def beginning(settings: Settings) -> Beginning:
    """Raises CopydeskError for wrong settings of the deduplicator, UnavailableError when no broker answers or the topic is missing."""
    rule = load(DeduplicatorSettings)
    since = datetime.now(UTC) - timedelta(days=rule.dedup_window_days + rule.dedup_late_days)
    starts = await positions(settings, (CLEANED,), since)
    first = await positions(settings, (CLEANED,), "beginning")
    return Beginning(starts, all(first[place] == 0 or first[place] < starts[place] for place in starts))


async def done_by_the_deduplicator(settings: Settings) -> dict[tuple[str, int], int]:
    """Up to where its group has committed articles.cleaned: what lies there is in the old index."""
    return {place: committed for place, (committed, _) in (await lag_of(settings, BY_NAME["deduplicator"])).items()}


@dataclass
class IndexBuilding:
    """One run: what is put in goes to the changelogs of the new shards."""

    settings: Settings
    builder: IndexBuilder
    sender: Sender
    reached: dict[tuple[str, int], int]
    group: Any
    articles: int = 0

    def left(self, ends: Positions) -> int:
        """Records to put in before these offsets."""
        return sum(max(0, end - self.reached.get(place, 0)) for place, end in ends.items())

    async def until(self, ends: Positions) -> None:
        """Put in what lies before these offsets."""
        with ProgressBar("making the index", self.left(ends)) as progress:
            done = 0
            async with aclosing(consume(self.settings, (CLEANED,), since=self.reached, follow=False, until=ends)) as messages:
                async for batch in batches(messages):
                    await self._put_in(batch)
                    done += len(batch)
                    progress.reached(done, done, 0)
        await self.reach({place: max(end, self.reached.get(place, 0)) for place, end in ends.items()})

    async def reach(self, places: Positions) -> None:
        """Remember that what lies before these offsets is put in."""
        self.reached |= places
        async with within(self.settings):
            await self.group.commit({aiokafka.TopicPartition(*place): offset for place, offset in places.items()})

    async def _put_in(self, batch: Sequence[Message]) -> None:
        segments = await self.builder.segments([Payload(message.value or b"", message.timestamp_ms) for message in batch])
        queued = [await self.sender.send(NEXT_SEGMENTS, one.key, one.value, partition=one.shard) for one in segments]
        await asyncio.gather(*queued)
        self.articles += len(batch)
        await self.reach({(message.topic, message.partition): message.offset + 1 for message in batch})


@asynccontextmanager
async def building(settings: Settings, shards: int, starts: Positions | None) -> AsyncIterator[IndexBuilding]:
    """A run from these offsets on; where there are none, from where the last one stopped."""
    group = aiokafka.AIOKafkaConsumer(**client_options(settings), group_id=GROUP, enable_auto_commit=False)
    try:
        await start(group, settings)
        async with producer(settings) as sender:
            partitions = await sender.partitions(CLEANED)
            group.assign([aiokafka.TopicPartition(CLEANED.name, number) for number in range(partitions)])
            async with within(settings):
                reached = {(place.topic, place.partition): await group.committed(place) or 0 for place in group.assignment()}
            run = IndexBuilding(settings, IndexBuilder(load(DeduplicatorSettings), shards), sender, reached, group)
            if starts is not None:
                await run.reach(starts)
            yield run
    finally:
        await closed(group.stop())
