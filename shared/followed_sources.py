"""Feeds and sitemaps that are followed, on their topic: read, written and ended by the command line, by files and by the gateway.

All sources of a host lie in one partition. How each stands is on the feeder's own topic, under `STANDING` and its address.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

import orjson
from pydantic import ConfigDict, TypeAdapter, with_config

from copydesk.shared.edge import feed_source
from copydesk.shared.kafka import Message, Sender, consume
from copydesk.shared.records.base import Count, Measure, timestamp
from copydesk.shared.records.feeding import FeedSource, encoded, host_of
from copydesk.shared.records.times import NotedMs
from copydesk.shared.settings import Settings
from copydesk.shared.topics import FEEDER_STATE, SOURCES
from copydesk.shared.web.freshness import Validator

STANDING = "d\t"  # begins the keys of standings on feeder.state
ROUTED = "routed"  # a header: it was sent on once to the partition of its host


@with_config(ConfigDict(strict=True, extra="ignore"))
@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands. Times are milliseconds since 1970."""

    due_ms: NotedMs = 0
    interval_s: Measure | None = None
    looked_ms: NotedMs = 0
    succeeded_ms: NotedMs = 0
    failures: Count = 0  # in a row
    error: str = ""
    items: Count = 0  # in the document
    found: Count = 0  # passed on, ever
    kind: str = ""
    content: str = ""  # mark of the document
    modified_at: str = ""  # as its list of sitemaps says
    of: str = ""  # the list that names it
    validators: dict[str, Validator] = field(default_factory=dict)

    def encoded(self) -> bytes:
        return orjson.dumps(asdict(self))

    @classmethod
    def decoded(cls, value: bytes | None) -> Standing:
        """Of what another version wrote, the fields that this one knows. Raises ValueError for what is no standing."""
        return STANDINGS.validate_json(value) if value else cls()


STANDINGS = TypeAdapter(Standing)


@dataclass(frozen=True, slots=True)
class FollowedSource:
    """A source and how it stands; None for one that no feeder has seen yet."""

    source: FeedSource
    standing: Standing | None

    def told(self) -> dict[str, Any]:
        """How it stands, for a person or a program."""
        standing = self.standing or Standing()
        return {
            "succeeded_at": _moment(standing.succeeded_ms), "due_at": _moment(standing.due_ms), "items": standing.items, "found": standing.found,
            "failures": standing.failures, "error": standing.error, "paused": self.source.paused,
        }  # fmt: skip


def _moment(ms: int) -> str | None:
    return timestamp(datetime.fromtimestamp(ms / 1000, UTC)) if ms else None


def partition_of_source(where: Callable[[str], int], url: str) -> int:
    """The partition of a source, given that of a key. What is no address lies where its text says."""
    try:
        return where(host_of(url) or url)
    except ValueError:
        return where(url)


class SourcesOnTopic:
    """The sources by address, folded from records of their topic. Partitions may come in any order, each in its own.

    What another client put into a partition that is not its host's counts until the feeder has sent it on and ended it there; a source that
    is ended in its own partition does not come back by what lies elsewhere: `written in 3, sent on to 0 and ended in 3, ended in 0` → ended.
    """

    def __init__(self) -> None:
        self._written: dict[str, dict[int, tuple[int, FeedSource]]] = {}  # by address and partition, with its time

    def take(self, message: Message) -> None:
        """A record that is no source, or another one than its key says, changes nothing, as with the feeder."""
        url = (message.key or b"").decode("utf-8", "replace")
        written = self._written.setdefault(url, {})
        if message.value is None:
            written.pop(message.partition, None)
        elif isinstance(source := feed_source(message.value), FeedSource) and source.url == url:
            written[message.partition] = message.timestamp_ms, source
        if not written:
            del self._written[url]

    def __contains__(self, url: str) -> bool:
        return url in self._written

    def __len__(self) -> int:
        return len(self._written)

    def get(self, url: str) -> FeedSource | None:
        """Of what lies in several partitions, what was written last."""
        written = self._written.get(url)
        return max(written.values(), key=itemgetter(0))[1] if written else None

    def by_address(self) -> dict[str, FeedSource]:
        """All of them, in the order of addresses."""
        return {url: source for url in sorted(self._written) if (source := self.get(url))}


async def all_sources(settings: Settings) -> dict[str, FeedSource]:
    """The sources on the topic, by address. Raises CopydeskError where no broker answers or the topic is missing."""
    found = SourcesOnTopic()
    async for message in consume(settings, [SOURCES], since="beginning", follow=False):
        found.take(message)
    return found.by_address()


async def followed(settings: Settings) -> list[FollowedSource]:
    """Every source with its standing, in the order of addresses. Raises as `all_sources` does."""
    standings: dict[str, Standing] = {}
    async for message in consume(settings, [FEEDER_STATE], since="beginning", follow=False):
        key = (message.key or b"").decode("utf-8", "replace")
        if key.startswith(STANDING) and message.value is not None:
            with contextlib.suppress(ValueError):  # the feeder leaves it out and says so
                standings[key.removeprefix(STANDING)] = Standing.decoded(message.value)
    return [FollowedSource(source, standings.get(url)) for url, source in (await all_sources(settings)).items()]


async def write_sources(sender: Sender, sources: Iterable[FeedSource]) -> None:
    """Put sources onto the topic; one that is there already is replaced. Raises UnavailableError."""
    where = await sender.partitioning(SOURCES)
    for stored in [await sender.send(SOURCES, one.url, encoded(one), partition=partition_of_source(where, one.url)) for one in sources]:
        await stored


async def end_sources(sender: Sender, urls: Iterable[str]) -> None:
    """End sources. Raises UnavailableError."""
    where = await sender.partitioning(SOURCES)
    for stored in [await sender.send(SOURCES, url, None, partition=partition_of_source(where, url)) for url in urls]:
        await stored


async def align(sender: Sender, wanted: Mapping[str, FeedSource], origin: str, known: Mapping[str, FeedSource]) -> tuple[int, int]:
    """Bring the topic in line with a file: write what differs, end what the file named once and names no more. How many of each.

    A source that somebody added by other means is not ended, and is the file's from then on if the file names it too.
    """
    changed = [source for url, source in wanted.items() if known.get(url) != source]
    gone = [url for url, source in known.items() if source.origin == origin and url not in wanted]
    await write_sources(sender, changed)
    await end_sources(sender, gone)
    return len(changed), len(gone)
