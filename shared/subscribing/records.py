"""`copydesk subscribe`: records as they come, filtered, with verdicts completed by corrections."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

import orjson

from copydesk.shared.edge import admitted, fact, json_object
from copydesk.shared.kafka import Message, Since
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED, ENRICHED, Topic
from copydesk.shared.topology import RECORDS, short

TOPICS = {short(topic): topic for topic in RECORDS}
MADE = (CLEANED, DEDUPLICATED, ENRICHED)  # by stages
EARLIER = timedelta(hours=1)  # a correction may come before its article: how far back they are read


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read, from when, and how much. `follow` goes on after what is there now."""

    topic: Topic = ENRICHED
    since: Since = None
    follow: bool = True
    limit: int | None = None
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class SubscribedRecord:
    """Something to show. A correction is a record that was shown before, with its verdict as it is now."""

    kind: Literal["record", "correction", "unreadable"]
    value: bytes
    record: Mapping[str, Any]


class Reader(Protocol):
    """Reads topics as `copydesk.shared.kafka.consume` does."""

    def __call__(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]: ...


async def subscribe(read: Reader, wanted: Wanted) -> AsyncIterator[SubscribedRecord]:
    """Yield what is wanted until the limit; without one, and with `follow`, for ever. Raises what reading raises."""
    verdicts = await _earlier(read, wanted.since) if wanted.topic is ENRICHED else Verdicts()
    topics = (ENRICHED, CORRECTIONS) if wanted.topic is ENRICHED else (wanted.topic,)
    left = wanted.limit
    async with aclosing(read(topics, since=wanted.since, follow=wanted.follow)) as messages:
        while left != 0 and (message := await anext(messages, None)) is not None:
            seen = _correct(message, verdicts) if message.topic != wanted.topic.name else _read(message, wanted, verdicts)
            if seen is not None:
                left = left - 1 if left is not None and seen.kind == "record" else left
                yield seen


async def _earlier(read: Reader, since: Since) -> Verdicts:
    """Verdicts that know the corrections written by now, so that records of the past are complete when they are shown."""
    verdicts = Verdicts()
    start: Since = (since or datetime.now(UTC)) - EARLIER if since is None or isinstance(since, datetime) else "beginning"
    async with aclosing(read((CORRECTIONS,), since=start, follow=False)) as messages:
        async for message in messages:
            _correct(message, verdicts)
    return verdicts


def _correct(message: Message, verdicts: Verdicts) -> SubscribedRecord | None:
    found = fact(message.value or b"")
    if isinstance(found, Rejected):
        return _unreadable(message)
    changed = verdicts.take(found)
    if changed is None:
        return None
    verdicts.shown(changed)
    return SubscribedRecord("correction", orjson.dumps(changed), changed)


def _read(message: Message, wanted: Wanted, verdicts: Verdicts) -> SubscribedRecord | None:
    value = message.value or b""
    record = admitted(value, wanted.topic, message.timestamp_ms) if wanted.topic in MADE else json_object(value)
    if isinstance(record, Rejected):
        return _unreadable(message)
    whole = verdicts.complete(record)
    try:
        if not wanted.filter.admits(whole):
            return None
    except (ValueError, TypeError, KeyError, AttributeError):  # a raw record says what it likes
        return _unreadable(message)
    verdicts.shown(whole)
    return SubscribedRecord("record", value if whole is record else orjson.dumps(whole), whole)


def _unreadable(message: Message) -> SubscribedRecord:
    return SubscribedRecord("unreadable", message.value or b"", {"topic": message.topic, "partition": message.partition, "offset": message.offset})
