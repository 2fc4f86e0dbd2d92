"""Every topic, declared once: name, clean-up, retention and how large a record on it may be.

The partition count and the size limit R of a raw record are settings. A later topic has no page to hold, only what was found in it: four times R
plus an overhead, and LATER_BYTES at most, unless records carry their content on. A dead letter goes in parts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

DAY_MS = 86_400_000
LATER_BYTES = 4_000_000  # of a record without its content: a text of half a million words with all that is said of it
OVERHEAD_BYTES = 65_536

Partition = tuple[str, int]  # a topic's name, and the partition's number


@dataclass(frozen=True, slots=True)
class Topic:
    """A Kafka topic. `size_factor` is the multiple of R that one record may have (1: exactly raw)."""

    name: str
    cleanup: Literal["delete", "compact"] = "delete"
    retention_ms: int = 7 * DAY_MS
    size_factor: int = 4
    description: str = ""
    partitions: int | Literal["shards"] | None = None  # None: the setting's count; "shards": one for each shard of the index
    key: str = "article_id"  # what the records lie under
    compression: Literal["producer", "gzip"] = "producer"  # how the brokers keep it; ours send zstd

    @property
    def is_kept_for_a_time(self) -> bool:
        """Whether records of articles lie on it until their time is over; what is compacted or the index's own has no such time to set."""
        return self.cleanup == "delete" and self.name.startswith("articles.")

    def max_bytes(self, raw_limit: int, carries_content: bool = False) -> int:
        """Largest record value in bytes, given the limit R of a raw record, and whether later records carry its content."""
        if self.size_factor == 1:
            return raw_limit
        room = self.size_factor * raw_limit
        return (room if carries_content else min(room, LATER_BYTES)) + OVERHEAD_BYTES


GZIP: Literal["gzip"] = "gzip"  # what anybody's client reads without an extra: 0.2 ms of the broker's time a record of 17 kB, against zstd

URLS = Topic("articles.urls", size_factor=1, key="the address's host", description="Addresses of articles to fetch.")
FETCHER_STATE = Topic("fetcher.state", cleanup="compact", description="What the fetcher remembers: addresses that wait, validators of pages, hosts.")
SOURCES = Topic("feeds.sources", cleanup="compact", size_factor=1, key="its address", description="Feeds and sitemaps to follow.")
FEEDER_STATE = Topic(
    "feeder.state", cleanup="compact", description="What the feeder remembers: when a feed is due, its validators, items it has seen."
)
RAW = Topic("articles.raw", size_factor=1, description="Scraped pages, feeds and texts as they came in.")
CLEANED = Topic("articles.cleaned", description="Articles without page furniture.")
DEDUPLICATED = Topic("articles.deduplicated", description="Cleaned articles with their verdict on copies.")
ENRICHED = Topic("articles.enriched", retention_ms=30 * DAY_MS, compression=GZIP, description="Articles with entities: what subscribers read.")
DEADLETTERS = Topic("articles.deadletters", retention_ms=30 * DAY_MS, compression=GZIP, description="What could not be processed, and why.")
CORRECTIONS = Topic("articles.corrections", retention_ms=30 * DAY_MS, compression=GZIP, description="Pair facts that change an earlier verdict.")
STORIES = Topic(
    "articles.stories",
    retention_ms=30 * DAY_MS,
    size_factor=1,
    compression=GZIP,
    description="Which story an article tells: the latest stands.",
)
RETRACTIONS = Topic(
    "articles.retractions",
    cleanup="compact",
    size_factor=1,
    partitions=1,
    key="article: and its article_id, or source: and the source",
    description="Articles and sources that are taken back, or let in again.",
)
INDEX = Topic("dedup.index", retention_ms=DAY_MS, partitions="shards", description="Inserts and queries for the shards of the index.")
REPLIES = Topic("dedup.replies", retention_ms=3_600_000, partitions=8, description="Answers of the shards, to the partition that asked.")
SEGMENTS = Topic(
    "dedup.segments",
    cleanup="compact",
    partitions="shards",
    description="State of the shards of the index, to recover from.",
)
COMMON = Topic("dedup.common", cleanup="compact", partitions=1, description="Versions of the text that many articles share.")
FURNITURE = Topic("sources.furniture", cleanup="compact", partitions=1, description="Versions of the lines that a source repeats.")

ALL = tuple(value for value in tuple(globals().values()) if isinstance(value, Topic))

# While an index with another number of shards is made; where it is there and dedup.index is not, they are being exchanged.
NEXT_SEGMENTS = replace(SEGMENTS, name="dedup.segments.next", description="State of the index that is being made.")

_BY_NAME = {topic.name: topic for topic in ALL}


def named(name: str) -> Topic:
    """The topic of that name. Raises KeyError for one that is not Copydesk's."""
    return _BY_NAME[name]
