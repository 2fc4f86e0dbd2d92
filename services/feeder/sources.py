"""Sources on their topic: read, written and ended by the command line and by files. All sources of a host lie in one partition."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from copydesk.services.feeder.memory import STANDING, Standing
from copydesk.shared.edge import feed_source
from copydesk.shared.kafka import Sender, consume
from copydesk.shared.records.feeding import FeedSource, encoded, host_of
from copydesk.shared.settings import Settings
from copydesk.shared.topics import FEEDER_STATE, SOURCES

ROUTED = "routed"  # a header: it was sent on once to the partition of its host


@dataclass(frozen=True, slots=True)
class FollowedSource:
    """A source and how it stands; None for one that no feeder has seen yet."""

    source: FeedSource
    standing: Standing | None


def partition_of(where: Callable[[str], int], url: str) -> int:
    """The partition of a source, given that of a key. What is no address lies where its text says."""
    try:
        return where(host_of(url) or url)
    except ValueError:
        return where(url)


async def all_sources(settings: Settings) -> dict[str, FeedSource]:
    """The sources on the topic, by address. Raises CopydeskError where no broker answers or the topic is missing."""
    found: dict[str, FeedSource] = {}
    async for message in consume(settings, [SOURCES], since="beginning", follow=False):
        url = (message.key or b"").decode("utf-8", "replace")
        if message.value is None and ROUTED not in message.headers:
            found.pop(url, None)
        elif isinstance(source := feed_source(message.value or b""), FeedSource) and source.url == url:
            found[url] = source
    return found


async def followed(settings: Settings) -> list[FollowedSource]:
    """Every source with its standing, in the order of addresses. Raises as `all_sources` does."""
    standings: dict[str, Standing] = {}
    async for message in consume(settings, [FEEDER_STATE], since="beginning", follow=False):
        key = (message.key or b"").decode("utf-8", "replace")
        if key.startswith(STANDING) and message.value is not None:
            with contextlib.suppress(ValueError):  # the feeder leaves it out and says so
                standings[key.removeprefix(STANDING)] = Standing.decoded(message.value)
    return [FollowedSource(source, standings.get(url)) for url, source in sorted((await all_sources(settings)).items())]


async def write_sources(sender: Sender, sources: Iterable[FeedSource]) -> None:
    """Put sources onto the topic; one that is there already is replaced. Raises UnavailableError."""
    where = await sender.partitioning(SOURCES)
    for stored in [await sender.send(SOURCES, one.url, encoded(one), partition=partition_of(where, one.url)) for one in sources]:
        await stored


async def end_sources(sender: Sender, urls: Iterable[str]) -> None:
    """End sources. Raises UnavailableError."""
    where = await sender.partitioning(SOURCES)
    for stored in [await sender.send(SOURCES, url, None, partition=partition_of(where, url)) for url in urls]:
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
