"""One shard of the index in memory: which nodes have a shingle, and where. Built from segments, never stored itself.

A node's smallest time of ingestion counts. A posting keeps the earliest nodes, a bounded number. Nodes older than the
window and the lateness allowed, behind the shard's watermark, are gone. The watermark is a time that several nodes have
reached, so that one with a wrong clock expires nothing; times that lie more than a day ahead count for none.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.services.deduplicator.arrays import Bools, Ints, numbered
from copydesk.services.deduplicator.index.messages import Insert, InsertReply, Places, Query, QueryReply
from copydesk.services.deduplicator.index.nodes import NodeTable, concatenated, decode_name, table_of
from copydesk.services.deduplicator.index.postings import CommonPostings, Postings
from copydesk.services.deduplicator.index.registry import Registry

NONE = np.empty(0, np.int64)
LONG_AGO = -(1 << 62)
CLOCKS_DIFFER_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class IndexRule:
    """Times in milliseconds; `posting` is the most nodes that are kept for a shingle; `shingles` the fingerprint of how they are made, None
    where only this process makes any.
    """

    window_ms: int = 30 * 86_400_000
    late_ms: int = 2 * 86_400_000
    posting: int = 256
    answer: int = 200_000  # most postings in one answer
    witnesses: int = 16  # nodes that have to have reached a time before it counts as now
    shingles: str | None = None


class Shard:
    """Answers inserts and queries, in the order in which they are given."""

    def __init__(self, rule: IndexRule) -> None:
        self._rule = rule
        self._newest = np.full(rule.witnesses, LONG_AGO)  # times of the newest nodes, the earliest of them first
        self._registry = Registry()
        self._postings = Postings(rule.posting, self._registry)
        self._purged_at = self.watermark

    @property
    def watermark(self) -> int:
        """The newest time that `witnesses` nodes have reached, in milliseconds since 1970. It only grows."""
        return int(self._newest[0])

    @property
    def horizon(self) -> int:
        """What came in before this time is gone."""
        return self.watermark - self._rule.window_ms - self._rule.late_ms

    def insert(self, batch: Insert) -> tuple[InsertReply, Ints]:
        """Add what is new. Returns the reply and the rows of the batch that changed anything, to be made durable."""
        if not len(batch.nodes):
            return InsertReply(batch.nodes.ingested_ms), np.empty(0, np.int64)
        slots = self._registry.find(batch.nodes.keys, self.horizon)
        known = slots >= 0
        seen = batch.nodes.ingested_ms.copy()
        seen[known] = self._registry.ingested_ms[slots[known]]
        fresh = ~known & (batch.nodes.ingested_ms >= self.horizon)
        lower = known & (batch.nodes.ingested_ms < seen)
        self._registry.lower(slots[lower], batch.nodes.ingested_ms[lower])
        self._add(batch, np.flatnonzero(fresh))
        self._purge()
        return InsertReply(np.minimum(seen, batch.nodes.ingested_ms)), np.flatnonzero(fresh | lower)

    def _add(self, batch: Insert, rows: Ints) -> None:
        part = select(batch, rows)
        reached = part.nodes.ingested_ms[part.nodes.ingested_ms <= time.time() * 1000 + CLOCKS_DIFFER_MS]
        self._newest = np.sort(np.append(self._newest, reached))[-len(self._newest) :]
        slots = self._registry.add(part.nodes)
        self._postings.add(part.hashes, np.repeat(slots, part.counts).astype(np.uint32), part.places)

    def forget(self, article_ids: Collection[str]) -> bool:
        """Free the memory of these articles in all their revisions; whether any was known."""
        gone = np.fromiter((is_named(name, article_ids) for name in self.names()), np.bool_, len(self._registry))
        if gone.any():
            self._postings.purge(~gone)
            self._registry.purge(~gone)
        return bool(gone.any())

    def names(self) -> Iterator[bytes]:
        """The names of all nodes, by slot."""
        names = self._registry.table(np.arange(len(self._registry))).names
        return (names[row] for row in range(len(names)))

    def query(self, query: Query) -> QueryReply:
        """The postings of the query's hashes within the window, without each node's own."""
        owners = np.repeat(np.arange(len(query.nodes)), query.counts)
        found = self._postings.find(query, owners, self.horizon, self._rule.window_ms)
        if len(found.rows) > self._rule.answer and len(query.hashes) > 1:
            return _too_many(found)
        slots, others = numbered(found.others)
        return QueryReply(self._registry.table(slots), found.rows.astype(np.uint32), others.astype(np.uint32), found.places, found.capped, NONE)

    def _purge(self) -> None:
        """Free the memory of what is gone, now and then: in steps of a sixteenth of what is kept."""
        if self.watermark - self._purged_at < (self._rule.window_ms + self._rule.late_ms) // 16:
            return
        self._purged_at = self.watermark
        alive: Bools = self._registry.ingested_ms >= self.horizon
        if not alive.all():
            self._postings.purge(alive)
            self._registry.purge(alive)

    def __len__(self) -> int:
        return len(self._registry)

    def nodes(self) -> NodeTable:
        """All that it knows, but for those that are gone and not yet purged."""
        return self._registry.table(np.flatnonzero(self._registry.ingested_ms >= self.horizon))

    def nbytes(self) -> dict[str, int]:
        """Bytes of memory by purpose."""
        return {"nodes": self._registry.nbytes(), "postings": self._postings.nbytes()}


def _too_many(found: CommonPostings) -> QueryReply:
    none = np.empty(0, np.uint32)
    return QueryReply(table_of([]), none, none, found.places.take(slice(0)), found.capped[:0], np.array([len(found.rows)]))


def is_named(name: bytes, article_ids: Collection[str]) -> bool:
    """Whether a node's name is that of a revision of one of these articles."""
    return decode_name(name)[0] in article_ids


def without_articles(batch: Insert, article_ids: Collection[str]) -> Insert:
    """The batch without the nodes of these articles."""
    names = batch.nodes.names
    return select(batch, np.array([row for row in range(len(names)) if not is_named(names[row], article_ids)], np.int64))


def select(batch: Insert, rows: Ints) -> Insert:
    """The batch with these nodes only."""
    if len(rows) == len(batch.nodes):
        return batch
    chosen = np.zeros(len(batch.nodes), np.bool_)
    chosen[rows] = True
    keep = np.repeat(chosen, batch.counts)
    return Insert(batch.nodes.take(rows), batch.counts[rows], batch.hashes[keep], batch.places.take(keep))


def gathered(batches: Iterable[Insert], most: int) -> Iterator[Insert]:
    """The same nodes in fewer and larger inserts of about `most`, none of which holds a node twice."""
    waiting: list[Insert] = []
    seen: set[int] = set()
    for batch in batches:
        keys = batch.nodes.keys.tolist()
        if waiting and (len(seen) >= most or not seen.isdisjoint(keys)):
            yield _joined(waiting)
            waiting, seen = [], set()
        waiting.append(batch)
        seen.update(keys)
    if waiting:
        yield _joined(waiting)


def _joined(batches: Sequence[Insert]) -> Insert:
    counts, hashes = (np.concatenate([getattr(batch, name) for batch in batches]) for name in ("counts", "hashes"))
    places = Places(*(np.concatenate(columns) for columns in zip(*(batch.places.columns for batch in batches), strict=True)))
    return Insert(concatenated(batch.nodes for batch in batches), counts, hashes, places)
