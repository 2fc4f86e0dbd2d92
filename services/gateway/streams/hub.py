"""The one reader of Kafka: it fills the buffer, from which the audience gets what comes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.audience import Audience
from copydesk.services.gateway.streams.buffer import Buffer
from copydesk.services.gateway.streams.events import FILTERED, SHOWN, TOPICS, Event, written
from copydesk.services.gateway.streams.pace import LastMinute
from copydesk.shared.archive.stories import named_in
from copydesk.shared.edge import admitted, fact, retraction, story_told
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.kafka import Message, consume, positions
from copydesk.shared.newer import NEWER, newer_schema
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.story import StoryTold
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.runner.logs import logger
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing.records import EARLIER
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES, Partition

FACTS = 50_000  # corrections that are remembered, for articles that come later
TOLD = 100_000  # articles of which it is known which stories they were told to be of
KNOWN = 5_000  # articles of which it is known what filters look at, for corrections that come later
TOLD_BEFORE = timedelta(days=1)  # so far back it reads them when it begins
AGAIN_S = 2.0
PARTITIONS_S = 60.0  # between two looks whether a topic has got more partitions


class Hub:
    """`position` is how far the reader is; `ready` whether it reads."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self.standing = StandingRetractions()
        self.buffer = Buffer(settings.gateway_buffer, self.standing)
        self.audience = Audience(self.buffer)
        self.pace = LastMinute()
        self.position: dict[tuple[str, int], int] = {}
        self.ready = False
        self._verdicts = Verdicts(FACTS, shown=1)
        self._known: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._stories: OrderedDict[str, frozenset[str]] = OrderedDict()  # by article

    async def run(self) -> None:
        """Read for ever; while the brokers do not answer, it tries again from where it was."""
        while True:
            try:
                await self._begin()
                await self._follow()
            except Exception as error:
                logger().warning("the streams' reader begins again", error=repr(error))
            self.ready = False
            await asyncio.sleep(AGAIN_S)

    async def tick(self) -> None:
        """Let those say that they live who were told nothing for long, also while the brokers do not answer."""
        while True:
            await asyncio.sleep(min(1.0, self.settings.gateway_heartbeat_s / 2))
            self.audience.tick(time.monotonic() - self.settings.gateway_heartbeat_s)

    async def _begin(self) -> None:
        """Where reading begins: at the end, or where it was. Corrections of the last hour are known before, and all that is taken back."""
        if self.position:
            return
        now = await positions(self.settings, TOPICS)
        async with aclosing(consume(self.settings, (CORRECTIONS,), since=datetime.now(UTC) - EARLIER, follow=False)) as messages:
            async for message in messages:
                if newer_schema(message) is None and isinstance(found := fact(message.value or b""), PairFact):
                    self._verdicts.take(found)
        async with aclosing(consume(self.settings, (RETRACTIONS,), since="beginning", follow=False)) as messages:
            async for message in messages:
                self._withhold(message)
        async with aclosing(consume(self.settings, (STORIES,), since=datetime.now(UTC) - TOLD_BEFORE, follow=False)) as messages:
            async for message in messages:
                if isinstance(told := story_told(message.value or b""), StoryTold):
                    self._note_story(told)
        self.position = now
        self.buffer.before = dict(now)

    async def _follow(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read())
            tasks.create_task(self._watch_partitions())

    async def _read(self) -> None:
        self.ready = True
        async with aclosing(consume(self.settings, TOPICS, since=self.position)) as messages:
            async for message in messages:
                self.take(message)

    async def _watch_partitions(self) -> None:
        """End the reading once a topic has more partitions: it begins again with them."""
        while True:
            await asyncio.sleep(PARTITIONS_S)
            with contextlib.suppress(UnavailableError):
                if new := (await positions(self.settings, TOPICS)).keys() - self.position.keys():
                    raise CopydeskError(f"there are new partitions: {sorted(new)}")

    def take(self, message: Message) -> None:
        """Read one message: an event for the clients, unless it is none that anybody can read."""
        place = message.topic, message.partition
        self.position[place] = message.offset + 1
        self._withhold(message)
        event = self.event(message, written(self.position))
        if event is not None:
            self.buffer.add(event)
            if event.kind == "article" and event.about is not None:
                self.pace.note(event.about)
            self.audience.soon()

    def _withhold(self, message: Message) -> None:
        """Keep to what a message of articles.retractions says; one that is none says nothing."""
        if message.topic == RETRACTIONS.name:
            with contextlib.suppress(CopydeskError):
                self.standing.learned((message.key or b"").decode("utf-8", "replace"), message.value)

    def event(self, message: Message, position: str) -> Event | None:
        """The event that a message is, with the verdict as it is known."""
        place, value = (message.topic, message.partition), message.value or b""
        if (newer := newer_schema(message)) is not None:
            return Event("notice", place, message.offset, position, _of_newer_schema(message, newer), None)
        if message.topic == CORRECTIONS.name:
            found = fact(value)
            if isinstance(found, Rejected):
                return None
            self._verdicts.take(found)
            both = (found.later_article_id, ""), (found.earlier_article_id, "")
            return Event("correction", place, message.offset, position, _line(value), self._known.get(found.later_article_id), both)
        if message.topic == RETRACTIONS.name:
            said = retraction(value)
            return None if isinstance(said, Rejected) else Event("retraction", place, message.offset, position, said.value(), None)
        if message.topic == STORIES.name:
            told = story_told(value)
            return None if isinstance(told, Rejected) else self._story(told, place, message.offset, position)
        record = admitted(value, ENRICHED, message.timestamp_ms)
        if isinstance(record, Rejected):
            return None
        whole = self._verdicts.complete(record)
        name = str(record["article_id"]) if "article_id" in record else ""
        named = ((name, source_of(record.get("source"), record.get("url"))),)
        data = _line(value) if whole is record else orjson.dumps(whole)
        return Event("article", place, message.offset, position, data, self._remember(name, whole), named)

    def _story(self, told: StoryTold, place: Partition, offset: int, position: str) -> Event:
        """What was told of an article, with what is known of it here: for all who follow one of the stories that it was ever told to be of."""
        stories = self._note_story(told)
        about = self._known.get(told.article_id, {})
        named = ((name, str(about.get("source") or "") if name == told.article_id else "") for name in named_in([told]))
        article = {name: about[name] for name in SHOWN if name in about}
        data = orjson.dumps({**told.model_dump(exclude_none=True), **({"article": article} if article else {})})
        return Event("story", place, offset, position, data, {**about, "stories": stories}, tuple(named))

    def _note_story(self, told: StoryTold) -> frozenset[str]:
        stories = self._stories[told.article_id] = self._stories.get(told.article_id, frozenset()) | {told.article_id, told.story}
        self._stories.move_to_end(told.article_id)
        while len(self._stories) > TOLD:
            self._stories.popitem(last=False)
        return stories

    def _remember(self, article_id: str, record: Mapping[str, Any]) -> Mapping[str, Any]:
        about = {name: record[name] for name in (*FILTERED, "ingested_at") if name in record}
        self._known[article_id] = about
        self._known.move_to_end(article_id)
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)
        if (stories := self._stories.get(article_id)) is not None:
            about["stories"] = stories
        return {**about, "duplicate": {"status": (record.get("duplicate") or {}).get("status")}}


def _of_newer_schema(message: Message, why: str) -> bytes:
    detail = f"left out {message.topic}[{message.partition}]@{message.offset}: {why}: upgrade the gateway"
    return orjson.dumps({"type": NEWER, "detail": detail})


def _line(value: bytes) -> bytes:
    """JSON on one line, as an event's data has to be."""
    if b"\n" not in value and b"\r" not in value:
        return value
    return orjson.dumps(orjson.loads(value))
