"""The nodes of a shard by slot, and the slot of a node by its key."""

from __future__ import annotations

import numpy as np

from services.deduplicator.arrays import Bools, Hashes, Ints, Small
from services.deduplicator.index.runs import Runs
from services.deduplicator.nodes import NodeTable, Order, decode_name

Slots = Ints


class Registry:
    """Columns that grow by doubling; a slot is a row of them until the next purge."""

    def __init__(self) -> None:
        self._names: list[bytes] = []
        self._keys: Hashes = np.empty(0, np.uint64)
        self._ingested_ms: Ints = np.empty(0, np.int64)
        self._sizes: Small = np.empty((0, 4), np.uint32)
        self._identities: Hashes = np.empty(0, np.uint64)
        self._slots = Runs(1)

    def __len__(self) -> int:
        return len(self._names)

    @property
    def keys(self) -> Hashes:
        return self._keys[: len(self)]

    @property
    def ingested_ms(self) -> Ints:
        return self._ingested_ms[: len(self)]

    def find(self, keys: Hashes, horizon: int) -> Slots:
        """The slot of each node, -1 where it is not known or gone."""
        slots = np.full(len(keys), -1, np.int64)
        places, (found,) = self._slots.find(keys)
        alive = self._ingested_ms[found] >= horizon
        slots[places[alive]] = found[alive]
        return slots

    def add(self, nodes: NodeTable) -> Slots:
        """Give new nodes their slots."""
        first, last = len(self), len(self) + len(nodes)
        self._reserve(last)
        self._names += nodes.names
        self._keys[first:last] = nodes.keys
        self._ingested_ms[first:last] = nodes.ingested_ms
        self._sizes[first:last] = nodes.sizes
        self._identities[first:last] = nodes.identities
        slots = np.arange(first, last)
        self._slots.add(nodes.keys, slots.astype(np.uint32))
        return slots

    def lower(self, slots: Slots, ingested_ms: Ints) -> None:
        """A smaller time of ingestion has been seen for these nodes."""
        self._ingested_ms[slots] = ingested_ms

    def table(self, slots: Slots) -> NodeTable:
        names = [self._names[slot] for slot in slots.tolist()]
        return NodeTable(names, self._keys[slots], self._ingested_ms[slots], self._sizes[slots], self._identities[slots])

    def order(self, slot: int) -> Order:
        return Order(int(self._ingested_ms[slot]), *decode_name(self._names[slot]))

    def purge(self, alive: Bools) -> None:
        """Forget the other nodes; slots are numbered anew."""
        kept = self.table(np.flatnonzero(alive))
        self.__init__()  # type: ignore[misc]
        self.add(kept)

    def _reserve(self, size: int) -> None:
        if size <= len(self._keys):
            return
        more = max(size, 2 * len(self._keys), 64) - len(self._keys)
        self._keys = np.concatenate((self._keys, np.empty(more, np.uint64)))
        self._ingested_ms = np.concatenate((self._ingested_ms, np.empty(more, np.int64)))
        self._sizes = np.concatenate((self._sizes, np.empty((more, 4), np.uint32)))
        self._identities = np.concatenate((self._identities, np.empty(more, np.uint64)))

    def nbytes(self) -> int:
        arrays = (self._keys, self._ingested_ms, self._sizes, self._identities)
        return sum(array.nbytes for array in arrays) + self._slots.nbytes() + sum(len(name) + 41 for name in self._names)
