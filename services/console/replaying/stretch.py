"""The part of the log that a replay goes over: what a person asks for, and where on the topic it lies."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import orjson

from copydesk.shared.kafka import Message, consume, positions
from copydesk.shared.settings import Settings
from copydesk.shared.subscribing.points_in_time import point_in_time
from copydesk.shared.topics import Partition, Topic
from copydesk.shared.topology import BY_NAME

Offsets = Mapping[Partition, int]
BATCH = 64
BATCH_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class LogRequest:
    """What a person asks for, in his words: they tell one replay from another."""

    stage: str
    since: str
    until: str | None = None
    source: str | None = None
    where: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return orjson.dumps(asdict(self)).decode()

    @property
    def topic(self) -> Topic:
        """What the stage reads."""
        return BY_NAME[self.stage].reads[0]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a topic's log, by partition: from which offset on, and before which one. `since_ms` is the time that the first were found by."""

    since_ms: int
    starts: Offsets
    ends: Offsets

    @property
    def since(self) -> datetime:
        return datetime.fromtimestamp(self.since_ms / 1000, UTC)

    def left(self, reached: Offsets) -> int:
        """How many offsets there are from these on."""
        return sum(max(0, end - reached.get(partition, end)) for partition, end in self.ends.items())


async def found(asked: LogRequest, settings: Settings) -> Stretch:
    """By the brokers' index of time; it ends now where no end is told. Raises as `positions` does."""
    since = point_in_time(asked.since)
    starts = await positions(settings, (asked.topic,), since)
    ends = await positions(settings, (asked.topic,), point_in_time(asked.until) if asked.until else None)
    return Stretch(int(since.timestamp() * 1000), starts, ends)


def read(settings: Settings, topic: Topic, stretch: Stretch, reached: Offsets) -> AsyncGenerator[Message, None]:
    """Its records from where it is done to its end. Raises as `consume` does."""
    return consume(settings, (topic,), since=reached, follow=False, until=stretch.ends)


async def batches(messages: AsyncIterator[Message], limit: int | None = None) -> AsyncIterator[Sequence[Message]]:
    """Messages in their order, so many together as are sent and confirmed at once; at most `limit` of them."""
    batch: list[Message] = []
    size = count = 0
    async for message in messages:
        batch.append(message)
        size, count = size + len(message.value or b""), count + 1
        if len(batch) == BATCH or size >= BATCH_BYTES or count == limit:
            yield batch
            batch, size = [], 0
        if count == limit:
            return
    if batch:
        yield batch
