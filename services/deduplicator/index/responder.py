"""The answering side of `dedup.index`: one shard for each partition, its state as immutable segments in the store.

A segment holds what one Insert brought that was new, under a key made of its newest time and its content: a replay makes the
same key, and expiry needs to look at keys alone.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Sequence

from copydesk.services.deduplicator.index.shard import IndexRule, Shard, gathered, select
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.wire import Insert, Query, decode, encode
from copydesk.shared.asking import Answered, Store
from copydesk.shared.topics import INDEX, REPLIES, Topic

DAY_MS = 86_400_000
TOGETHER = 1_024  # nodes that are put into a shard at once when it is built again: one by one takes several times as long


class _Held:
    """A shard that this process holds: its store, its memory, and the newest time of each of its segments."""

    def __init__(self, store: Store, rule: IndexRule) -> None:
        self.store = store
        self.shard = Shard(rule)
        self.segments: list[tuple[int, str]] = []
        self.unconfirmed: dict[str, bytes | None] = {}  # written, but not yet seen in the store: memory is ahead of it
        for batch in gathered(self._read(), TOGETHER):
            self.shard.insert(batch)

    def _read(self) -> Iterator[Insert]:
        """The segments of the store, oldest first."""
        for key, value in sorted(self.store.items()):
            segment = decode(value)
            if not isinstance(segment, Insert):
                raise ValueError(f"segment {key} of the index does not hold postings")
            heapq.heappush(self.segments, (_newest(key), key))
            yield segment


class IndexResponder:
    """Implements `copydesk.shared.asking.Responder`."""

    name = "index"
    source: Topic = INDEX
    target: Topic = REPLIES

    def __init__(self, rule: IndexRule | None = None) -> None:
        self._rule = rule or IndexRule()
        self._held: dict[int, _Held] = {}

    def open(self, shard: int, store: Store) -> None:
        self._held[shard] = _Held(store, self._rule)

    def close(self, shard: int) -> None:
        self._held.pop(shard, None)

    def shard(self, number: int) -> Shard:
        """A shard that is open here, to look at."""
        return self._held[number].shard

    def answer(self, shard: int, requests: Sequence[bytes]) -> Answered:
        held = self._held[shard]
        held.unconfirmed = {key: value for key, value in held.unconfirmed.items() if held.store.get(key) != value}
        replies = [_answer(held, request) for request in requests]
        held.unconfirmed.update(_expired(held))
        return Answered(replies, dict(held.unconfirmed))


def _answer(held: _Held, request: bytes) -> bytes:
    message = decode(request)
    if isinstance(message, Query):
        return encode(held.shard.query(message))
    if not isinstance(message, Insert):
        raise ValueError(f"a shard of the index was sent a {type(message).__name__}")
    reply, rows = held.shard.insert(message)
    if len(rows):
        segment = encode(select(message, rows))
        key = f"{int(message.nodes.ingested_ms[rows].max()):015d}-{hashlib.blake2b(segment, digest_size=16).hexdigest()}"
        held.unconfirmed[key] = segment
        heapq.heappush(held.segments, (_newest(key), key))
    return encode(reply)


def _expired(held: _Held) -> dict[str, bytes | None]:
    """Segments in which everything is gone."""
    gone: dict[str, bytes | None] = {}
    while held.segments and held.segments[0][0] < held.shard.horizon:
        gone[heapq.heappop(held.segments)[1]] = None
    return gone


def _newest(key: str) -> int:
    return int(key.partition("-")[0])


def create(settings: DeduplicatorSettings) -> IndexResponder:
    """The responder as the settings ask for it."""
    return IndexResponder(rule_of(settings))


def rule_of(settings: DeduplicatorSettings) -> IndexRule:
    return IndexRule(
        window_ms=round(settings.dedup_window_days * DAY_MS),
        late_ms=round(settings.dedup_late_days * DAY_MS),
        posting=settings.dedup_posting,
    )
