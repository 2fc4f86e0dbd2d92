"""Partitions added to topics that exist: which topics can take more, and what is to be done about the others."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiokafka.admin import NewPartitions

from copydesk.shared.topics import FEEDER_STATE, FETCHER_STATE, INDEX, SEGMENTS, SOURCES, URLS, Topic

# Topics whose keys have to stay in the partition in which they are, and how to begin with others.
FIXED: Mapping[tuple[Topic, ...], str] = {
    (INDEX, SEGMENTS): "a hash is looked for in the shard in which it was put: `copydesk index reshard` makes the index anew",
    (URLS, FETCHER_STATE): "a host's pace and what waits for it lie in one partition: when nothing waits, stop the fetcher and delete both topics",
    (
        SOURCES,
        FEEDER_STATE,
    ): "a feed is changed and removed where it lies: stop the feeder, delete both topics, add the feeds again",
}
_FIXED = frozenset(topic for topics in FIXED for topic in topics)


def may_grow(topic: Topic) -> bool:
    """Whether partitions can be added: an article's records then go on in another one, and every stage takes them so."""
    return topic.partitions is None and topic not in _FIXED


async def add_partitions(admin: Any, wanted: Mapping[str, int]) -> None:
    """So many each; returns when all of them have their leaders."""
    await admin.create_partitions({name: NewPartitions(count) for name, count in wanted.items()})
    await await_leaders(admin, wanted)


async def await_leaders(admin: Any, counts: Mapping[str, int]) -> None:
    """Whoever writes before a partition has its leader would only be told to wait."""
    while not all(_has_leaders(topic, counts[topic["topic"]]) for topic in await admin.describe_topics(list(counts))):
        await asyncio.sleep(0.05)


def _has_leaders(described: Mapping[str, Any], count: int) -> bool:
    partitions = described["partitions"]
    return len(partitions) >= count and all(partition["leader"] >= 0 for partition in partitions)
