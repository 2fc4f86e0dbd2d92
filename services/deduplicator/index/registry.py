"""The nodes of a shard by slot, and the slot of a node by its key."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, Small
from copydesk.services.deduplicator.index.multimap import Multimap
from copydesk.services.deduplicator.index.nodes import SIZES, Names, NodeTable, PlaceInTime, decode_name

Slots = Ints


class Registry:
    """Columns that grow by doubling; a slot is a row of them until the next purge."""

    def __init__(self) -> None:
        self._size = 0
        self._blob: npt.NDArray[np.uint8] = np.empty(0, np.uint8)  # the names, one after the other
        self._bounds: Ints = np.zeros(1, np.int64)
        self._keys: Hashes = np.empty(0, np.uint64)
        self._ingested_ms: Ints = np.empty(0, np.int64)
        self._sizes: Small = np.empty((0, SIZES), np.uint32)
        self._identities: Hashes = np.empty(0, np.uint64)
        self._slots = Multimap()

    def __len__(self) -> int:
        return self._size

    @property
    def keys(self) -> Hashes:
        return self._keys[: len(self)]

    @property
    def ingested_ms(self) -> Ints:
        return self._ingested_ms[: len(self)]

    def find(self, keys: Hashes, horizon: int) -> Slots:
        """The slot of each node, -1 where it is not known or gone."""
        slots = np.full(len(keys), -1, np.int64)
        hits = self._slots.find(keys)
        found = hits.column(0)
        alive = self._ingested_ms[found] >= horizon
        slots[hits.places[alive]] = found[alive]
        return slots

    def add(self, nodes: NodeTable) -> Slots:
        """Give new nodes their slots."""
        first, last = len(self), len(self) + len(nodes)
        self._reserve(last)
        self._size = last
        self._name(first, nodes.names)
        self._keys[first:last] = nodes.keys
        self._ingested_ms[first:last] = nodes.ingested_ms
        self._sizes[first:last] = nodes.sizes
        self._identities[first:last] = nodes.identities
        slots = np.arange(first, last)
        self._slots.add(nodes.keys, slots.astype(np.uint32))
        return slots

    def _name(self, first: int, names: Names) -> None:
        """Note the names of the nodes from this slot on. Bytes that are taken stay as they are: tables share them."""
        start = int(self._bounds[first])
        self._bounds[first + 1 : first + 1 + len(names)] = start + np.cumsum(names.lengths)
        end = int(self._bounds[first + len(names)])
        if end > len(self._blob):
            self._blob = np.concatenate((self._blob[:start], np.empty(max(end, 2 * len(self._blob)) - start, np.uint8)))
        self._blob[start:end] = names.bytes()

    def _names(self, slots: Slots) -> Names:
        return Names(self._blob, self._bounds[slots], self._bounds[slots + 1] - self._bounds[slots])

    def lower(self, slots: Slots, ingested_ms: Ints) -> None:
        """A smaller time of ingestion has been seen for these nodes."""
        self._ingested_ms[slots] = ingested_ms

    def table(self, slots: Slots) -> NodeTable:
        return NodeTable(self._names(slots), self._keys[slots], self._ingested_ms[slots], self._sizes[slots], self._identities[slots])

    def order(self, slot: int) -> PlaceInTime:
        return PlaceInTime(int(self._ingested_ms[slot]), *decode_name(self._names(np.array([slot]))[0]))

    def purge(self, alive: Bools) -> None:
        """Forget the other nodes; slots are numbered anew."""
        kept = self.table(np.flatnonzero(alive))
        self.__init__()  # type: ignore[misc]
        self.add(kept)

    def _reserve(self, size: int) -> None:
        if size <= len(self._keys):
            return
        more = max(size, 2 * len(self._keys), 64) - len(self._keys)
        self._bounds = np.concatenate((self._bounds, np.empty(more, np.int64)))
        self._keys = np.concatenate((self._keys, np.empty(more, np.uint64)))
        self._ingested_ms = np.concatenate((self._ingested_ms, np.empty(more, np.int64)))
        self._sizes = np.concatenate((self._sizes, np.empty((more, SIZES), np.uint32)))
        self._identities = np.concatenate((self._identities, np.empty(more, np.uint64)))

    def nbytes(self) -> int:
        arrays = (self._blob, self._bounds, self._keys, self._ingested_ms, self._sizes, self._identities)
        return sum(array.nbytes for array in arrays) + self._slots.nbytes()
