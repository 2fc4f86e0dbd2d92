"""Adding up what the shards found: which other nodes share shingles with each node of a batch, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.services.deduplicator.arrays import Hashes, Ints, Small, heads_of, ordered
from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.evidence.promising import enough_points, promising
from copydesk.services.deduplicator.index.messages import QueryReply
from copydesk.services.deduplicator.index.nodes import Node, NodeTable, concatenated


@dataclass(frozen=True, slots=True)
class SketchedBatch:
    """The shingles of some nodes, one node after the other, and the row of the node that owns each."""

    own: Sequence[Node]
    nodes: NodeTable  # the same by column
    owners: Ints
    hashes: Hashes
    words: Small
    starts: Small
    ends: Small

    def at(self, times: Ints) -> SketchedBatch:
        """The same with other times of ingestion."""
        own = [node.at(time) for node, time in zip(self.own, times.tolist(), strict=True)]
        return replace(self, own=own, nodes=replace(self.nodes, ingested_ms=times))

    def without(self, common: Hashes) -> SketchedBatch:
        """The same without these shingles, given ascending; the nodes' numbers stay, so that they do not depend on the common text."""
        if not len(common):
            return self
        keep = common[np.minimum(np.searchsorted(common, self.hashes), len(common) - 1)] != self.hashes
        if keep.all():
            return self
        return SketchedBatch(self.own, self.nodes, self.owners[keep], self.hashes[keep], self.words[keep], self.starts[keep], self.ends[keep])


@dataclass(frozen=True, slots=True)
class RelatedNode:
    """Another node that has shingles in common with one of the batch, and where they stand in both."""

    other: Node
    points: Ints  # rows of (word, start, end) in this text, then in the other; shape (n, 6)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index knows about one node of the batch, at its smallest time; `capped` says that a full posting was touched."""

    node: Node
    candidates: list[RelatedNode]
    capped: bool


def collect(batch: SketchedBatch, found: Sequence[tuple[Ints, QueryReply]], rule: EvidenceRule) -> list[Answer]:
    """The candidates of each node, given each shard's rows of the batch and its answer; those that may be a match."""
    capped = np.zeros(len(batch.nodes), np.bool_)
    for rows, reply in found:
        owners = batch.owners[rows]
        capped[owners[heads_of(owners)]] |= reply.capped
    candidates: list[list[RelatedNode]] = [[] for _ in capped]
    if sum(len(reply.rows) for _, reply in found):
        _gather(batch, found, rule, candidates)
    return [Answer(node, own, bool(flag)) for node, own, flag in zip(batch.own, candidates, capped, strict=True)]


def _gather(batch: SketchedBatch, found: Sequence[tuple[Ints, QueryReply]], rule: EvidenceRule, candidates: list[list[RelatedNode]]) -> None:
    others, number = _distinct([reply for _, reply in found])
    rows = np.concatenate([rows[reply.rows] for rows, reply in found])
    owners = batch.owners[rows]
    order, heads, sizes = _grouped(owners * len(others) + number, batch.words[rows])
    owner, other = owners[order[heads]], number[order[heads]]
    equal = batch.nodes.identities[owner] == others.identities[other]
    many = enough_points(sizes, batch.nodes.sizes[owner], others.sizes[other], rule) | equal
    order, owner, other = order[np.repeat(many, sizes)], owner[many], other[many]
    equal, sizes = equal[many], sizes[many]
    table = _table(batch, rows, found, order)
    pair = np.repeat(np.arange(len(sizes)), sizes)
    worth = promising(table, pair, batch.nodes.sizes[owner], others.sizes[other], rule)
    ends = np.cumsum(sizes)
    for group in np.flatnonzero(worth | equal).tolist():
        points = table[ends[group] - sizes[group] : ends[group]]
        candidates[int(owner[group])].append(RelatedNode(others.node(int(other[group])), points))


def _table(batch: SketchedBatch, rows: Ints, found: Sequence[tuple[Ints, QueryReply]], order: Ints) -> Ints:
    """The points of these postings: places in the node of the batch, then in the other."""
    words, starts, spans = (np.concatenate(columns)[order] for columns in zip(*(reply.places.columns for _, reply in found), strict=True))
    mine = rows[order]
    table = np.empty((len(order), 6), np.int64)
    for number, column in enumerate((batch.words[mine], batch.starts[mine], batch.ends[mine], words, starts, starts + spans)):
        table[:, number] = column
    return table


def _grouped(pairs: Ints, words: Small) -> tuple[Ints, Ints, Ints]:
    """An order in which equal pairs are neighbours, each by word; where each group starts and how long it is."""
    order = ordered(pairs * (int(words.max()) + 1) + words)
    heads = heads_of(pairs[order])
    return order, heads, np.diff(np.append(heads, len(pairs)))


def _distinct(replies: Sequence[QueryReply]) -> tuple[NodeTable, Ints]:
    """The other nodes, each once, at the smallest time that any shard knows; and for each posting the row of its node there."""
    if len(replies) == 1:
        return replies[0].nodes, replies[0].others.astype(np.int64)
    table = concatenated(reply.nodes for reply in replies)
    by_time = np.lexsort((table.ingested_ms, table.keys))
    _, first, number = np.unique(table.keys[by_time], return_index=True, return_inverse=True)
    row_of = np.empty(len(table), np.int64)
    row_of[by_time] = number
    offsets = np.cumsum([0, *(len(reply.nodes) for reply in replies[:-1])])
    postings = np.concatenate([reply.others.astype(np.int64) + offset for reply, offset in zip(replies, offsets, strict=True)])
    return table.take(by_time[first]), row_of[postings]
