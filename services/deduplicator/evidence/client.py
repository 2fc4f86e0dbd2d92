"""The deduplicator's side of the index: insert a batch into all shards, then ask all shards about it, and add up.

Write, then read. An insert is answered by every shard before the first query leaves. Of two copies that run at the same
time, the one whose insert is complete last therefore sees the other in full; the other may see a part.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from copydesk.services.deduplicator.arrays import Hashes, Ints, heads_of
from copydesk.services.deduplicator.evidence.candidates import Answer, SketchedBatch, collect
from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.index.messages import (
    IndexMessage,
    Insert,
    InsertReply,
    Places,
    Query,
    QueryReply,
    Refused,
    decode_message,
    encode_message,
)
from copydesk.services.deduplicator.index.nodes import Node, table_of
from copydesk.services.deduplicator.sketch.sampling import Sketch
from copydesk.shared.asking import Asker
from copydesk.shared.errors import UnavailableError

MOST_HASHES = 32_768  # in one message to one shard
MOST_SPAN = 65_535  # characters from a shingle's first to its last that a place can say

Rows = Ints


class ShardedIndex:
    """The index behind an `Asker`; the shard of a hash is its remainder."""

    def __init__(self, asker: Asker, rule: EvidenceRule, shingles: str = "") -> None:
        """The rule says which common shingles are worth a look at both texts; `shingles` is the fingerprint of how they are made."""
        self._asker = asker
        self._rule = rule
        self._shingles = shingles

    def batches(self, nodes: Sequence[Node], sketches: Sequence[Sketch]) -> list[SketchedBatch]:
        """The nodes, none of them twice, in parts whose messages stay small."""
        return [_flatten(nodes[group], sketches[group]) for group in _groups(sketches, MOST_HASHES * self._asker.shards)]

    async def insert(self, batch: SketchedBatch) -> SketchedBatch:
        """Add the nodes. Returns them, each at its smallest known time of ingestion, when every shard has answered."""
        times = batch.nodes.ingested_ms.copy()
        rows = _sharded(batch, self._asker.shards)
        for shard, reply in (await self._ask({shard: _insert(batch, part) for shard, part in rows.items()})).items():
            if isinstance(reply, InsertReply):
                np.minimum.at(times, _counted(batch.owners[rows[shard]])[0], reply.ingested_ms)
        return batch.at(times)

    async def query(self, batch: SketchedBatch, common: Hashes) -> list[Answer]:
        """For each node the candidates in the index, by all its shingles but the common ones. To be called when `insert` has returned."""
        asked = batch.without(common)
        waiting = {shard: [rows] for shard, rows in _sharded(asked, self._asker.shards).items()}
        found: list[tuple[Rows, QueryReply]] = []
        while waiting:
            rows = {shard: parts.pop() for shard, parts in waiting.items()}
            for shard, reply in (await self._ask({shard: _query(asked, part) for shard, part in rows.items()})).items():
                if isinstance(reply, QueryReply) and reply.too_many:
                    waiting[shard] += np.array_split(rows[shard], 2)
                elif isinstance(reply, QueryReply):
                    found.append((rows[shard], reply))
            waiting = {shard: parts for shard, parts in waiting.items() if parts}
        return await asyncio.to_thread(collect, asked, found, self._rule)

    async def _ask(self, requests: Mapping[int, IndexMessage]) -> dict[int, IndexMessage]:
        """Raises UnavailableError when a shard refuses to answer: nobody's verdict is right until the replicas agree."""
        replies = await self._asker.ask({shard: encode_message(request, self._shingles) for shard, request in requests.items()}) if requests else {}
        decoded = {shard: decode_message(reply) for shard, reply in sorted(replies.items())}
        for shard, reply in decoded.items():
            if isinstance(reply, Refused):
                raise UnavailableError(f"shard {shard} of the index refuses to answer: {reply.reason}")
        return decoded


def _groups(sketches: Sequence[Sketch], most: int) -> Iterator[slice]:
    """Neighbours that have no more than so many shingles together."""
    first = size = 0
    for number, sketch in enumerate(sketches):
        if size and size + len(sketch.hashes) > most:
            yield slice(first, number)
            first, size = number, 0
        size += len(sketch.hashes)
    if sketches:
        yield slice(first, len(sketches))


def _flatten(nodes: Sequence[Node], sketches: Sequence[Sketch]) -> SketchedBatch:
    owners = np.repeat(np.arange(len(nodes)), [len(sketch.hashes) for sketch in sketches])
    hashes, words, starts, ends = (np.concatenate([getattr(sketch, name) for sketch in sketches]) for name in ("hashes", "words", "starts", "ends"))
    return SketchedBatch(nodes, table_of(nodes), owners, hashes, words, starts, np.minimum(ends, starts + np.uint32(MOST_SPAN)))


def _sharded(batch: SketchedBatch, shards: int) -> dict[int, Rows]:
    """The rows of each shard that has any."""
    if shards == 1:
        return {0: np.arange(len(batch.hashes))} if len(batch.hashes) else {}
    shard_of = batch.hashes % np.uint64(shards)
    rows = {shard: np.flatnonzero(shard_of == shard) for shard in range(shards)}
    return {shard: part for shard, part in rows.items() if len(part)}


def _insert(batch: SketchedBatch, rows: Rows) -> Insert:
    spans = (batch.ends[rows] - batch.starts[rows]).astype(np.uint16)
    owners, counts = _counted(batch.owners[rows])
    return Insert(batch.nodes.take(owners), counts, batch.hashes[rows], Places(batch.words[rows], batch.starts[rows], spans))


def _query(batch: SketchedBatch, rows: Rows) -> Query:
    owners, counts = _counted(batch.owners[rows])
    return Query(batch.nodes.take(owners), counts, batch.hashes[rows])


def _counted(owners: Ints) -> tuple[Ints, Ints]:
    """The distinct numbers of an ascending list, and how often each comes."""
    heads = heads_of(owners)
    return owners[heads], np.diff(np.append(heads, len(owners)))
