"""The answering side of `dedup.index`: one shard for each partition, its state as immutable segments in the store.

A segment holds what one Insert brought that was new, under a key made of its newest time and its content: a replay makes the
same key, and expiry needs to look at keys alone.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from copydesk.services.deduplicator.arrays import Ints
from copydesk.services.deduplicator.index.messages import Insert, InsertReply, Places, Query, Refused, decode_message, encode_message, shingles_of
from copydesk.services.deduplicator.index.nodes import Node, table_of
from copydesk.services.deduplicator.index.shard import LONG_AGO, IndexRule, Shard, gathered, select, without_articles
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.sampling import sketch_rule
from copydesk.shared.asking import Answered, Store
from copydesk.shared.keeping import EntryRules
from copydesk.shared.topics import INDEX, REPLIES, Topic

DAY_MS = 86_400_000
MOST_DIGITS = 15  # of a time in a key
LAST_MS = 10**15 - 1  # a key has fifteen digits
TOGETHER = 1_024  # nodes that are put into a shard at once when it is built again: one by one takes several times as long


class _OwnedShard:
    """A shard that this process holds: its store, its memory, and the newest time of each of its segments."""

    def __init__(self, store: Store, rule: IndexRule) -> None:
        self.store, self.shingles = store, rule.shingles
        self.shard = Shard(rule)
        self.segments: list[tuple[int, str]] = []
        self.unconfirmed: dict[str, bytes | None] = {}  # written, but not yet seen in the store: memory is ahead of it
        for batch in gathered(self._read(), TOGETHER):
            self.shard.insert(batch)

    def _read(self) -> Iterator[Insert]:
        """The segments of the store, oldest first. One that cannot be used stays until it expires: with other settings it may be of use."""
        for key, value in sorted(self.store.items()):
            heapq.heappush(self.segments, (_newest(key), key))
            try:
                segment = _segment(value, self.shingles)
            except ValueError as error:
                import structlog  # with rich: for what happens seldom

                structlog.get_logger().warning("a segment of the index is left out", segment=key, error=str(error))
                continue
            yield segment


class IndexResponder:
    """Implements `copydesk.shared.asking.Responder`."""

    name = "index"
    source: Topic = INDEX
    target: Topic = REPLIES
    rules = EntryRules("", lambda key, value: _segment(value))

    def __init__(self, rule: IndexRule | None = None) -> None:
        self._rule = rule or IndexRule()
        self._held: dict[int, _OwnedShard] = {}
        self._gone: frozenset[str] = frozenset()  # articles that were taken back
        self._gone_of: dict[int, frozenset[str]] = {}  # of those, what each shard has forgotten

    def open(self, shard: int, store: Store) -> None:
        self._held[shard] = _OwnedShard(store, self._rule)

    def close(self, shard: int) -> None:
        self._held.pop(shard, None)
        self._gone_of.pop(shard, None)

    def shard(self, number: int) -> Shard:
        """A shard that is open here, to look at."""
        return self._held[number].shard

    @property
    def articles(self) -> int:
        """Revisions of articles in all shards that are open here."""
        return sum(len(held.shard) for held in list(self._held.values()))

    def answer(self, shard: int, requests: Sequence[bytes]) -> Answered:
        held = self._held[shard]
        held.unconfirmed = {key: value for key, value in held.unconfirmed.items() if held.store.get(key) != value}
        replies = [_answer(held, request, self._gone) for request in requests]
        held.unconfirmed.update(_expired(held))
        return Answered(replies, dict(held.unconfirmed))

    def forget(self, shard: int, article_ids: frozenset[str]) -> Mapping[str, bytes | None]:
        """Forget these articles, and take none of them in from now on. What changes in the store: segments without them in place of those with.

        The store is read only where the shard knew any of them, or may still hold a segment of before it was opened.
        """
        news, self._gone = article_ids - self._gone_of.get(shard, frozenset()), article_ids
        self._gone_of[shard] = article_ids
        held = self._held[shard]
        if news and held.shard.forget(news):
            held.unconfirmed.update(_rewritten(held, news))
        return dict(held.unconfirmed)

    def check(self, shard: int) -> None:
        """Ask the shard about a node that nobody has, and put it into an empty one. Raises what fails."""
        nodes = table_of([Node("copydesk-known-good", "0", LONG_AGO, tokens=20, prose=20, characters=100, kept=3, lede=0, identity=1)])
        counts, hashes = np.array([3]), np.array([1, 2, 3], np.uint64)
        places = Places(np.arange(3, dtype=np.uint32), np.arange(3, dtype=np.uint32), np.full(3, 30, np.uint16))
        self._held[shard].shard.query(Query(nodes, counts, hashes))
        Shard(self._rule).insert(Insert(nodes, counts, hashes, places))


def _answer(held: _OwnedShard, request: bytes, gone: frozenset[str]) -> bytes:
    """The reply. Whoever makes other shingles, or sends something else, is told so and gets nothing."""
    try:
        message = decode_message(request, held.shingles)
    except ValueError as error:
        return encode_message(Refused.because(str(error)))
    if isinstance(message, Query):
        return encode_message(held.shard.query(message))
    if isinstance(message, Insert):
        return encode_message(_insert(held, message, gone))
    return encode_message(Refused.because(f"a shard of the index was sent a {type(message).__name__}"))


def _insert(held: _OwnedShard, given: Insert, gone: frozenset[str]) -> InsertReply:
    message = without_articles(given, gone) if gone else given
    reply, rows = held.shard.insert(message)
    if len(rows):
        segment = encode_message(select(message, rows), held.shingles or "")
        key = segment_key(segment, message.nodes.ingested_ms[rows])
        held.unconfirmed[key] = segment
        heapq.heappush(held.segments, (_newest(key), key))
    return reply if len(message.nodes) == len(given.nodes) else InsertReply(given.nodes.ingested_ms)


def segment_key(segment: bytes, ingested_ms: Ints) -> str:
    """What a segment lies under: the newest of its times, and its content."""
    return f"{_time_of(ingested_ms):015d}-{hashlib.blake2b(segment, digest_size=16).hexdigest()}"


def _rewritten(held: _OwnedShard, gone: frozenset[str]) -> dict[str, bytes | None]:
    """Each segment that holds an article that is gone, by one without; also those that were made with other settings."""
    changes: dict[str, bytes | None] = {}
    for key, value in {**dict(held.store.items()), **held.unconfirmed}.items():
        segment = _known_segment(value)
        if segment is None or len((kept := without_articles(segment, gone)).nodes) == len(segment.nodes):
            continue
        changes[key] = encode_message(kept, shingles_of(value or b"")) if len(kept.nodes) else None
    return changes


def _segment(value: bytes, shingles: str | None = None) -> Insert:
    """The segment in these bytes. Raises ValueError for what is none, or was made with other `shingles` where they are given."""
    found = decode_message(value, shingles)
    if not isinstance(found, Insert):
        raise ValueError(f"a {type(found).__name__}, and no segment")
    return found


def _known_segment(value: bytes | None) -> Insert | None:
    try:
        return None if value is None else _segment(value)
    except ValueError:
        return None


def _time_of(ingested_ms: Ints) -> int:
    """The newest of some times, as a key can say it."""
    return min(max(0, int(ingested_ms.max())), LAST_MS)


def _expired(held: _OwnedShard) -> dict[str, bytes | None]:
    """Segments in which everything is gone."""
    gone: dict[str, bytes | None] = {}
    while held.segments and held.segments[0][0] < held.shard.horizon:
        gone[heapq.heappop(held.segments)[1]] = None
    return gone


def _newest(key: str) -> int:
    """The time in a key; of a key that has none, such as `-00000000086400-…` of a time before 1970, one long ago: it goes."""
    written = key.partition("-")[0]
    return int(written) if written.isdecimal() and len(written) <= MOST_DIGITS else LONG_AGO


def create(settings: DeduplicatorSettings) -> IndexResponder:
    """The responder as the settings ask for it."""
    return IndexResponder(index_rule(settings))


def index_rule(settings: DeduplicatorSettings) -> IndexRule:
    """The window and the bounds of an index, as the settings have them."""
    return IndexRule(
        window_ms=round(settings.dedup_window_days * DAY_MS),
        late_ms=round(settings.dedup_late_days * DAY_MS),
        posting=settings.dedup_posting,
        shingles=sketch_rule(settings).fingerprint,
    )
