"""`copydesk subscribe`: records as they come, filtered, with verdicts completed by corrections; what is taken back is not shown."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

import orjson

from copydesk.shared.edge import admitted, fact, json_object, retraction, story_told
from copydesk.shared.kafka import Message, Since
from copydesk.shared.newer import newer_schema
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.subscribing.stories import FollowedStory
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW, RETRACTIONS, STORIES, Topic
from copydesk.shared.topology import RECORDS, short

TOPICS = {short(topic): topic for topic in RECORDS}
MADE = (CLEANED, DEDUPLICATED, ENRICHED)  # by stages
OF_ARTICLES = (RAW, *MADE, DEADLETTERS)  # of what is taken back they give nothing
NO_RECORD = "not a record of the contract"
EARLIER = timedelta(hours=1)  # a correction may come before its article: how far back they are read


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read, from when, and how much. `follow` goes on after what is there now."""

    topic: Topic = ENRICHED
    since: Since = None
    follow: bool = True
    limit: int | None = None
    filter: Filter = field(default_factory=Filter)
    story: str | None = None  # of articles.enriched the articles of this story alone, each once it was told to be of it


@dataclass(frozen=True, slots=True)
class SubscribedRecord:
    """Something to show. A correction is a record that was shown before, with its verdict as it is now; a retraction says that an article, or a
    source, is taken back from now on, or let in again; left says that an article that was shown is of another story now; of what is `unreadable`
    the record says where it lies, and why."""

    kind: Literal["record", "correction", "retraction", "left", "unreadable"]
    value: bytes
    record: Mapping[str, Any]


class Reader(Protocol):
    """Reads topics as `copydesk.shared.kafka.consume` does."""

    def __call__(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]: ...


@dataclass(frozen=True, slots=True)
class SubscriberMemory:
    """What a reader goes by, beside the records themselves."""

    verdicts: Verdicts
    standing: StandingRetractions
    story: FollowedStory | None


async def subscribe(read: Reader, wanted: Wanted) -> AsyncIterator[SubscribedRecord]:
    """Yield what is wanted until the limit; without one, and with `follow`, for ever. Raises what reading raises."""
    memory = SubscriberMemory(
        await _earlier(read, wanted.since) if wanted.topic is ENRICHED else Verdicts(),
        await _standing(read) if wanted.topic in OF_ARTICLES else StandingRetractions(),
        None if wanted.story is None else await _followed(read, wanted.story),
    )
    left = wanted.limit
    async with aclosing(read((wanted.topic, *_beside(wanted)), since=wanted.since, follow=wanted.follow)) as messages:
        while left != 0 and (message := await anext(messages, None)) is not None:
            for seen in _seen(message, wanted, memory):
                if left != 0:
                    left = left - 1 if left is not None and seen.kind == "record" else left
                    yield seen


def _beside(wanted: Wanted) -> list[Topic]:
    """Topics that say something about the records of the one that is read."""
    found = [CORRECTIONS] if wanted.topic is ENRICHED else []
    found += [RETRACTIONS] if wanted.topic in OF_ARTICLES else []
    return [*found, STORIES] if wanted.story is not None else found


def _seen(message: Message, wanted: Wanted, memory: SubscriberMemory) -> list[SubscribedRecord]:
    if message.topic == STORIES.name and memory.story is not None:
        return _story(message, wanted, memory, memory.story)
    return [one for one in (_single(message, wanted, memory),) if one is not None]


def _single(message: Message, wanted: Wanted, memory: SubscriberMemory) -> SubscribedRecord | None:
    if message.topic == RETRACTIONS.name and wanted.topic is not RETRACTIONS:
        return _retract(message, memory.standing)
    if (newer := newer_schema(message)) is not None:
        return _unreadable(message, f"{newer}: upgrade Copydesk here")
    topic = CORRECTIONS if message.topic == CORRECTIONS.name else wanted.topic
    if memory.standing.of_record(topic, message.value or b"", message.timestamp_ms) is not None:
        return None
    return _read(message, wanted, memory) if topic is wanted.topic else _correct(message, memory.verdicts)


def _story(message: Message, wanted: Wanted, memory: SubscriberMemory, story: FollowedStory) -> list[SubscribedRecord]:
    """The articles that are of the story now, and that one is not any more."""
    told = story_told(message.value or b"")
    if isinstance(told, Rejected):
        return [_unreadable(message)]
    come = [_single(one, wanted, memory) for one in story.take(told)]
    gone = [SubscribedRecord("left", told.value(), orjson.loads(told.value()))] if story.left(told) else []
    return [*(one for one in come if one is not None), *gone]


async def _followed(read: Reader, name: str) -> FollowedStory:
    """A story of which all is known that was told by now."""
    story = FollowedStory(name)
    async with aclosing(read((STORIES,), since="beginning", follow=False)) as messages:
        async for message in messages:
            if not isinstance(told := story_told(message.value or b""), Rejected):
                story.take(told)
    return story


async def _standing(read: Reader) -> StandingRetractions:
    """All that is taken back by now."""
    standing = StandingRetractions()
    async with aclosing(read((RETRACTIONS,), since="beginning", follow=False)) as messages:
        async for message in messages:
            _retract(message, standing)
    return standing


def _retract(message: Message, standing: StandingRetractions) -> SubscribedRecord | None:
    """Keep to what a message says; it is shown where it is news."""
    found = retraction(message.value) if message.value is not None else None
    if found is None or isinstance(found, Rejected):
        return None
    before = standing.version
    standing.take(found)
    value = found.value()
    return SubscribedRecord("retraction", value, orjson.loads(value)) if standing.version != before else None


async def _earlier(read: Reader, since: Since) -> Verdicts:
    """Verdicts that know the corrections written by now, so that records of the past are complete when they are shown."""
    verdicts = Verdicts()
    start: Since = (since or datetime.now(UTC)) - EARLIER if since is None or isinstance(since, datetime) else "beginning"
    async with aclosing(read((CORRECTIONS,), since=start, follow=False)) as messages:
        async for message in messages:
            if newer_schema(message) is None:
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


def _read(message: Message, wanted: Wanted, memory: SubscriberMemory) -> SubscribedRecord | None:
    value = message.value or b""
    record = admitted(value, wanted.topic, message.timestamp_ms) if wanted.topic in MADE else json_object(value)
    if isinstance(record, Rejected):
        return _unreadable(message)
    whole = memory.verdicts.complete(record)
    try:
        if not wanted.filter.admits(whole):
            return None
    except (ValueError, TypeError, KeyError, AttributeError):  # a raw record says what it likes
        return _unreadable(message)
    if memory.story is not None:
        if not memory.story.has(name := str(record["article_id"])):
            memory.story.wait(name, message)
            return None
        memory.story.shown(name)
    memory.verdicts.shown(whole)
    return SubscribedRecord("record", value if whole is record else orjson.dumps(whole), whole)


def _unreadable(message: Message, why: str = NO_RECORD) -> SubscribedRecord:
    place = {"topic": message.topic, "partition": message.partition, "offset": message.offset}
    return SubscribedRecord("unreadable", message.value or b"", {**place, "why": why})
