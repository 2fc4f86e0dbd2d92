"""The deduplicator's side of the index: insert a batch into all shards, then ask all shards about it, and add up.

Write, then read. An insert is answered by every shard before the first query leaves. Of two copies that run at the same
time, the one whose insert is complete last therefore sees the other in full; the other may see a part.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from services.deduplicator.arrays import Ints
from services.deduplicator.candidates import Answer, Batch, collect
from services.deduplicator.evidence import EvidenceRule
from services.deduplicator.nodes import Node, table_of
from services.deduplicator.sketch import Sketch
from services.deduplicator.wire import Found, Insert, Inserted, Message, Places, Query, decode, encode
from shared.asking import Asker

MOST_HASHES = 4_096  # in one message: bounds the size of an answer
MOST_SPAN = 65_535  # characters from a shingle's first to its last that a place can say


class ShardedIndex:
    """The index behind an `Asker`; the shard of a hash is its remainder."""

    def __init__(self, asker: Asker, rule: EvidenceRule) -> None:
        """The rule says which common shingles are worth a look at both texts."""
        self._asker = asker
        self._rule = rule

    async def insert(self, nodes: Sequence[Node], sketches: Sequence[Sketch]) -> list[Node]:
        """Add the nodes, none twice. Returns them, each at its smallest known time of ingestion, when every shard has answered."""
        result: list[Node] = []
        for group in _groups(sketches, self._asker.shards):
            batch = _flatten(nodes[group], sketches[group])
            times = batch.nodes.ingested_ms.copy()
            rows = dict(_sharded(batch, self._asker.shards))
            replies = await self._ask({shard: _insert(batch, part) for shard, part in rows.items()})
            for shard, reply in replies.items():
                if isinstance(reply, Inserted):
                    np.minimum.at(times, np.unique(batch.owners[rows[shard]]), reply.ingested_ms)
            result += [node.at(int(time)) for node, time in zip(nodes[group], times, strict=True)]
        return result

    async def query(self, nodes: Sequence[Node], sketches: Sequence[Sketch]) -> list[Answer]:
        """For each node the candidates in the index. To be called when `insert` has returned for the same nodes."""
        result: list[Answer] = []
        for group in _groups(sketches, self._asker.shards):
            batch = _flatten(nodes[group], sketches[group])
            rows = dict(_sharded(batch, self._asker.shards))
            replies = await self._ask({shard: _query(batch, part) for shard, part in rows.items()})
            found = [(rows[shard], reply) for shard, reply in replies.items() if isinstance(reply, Found)]
            result += await asyncio.to_thread(collect, batch, found, self._rule)
        return result

    async def _ask(self, requests: Mapping[int, Message]) -> dict[int, Message]:
        replies = await self._asker.ask({shard: encode(request) for shard, request in requests.items()}) if requests else {}
        return {shard: decode(reply) for shard, reply in sorted(replies.items())}


def _groups(sketches: Sequence[Sketch], shards: int) -> Iterator[slice]:
    """Parts of the batch whose messages stay small."""
    first = size = 0
    for number, sketch in enumerate(sketches):
        if size and size + len(sketch.hashes) > MOST_HASHES * shards:
            yield slice(first, number)
            first, size = number, 0
        size += len(sketch.hashes)
    if sketches:
        yield slice(first, len(sketches))


def _flatten(nodes: Sequence[Node], sketches: Sequence[Sketch]) -> Batch:
    owners = np.repeat(np.arange(len(nodes)), [len(sketch.hashes) for sketch in sketches])
    hashes, words, starts, ends = (np.concatenate([getattr(sketch, name) for sketch in sketches]) for name in ("hashes", "words", "starts", "ends"))
    return Batch(table_of(nodes), owners, hashes, words, starts, np.minimum(ends, starts + np.uint32(MOST_SPAN)))


def _sharded(batch: Batch, shards: int) -> Iterator[tuple[int, Ints]]:
    """The rows of each shard that has any."""
    shard_of = batch.hashes % np.uint64(shards)
    for shard in range(shards):
        rows = np.flatnonzero(shard_of == shard)
        if len(rows):
            yield shard, rows


def _insert(batch: Batch, rows: Ints) -> Insert:
    spans = (batch.ends[rows] - batch.starts[rows]).astype(np.uint16)
    owners, counts = np.unique(batch.owners[rows], return_counts=True)
    return Insert(batch.nodes.take(owners), counts, batch.hashes[rows], Places(batch.words[rows], batch.starts[rows], spans))


def _query(batch: Batch, rows: Ints) -> Query:
    owners, counts = np.unique(batch.owners[rows], return_counts=True)
    return Query(batch.nodes.take(owners), counts, batch.hashes[rows])
