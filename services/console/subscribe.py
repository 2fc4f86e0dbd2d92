"""`copydesk subscribe`: records as they come, filtered, with verdicts completed by corrections."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

import orjson

from copydesk.services.console.filters import Filter
from copydesk.services.console.verdicts import Verdicts
from copydesk.shared.kafka import Message, Since
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.topics import CORRECTIONS, ENRICHED, Topic
from copydesk.shared.topology import RECORDS, short

TOPICS = {short(topic): topic for topic in RECORDS}
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
class Seen:
    """Something to show. A correction is a record that was shown before, with its verdict as it is now."""

    kind: Literal["record", "correction", "unreadable"]
    value: bytes
    record: Mapping[str, Any]


class Reader(Protocol):
    """Reads topics as `copydesk.shared.kafka.consume` does."""

    def __call__(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]: ...


async def subscribe(read: Reader, wanted: Wanted) -> AsyncIterator[Seen]:
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


def _correct(message: Message, verdicts: Verdicts) -> Seen | None:
    try:
        changed = verdicts.take(PairFact.model_validate_json(message.value or b""))
    except ValueError:
        return _unreadable(message)
    if changed is None:
        return None
    verdicts.shown(changed)
    return Seen("correction", orjson.dumps(changed), changed)


def _read(message: Message, wanted: Wanted, verdicts: Verdicts) -> Seen | None:
    value = message.value or b""
    try:
        record: Mapping[str, Any] = orjson.loads(value)
        whole = verdicts.complete(record)
        if not wanted.filter.admits(whole):
            return None
    except (ValueError, TypeError, KeyError, AttributeError):  # someone else's record: no object, or not of the contract
        return _unreadable(message)
    verdicts.shown(whole)
    return Seen("record", value if whole is record else orjson.dumps(whole), whole)


def _unreadable(message: Message) -> Seen:
    return Seen("unreadable", message.value or b"", {"topic": message.topic, "partition": message.partition, "offset": message.offset})
