"""A multimap from 64-bit keys to rows of numbers, as a few sorted runs that are merged when they grow alike.

The shape of a log-structured merge tree (O'Neil et al. 1996) in numpy: adding costs O(log n) copies of each row, looking up
one binary search a run. A Python dictionary of lists would take ten times the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, lengths_to_starts, ranges

TableColumn = npt.NDArray[Any]
NONE = np.empty(0, np.int64)
CHUNK = 32_768  # keys that are counted at once: what stays in the processor's cache
RATIO = 2  # a run is merged with its successor once it is not so much longer


class SortedRun:
    """Rows sorted by key, and a table of where the keys of each of many equal intervals start: about two keys each.

    Keys are hashes, so the place of a key is known but for a step or two (interpolation search, Peterson 1957). Those of a sample
    (FracMinHash) lie below a bound: the intervals reach to the key that fifteen of sixteen do not exceed, or a little further.
    """

    def __init__(self, keys: Hashes, columns: Sequence[TableColumn]) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys = keys.take(order)
        self.columns = tuple(column.take(order) for column in columns)
        self._build_table()

    def __len__(self) -> int:
        return len(self.keys)

    def keep(self, rows: Bools | Ints) -> None:
        self.keys = self.keys[rows]
        self.columns = tuple(column[rows] for column in self.columns)
        self._build_table()

    def _build_table(self) -> None:
        size = max(1, (len(self) // 2).bit_length())
        self._shift = np.uint64(64 - size)
        usual = int(self.keys[len(self) - 1 - len(self) // 16]) if len(self) else 0
        self._factor = np.uint64(max(1, ((1 << 64) - 1) // (usual + 1)))
        self._bound = np.uint64(((1 << 64) - 1) // int(self._factor))
        below = self.keys[: np.searchsorted(self.keys, self._bound, "right")]
        self._table = np.zeros((1 << size) + 1, np.uint32)
        for first in range(0, len(below), CHUNK):
            interval = self._interval(below[first : first + CHUNK])
            start = int(interval[0])
            counts = np.bincount(interval - start).astype(np.uint32)
            self._table[start + 1 : start + 1 + len(counts)] += counts
        np.cumsum(self._table, out=self._table)

    def _interval(self, keys: Hashes) -> Ints:
        product = keys * self._factor
        product >>= self._shift
        return product.view(np.int64)

    def first(self, keys: Hashes) -> Ints:
        """For each of these ascending keys the first row whose key is not smaller."""
        usual = keys[: np.searchsorted(keys, self._bound, "right")]
        place = self._table[self._interval(usual)].astype(np.int64)
        behind = np.flatnonzero(self.keys[np.minimum(place, len(self) - 1)] < usual)
        while len(behind := behind[place[behind] < len(self)]):
            place[behind] += 1
            behind = behind[self.keys[np.minimum(place[behind], len(self) - 1)] < usual[behind]]
        return np.concatenate((place, np.searchsorted(self.keys, keys[len(usual) :])))

    def after(self, keys: Hashes) -> Ints:
        """For each of these ascending keys, all of which are here, the row after its last."""
        usual = keys[: np.searchsorted(keys, self._bound, "right")]
        place = self._table[self._interval(usual) + 1].astype(np.int64)
        beyond = np.flatnonzero(self.keys[place - 1] > usual)
        while len(beyond):
            place[beyond] -= 1
            beyond = beyond[self.keys[place[beyond] - 1] > usual[beyond]]
        return np.concatenate((place, np.searchsorted(self.keys, keys[len(usual) :], "right")))

    def nbytes(self) -> int:
        return self.keys.nbytes + self._table.nbytes + sum(column.nbytes for column in self.columns)


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of several runs, and for each which of the keys it has, by its place among them. Columns are read when they are asked for."""

    places: Ints
    parts: list[tuple[SortedRun, Ints]]

    def column(self, number: int) -> TableColumn:
        columns = [run.columns[number].take(rows) for run, rows in self.parts]
        return np.concatenate(columns) if columns else NONE

    def only(self, kept: Ints) -> Hits:
        """Some of them, by ascending number."""
        starts = lengths_to_starts(np.array([len(rows) for _, rows in self.parts], np.int64))
        bounds = np.searchsorted(kept, starts)
        pieces = zip(self.parts, starts.tolist(), pairwise(bounds.tolist()), strict=False)
        return Hits(self.places[kept], [(run, rows.take(kept[first:last] - start)) for (run, rows), start, (first, last) in pieces])


class Multimap:
    """`trim` says which rows of a merged run to keep (rows of one key are neighbours); None keeps all."""

    def __init__(self, trim: Callable[[SortedRun], None] | None = None) -> None:
        self.runs: list[SortedRun] = []
        self._trim = trim

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    def add(self, keys: Hashes, *columns: TableColumn) -> None:
        if not len(keys):
            return
        size, first = len(keys), len(self.runs)
        while first and len(self.runs[first - 1]) < RATIO * size:
            first -= 1
            size += len(self.runs[first])
        smaller = self.runs[first:]
        self.runs[first:] = [self._merge(smaller, keys, columns) if smaller else SortedRun(keys, columns)]

    def _merge(self, runs: Sequence[SortedRun], keys: Hashes, columns: Sequence[TableColumn]) -> SortedRun:
        """All at once: a stable sort finds the ascending pieces and merges them."""
        order = np.argsort(keys)
        pieces = [*((run.keys, *run.columns) for run in runs), tuple(column[order] for column in (keys, *columns))]
        merged_keys, *merged = (np.concatenate(column) for column in zip(*pieces, strict=True))
        run = SortedRun(merged_keys, merged)
        if self._trim:
            self._trim(run)
        return run

    def find(self, keys: Hashes) -> Hits:
        """Every row that has one of the keys."""
        order = np.argsort(keys)
        wanted = keys[order]
        found = [(run, *_search(run, wanted)) for run in self.runs]
        places = [order[place] for _, place, _ in found]
        return Hits(np.concatenate(places) if places else NONE, [(run, rows) for run, _, rows in found])

    def nbytes(self) -> int:
        return sum(run.nbytes() for run in self.runs)


def _search(run: SortedRun, wanted: Hashes) -> tuple[Ints, Ints]:
    if not len(run):
        return NONE, NONE
    first = run.first(wanted)
    there = np.flatnonzero(run.keys[np.minimum(first, len(run) - 1)] == wanted)
    first, keys = first[there], wanted[there]
    counts = np.ones(len(first), np.int64)
    more = np.flatnonzero(run.keys[np.minimum(first + 1, len(run) - 1)] == keys)
    counts[more] = run.after(keys[more]) - first[more]
    return np.repeat(there, counts), ranges(first, counts)
