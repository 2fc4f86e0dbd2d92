"""The postings of a shard: shingle hash → nodes that have it, with its place in each; the earliest nodes, a bounded number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, Small, heads_of
from copydesk.services.deduplicator.index.messages import Places, Query
from copydesk.services.deduplicator.index.multimap import Multimap, SortedRun
from copydesk.services.deduplicator.index.nodes import PlaceInTime, decode_name
from copydesk.services.deduplicator.index.registry import Registry


@dataclass(frozen=True, slots=True)
class CommonPostings:
    """For each common shingle its row in the query's hashes, the other's slot and the place in it; `capped` for each node that asks."""

    rows: Ints
    others: Ints
    places: Places
    capped: Bools


class Postings:
    """`most` nodes are kept for one hash, the earliest of those that the registry knows."""

    def __init__(self, most: int, registry: Registry) -> None:
        self._most = most
        self._registry = registry
        self._runs = Multimap(self._trim)

    def add(self, hashes: Hashes, slots: Small, places: Places) -> None:
        self._runs.add(hashes, slots, *places.columns)

    def find(self, query: Query, owners: Ints, horizon: int, window_ms: int) -> CommonPostings:
        """The postings of the query's hashes, at most `most` nodes that are not gone for each; of these the other nodes within the window."""
        found = self._runs.find(query.hashes)
        slots = found.column(0).astype(np.int64)
        alive = self._registry.ingested_ms[slots] >= horizon
        if not alive.all():
            found, slots = found.only(np.flatnonzero(alive)), slots[alive]
        rows, capped = found.places, np.zeros(len(query.nodes), np.bool_)
        mine = owners[rows]
        wanted = np.abs(self._registry.ingested_ms[slots] - query.nodes.ingested_ms[mine]) <= window_ms
        wanted &= self._registry.keys[slots] != query.nodes.keys[mine]
        full = np.bincount(rows, minlength=len(query.hashes)) >= self._most
        if full.any():
            wanted &= self._cap(rows, slots, np.flatnonzero(full[rows]), query, owners, capped)
        kept = np.flatnonzero(wanted)
        found = found.only(kept)
        return CommonPostings(found.places, slots[kept], Places(*(found.column(number) for number in (1, 2, 3))), capped)

    def _cap(self, rows: Ints, slots: Ints, full: Ints, query: Query, owners: Ints, capped: Bools) -> Bools:
        """Which postings stay, given those of hashes whose postings are full; notes the nodes that may have missed one in `capped`."""
        keep = np.ones(len(rows), np.bool_)
        order = full[np.lexsort((self._registry.ingested_ms[slots[full]], rows[full]))]
        heads = heads_of(rows[order])
        sizes = np.diff(np.append(heads, len(order)))
        times = self._registry.ingested_ms[slots[order]]
        keep[order[np.arange(len(order)) - np.repeat(heads, sizes) >= self._most]] = False
        beyond = np.flatnonzero(sizes > self._most)
        tied = beyond[times[heads[beyond] + self._most - 1] == times[heads[beyond] + self._most]]
        for head, size in zip(heads[tied].tolist(), sizes[tied].tolist(), strict=True):  # several came in at that millisecond
            group = order[head : head + size]
            keep[group] = self._earliest(slots[group])
        self._note_capped(order, heads, rows, slots, query, owners, capped)
        return keep

    def _note_capped(self, order: Ints, heads: Ints, rows: Ints, slots: Ints, query: Query, owners: Ints, capped: Bools) -> None:
        """Which nodes touched a posting that has `most` nodes that are earlier than they are."""
        asking = owners[rows[order]]
        slots, times = slots[order], self._registry.ingested_ms[slots[order]]
        mine, other = query.nodes.ingested_ms[asking], self._registry.keys[slots] != query.nodes.keys[asking]
        earlier = np.add.reduceat(other & (times < mine), heads, dtype=np.int64)
        tied = np.add.reduceat(other & (times == mine), heads, dtype=np.int64)
        capped[asking[heads[earlier >= self._most]]] = True
        for group in np.flatnonzero((earlier < self._most) & (earlier + tied >= self._most)).tolist():
            owner = int(asking[heads[group]])
            if not capped[owner]:
                end = heads[group + 1] if group + 1 < len(heads) else len(order)
                capped[owner] = self._before(slots[heads[group] : end], query, owner) >= self._most

    def _earliest(self, slots: Ints) -> Bools:
        """Which of these nodes are among the earliest `most`."""
        if len(slots) <= self._most:
            return np.ones(len(slots), np.bool_)
        times = self._registry.ingested_ms[slots]
        last = np.partition(times, self._most - 1)[self._most - 1]
        stays: Bools = times <= last
        if int(stays.sum()) > self._most:  # several came in at that millisecond: their names decide
            tied = np.flatnonzero(times == last)
            ordered = sorted(tied.tolist(), key=lambda place: self._registry.order(int(slots[place])))
            stays[ordered[len(tied) - (int(stays.sum()) - self._most) :]] = False
        return stays

    def _before(self, slots: Ints, query: Query, owner: int) -> int:
        """How many of these nodes are earlier than the node that asks."""
        others = slots[self._registry.keys[slots] != query.nodes.keys[owner]]
        times, mine = self._registry.ingested_ms[others], int(query.nodes.ingested_ms[owner])
        earlier = int((times < mine).sum())
        if earlier >= self._most or earlier + int((times == mine).sum()) < self._most:
            return earlier
        me = PlaceInTime(mine, *decode_name(query.nodes.names[owner]))
        return earlier + sum(self._registry.order(slot) < me for slot in others[times == mine].tolist())

    def _trim(self, run: SortedRun) -> None:
        """Keep the earliest nodes only where a merged run has too many for one hash."""
        beyond = np.flatnonzero(run.keys[self._most :] == run.keys[: -self._most])
        if not len(beyond):
            return
        keep = np.ones(len(run), np.bool_)
        groups = beyond[heads_of(run.keys[beyond])]  # the first row of each key that has too many
        for head, last in zip(groups.tolist(), np.searchsorted(run.keys, run.keys[groups], "right").tolist(), strict=True):
            keep[head:last] = self._earliest(run.columns[0][head:last].astype(np.int64))
        run.keep(keep)

    def purge(self, alive: Bools) -> None:
        """Drop the postings of nodes that are gone and renumber the slots as the registry will."""
        renumbered = (np.cumsum(alive) - 1).astype(np.uint32)
        for run in self._runs.runs:
            run.keep(alive[run.columns[0]])
            run.columns = (renumbered[run.columns[0]], *run.columns[1:])

    def nbytes(self) -> int:
        return self._runs.nbytes()
