"""An event of a stream, and the position behind it: how far every partition was read. From it a stream goes on exactly, at any gateway."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson

from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES, Partition

TOPICS = (ENRICHED, CORRECTIONS, RETRACTIONS, STORIES)
OFFSETS = r"[0-9]{1,18}(?:\.[0-9]{1,18}){0,999}"
POSITION = re.compile(f"{OFFSETS}_{OFFSETS}(?:_{OFFSETS}){{0,2}}")
Position = Mapping[Partition, int]  # the next offset of each partition
FILTERED = ("url", "source", "title", "language", "published_at", "dateline", "entities")  # fields of a record that a filter looks at

SHOWN = ("title", "source", "url", "language", "published_at", "ingested_at")  # of these, with what is told of its story


def written(position: Position) -> str:
    """`12.40_0.1_5_7.2`: the next offsets of the partitions of articles.enriched, articles.corrections, articles.retractions and articles.stories."""
    return "_".join(".".join(str(offset) for _, offset in sorted(_of(position, topic.name).items())) for topic in TOPICS)


def _of(position: Position, topic: str) -> dict[int, int]:
    return {partition: offset for (name, partition), offset in position.items() if name == topic}


def parsed(text: str) -> Position | None:
    """The position in a text, or None where there is none. One of a gateway that told of no retractions goes on with all of them; one of a gateway
    that told of no stories is nowhere on theirs."""
    if not POSITION.fullmatch(text):
        return None
    given = text.split("_")
    parts = zip(TOPICS, given if len(given) > len(TOPICS) - 2 else [*given, "0"], strict=False)
    return {(topic.name, number): int(offset) for topic, part in parts for number, offset in enumerate(part.split("."))}


NoticeKind = Literal["dropped", "gap", "unknown_position", "closing", "revoked"]


@dataclass(slots=True)
class Event:
    """An article, a correction, a retraction, what was told of an article's story, or the notice of a record that cannot be read here, encoded once
    for all clients. `about` are the fields of the article that filters look at, where it is known; `named` are the articles that it holds
    something of, with their sources."""

    kind: Literal["article", "correction", "retraction", "story", "notice"]
    place: Partition
    offset: int
    id: str
    data: bytes
    about: Mapping[str, Any] | None
    named: tuple[tuple[str, str], ...] = ()

    def sse(self) -> bytes:
        return b"event: %s\nid: %s\ndata: %s\n\n" % (self.kind.encode(), self.id.encode(), self.data)

    def json(self) -> bytes:
        return b'{"id":"%s","event":"%s","data":%s}' % (self.id.encode(), self.kind.encode(), self.data)

    def at(self, position: Position) -> Event:
        """The same for a client that is somewhere else than the gateway's reader was."""
        return replace(self, id=written(position))

    @property
    def is_known(self) -> bool:
        """Whether its article is known here."""
        return self.about is not None and "ingested_at" in self.about

    @property
    def size(self) -> int:
        return len(self.data) + 1_000

    def is_behind(self, position: Position) -> bool:
        """Whether a client at that position has not had it."""
        return self.offset >= position.get(self.place, 0)

    def is_for(self, chosen: Filter) -> bool:
        """Whether a filter admits it. A correction is left out only where its article is known here and the filter leaves that out: whoever
        was shown the article, as it was before, hears of it. What is told of stories is for those alone who follow one."""
        if self.kind == "story" and chosen.story is None:
            return False
        if self.about is None:
            return True
        if self.kind == "correction":
            return chosen.admits({**self.about, "duplicate": None})
        return chosen.admits(self.about) if self.kind == "article" or self.is_known else chosen.story in self.about["stories"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Tells of the stream itself: `dropped` (the client was too slow), `gap` (Kafka keeps no more of what came first), `unknown_position`."""

    kind: NoticeKind
    detail: str
    id: str

    def sse(self) -> bytes:
        return b"event: notice\nid: %s\ndata: %s\n\n" % (self.id.encode(), self._data())

    def json(self) -> bytes:
        return b'{"id":"%s","event":"notice","data":%s}' % (self.id.encode(), self._data())

    def _data(self) -> bytes:
        return orjson.dumps({"type": self.kind, "detail": self.detail, "position": self.id})


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Says that the stream lives and, to a browser, how far it is: an id without data moves Last-Event-ID and shows no event."""

    id: str

    def sse(self) -> bytes:
        return b": heartbeat\nid: %s\n\n" % self.id.encode()

    def json(self) -> bytes:
        return b'{"id":"%s","event":"heartbeat","data":null}' % self.id.encode()


Shown = Event | Notice | Heartbeat
