"""Onto Kafka and off it, for a program or a notebook."""

from __future__ import annotations

import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.article import Article
from copydesk.bridge import iterate, run_here
from copydesk.events import HttpSubscription, OnRetraction
from copydesk.given import Given, Refusal, items
from copydesk.services.producer.publish import publish_records as send
from copydesk.shared.arrivals import Arrival, batches
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message, Positions, Since, consume, producer
from copydesk.shared.settings import Settings, load
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing import points_in_time
from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.subscribing.records import NO_RECORD, TOPICS, Wanted
from copydesk.shared.subscribing.records import subscribe as records
from copydesk.shared.topics import Topic
from copydesk.shared.trace.contents import fetched as fetched_content


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of the records: how many are stored on the topic, and which were refused."""

    sent: int
    refused: list[Refusal] = field(default_factory=list)


def publish(given: Given, *, source: str | None = None, servers: str | None = None) -> Receipt:
    """Put articles onto articles.raw; returns once the brokers have confirmed all of them.

    `given`: texts, pathlib.Path objects (files, folders), raw records, rows of a DataFrame. `servers` (host:port,…) takes the
    place of COPYDESK_BOOTSTRAP_SERVERS. Publishing twice changes nothing. Raises CopydeskError when no broker confirms.
    """
    settings = _settings(servers)
    refused: list[Refusal] = []

    def refuse(arrival: Arrival, rejected: Rejected) -> None:
        refused.append(Refusal(arrival.name, "producer", rejected.reason, rejected.detail))

    async def work() -> int:
        async with producer(settings) as sender:
            return (await send(batches(items(given, source)), sender, settings.raw_limit, refuse)).sent

    return Receipt(run_here(work()), refused)


class Subscription:
    """Articles of a topic, as they come: `for article in …` or `async for article in …`, once.

    `position` names the place behind the article that was yielded last; `subscribe(since=position)` goes on from there.
    """

    def __init__(self, settings: Settings, wanted: Wanted, on_retraction: OnRetraction | None = None) -> None:
        self._settings, self._wanted, self._on_retraction = settings, wanted, on_retraction
        self._next: dict[tuple[str, int], int] = dict(wanted.since) if isinstance(wanted.since, Mapping) else {}

    @property
    def position(self) -> str:
        """topic:partition:next offset, separated by commas; an article that is not behind it comes again."""
        return ",".join(f"{topic}:{partition}:{offset}" for (topic, partition), offset in sorted(self._next.items()))

    def __iter__(self) -> Iterator[Article]:
        return iterate(self._articles())

    def __aiter__(self) -> AsyncIterator[Article]:
        return self._articles()

    async def _articles(self) -> AsyncGenerator[Article, None]:
        async for seen in records(self._read, self._wanted):
            if seen.kind in ("record", "correction"):
                yield Article(seen.record)
            elif seen.kind == "unreadable" and seen.record["why"] != NO_RECORD:
                warnings.warn("left out {topic}[{partition}]@{offset}: {why}".format(**seen.record), stacklevel=2)
            elif seen.kind == "retraction" and self._on_retraction is not None:
                self._on_retraction(seen.record)

    async def _read(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]:
        async for message in consume(self._settings, topics, since=since, follow=follow):
            if self._wanted.topic in topics:
                self._next[message.topic, message.partition] = message.offset + 1
            yield message


def subscribe(
    topic: str = "enriched",
    *,
    since: str | datetime | None = None,
    follow: bool = True,
    limit: int | None = None,
    entity: str | None = None,
    type: str | None = None,
    source: str | None = None,
    no_duplicates: bool = False,
    servers: str | None = None,
    url: str | None = None,
    key: str | None = None,
    on_retraction: OnRetraction | None = None,
) -> Subscription | HttpSubscription:
    """Articles of a topic with corrections folded in: one whose verdict changes after it was yielded is yielded again.

    topic: enriched, cleaned, deduplicated, raw, corrections or deadletters. since: None (from now on), "beginning", a time ("2h",
    ISO 8601, a datetime) or the `position` of an earlier subscription. follow=False ends at what is there now. entity (a part of a
    name, or a link id), type, source and no_duplicates filter. With `url` a gateway is asked in place of Kafka (topic enriched alone), with `key`
    where it asks for one. What is taken back is not yielded; on_retraction is called, between two articles, with each record of
    articles.retractions that says something new.
    A record of a newer schema than is known here is left out with a warning. Raises CopydeskError, when iterated, where no broker answers.
    """
    if topic not in TOPICS:
        raise CopydeskError(f"there is no topic {topic}", f"name one of {', '.join(TOPICS)}")
    if url is not None:
        if topic != "enriched":
            raise CopydeskError(f"a gateway has no stream of {topic}", "ask for enriched, or read Kafka")
        begin = since.isoformat() if isinstance(since, datetime) else since
        query = {"since": begin, "limit": limit, "entity": entity, "type": type, "source": source}
        flags = {"follow": "true" if follow else "false", "no_duplicates": "true" if no_duplicates else "false"}
        return HttpSubscription(url, {name: str(value) for name, value in query.items() if value is not None} | flags, key, on_retraction)
    wanted = Wanted(TOPICS[topic], _since(since), follow, limit, Filter(entity, type, source, no_duplicates))
    return Subscription(_settings(servers), wanted, on_retraction)


def fetched(article: Mapping[str, Any], *, servers: str | None = None) -> bytes:
    """What an article was made of, byte for byte as it was fetched, while articles.raw holds it.

    `article`: a record of any topic, sink or file. Raises CopydeskError where it is gone, where the article is taken back, and where no broker
    answers.
    """
    return run_here(fetched_content(_settings(servers), article))


def _since(since: str | datetime | None) -> Since:
    if since is None or isinstance(since, datetime) or since == "beginning":
        return since  # type: ignore[return-value]
    return _positions(since) if since.startswith("articles.") else points_in_time.point_in_time(since)


def _positions(text: str) -> Positions:
    try:
        entries = [entry.rsplit(":", 2) for entry in text.split(",")]
        return {(name, int(partition)): int(offset) for name, partition, offset in entries}
    except ValueError:
        raise CopydeskError(f"{text!r} is no position", "give what `position` of a subscription was, as it was") from None


def _settings(servers: str | None) -> Settings:
    settings = load(Settings)
    return settings.model_copy(update={"bootstrap_servers": servers}) if servers else settings
