"""A multimap from 64-bit keys to rows of numbers, as a few sorted runs that are merged when they grow alike.

The shape of a log-structured merge tree (O'Neil et al. 1996) in numpy: adding costs O(log n) copies of each row, looking up
one binary search a run. A Python dictionary of lists would take ten times the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from services.deduplicator.arrays import Bools, Hashes, Ints, ranges

Column = npt.NDArray[Any]
SHARD_BITS = np.uint64(16)  # the lowest bits decide on the shard: all keys here may have them in common
RATIO = 4  # a run is merged with its successor once it is not so much longer


class Run:
    """Rows sorted by key, and a filter that tells most keys which are not there: one bit of eight for each row (Bloom 1970)."""

    def __init__(self, keys: Hashes, columns: Sequence[Column]) -> None:
        order = np.argsort(keys, kind="stable")
        self.keys = keys[order]
        self.columns = tuple(column[order] for column in columns)
        self._build_filter()

    def __len__(self) -> int:
        return len(self.keys)

    def keep(self, rows: Bools | Ints) -> None:
        self.keys = self.keys[rows]
        self.columns = tuple(column[rows] for column in self.columns)
        self._build_filter()

    def _build_filter(self) -> None:
        bits = np.zeros(max(64, 1 << (8 * len(self.keys)).bit_length()), np.bool_)
        self._mask = np.uint64(len(bits) - 1)
        bits[self._bit(self.keys)] = True
        self._filter = np.packbits(bits, bitorder="little")

    def _bit(self, keys: Hashes) -> Ints:
        bits: Ints = ((keys >> SHARD_BITS) & self._mask).astype(np.int64)
        return bits

    def may_have(self, keys: Hashes) -> Ints:
        """Rows of the keys that may be here."""
        bit = self._bit(keys)
        return np.flatnonzero(self._filter[bit >> 3] >> (bit & 7).astype(np.uint8) & 1)

    def nbytes(self) -> int:
        return self.keys.nbytes + self._filter.nbytes + sum(column.nbytes for column in self.columns)


class Runs:
    """`trim` says which rows of a merged run to keep (rows of one key are neighbours); None keeps all."""

    def __init__(self, columns: int, trim: Callable[[Run], None] | None = None) -> None:
        self.runs: list[Run] = []
        self._width = columns
        self._trim = trim

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    def add(self, keys: Hashes, *columns: Column) -> None:
        if not len(keys):
            return
        self.runs.append(Run(keys, columns))
        while len(self.runs) > 1 and len(self.runs[-2]) < RATIO * len(self.runs[-1]):
            last, before = self.runs.pop(), self.runs.pop()
            self.runs.append(self._merge(before, last))

    def _merge(self, one: Run, other: Run) -> Run:
        columns = [np.concatenate(pair) for pair in zip(one.columns, other.columns, strict=True)]
        run = Run(np.concatenate((one.keys, other.keys)), columns)
        if self._trim:
            self._trim(run)
        return run

    def find(self, keys: Hashes) -> tuple[Ints, list[Column]]:
        """For every row that has one of the keys: which of the keys, by its place among them, and the row's columns."""
        order = np.argsort(keys)
        wanted = keys[order]
        hits = [_search(run, wanted) for run in self.runs]
        if not hits:
            return np.empty(0, np.int64), [np.empty(0, np.int64)] * self._width
        places = np.concatenate([order[place] for place, _ in hits])
        return places, [
            np.concatenate([run.columns[number][rows] for run, (_, rows) in zip(self.runs, hits, strict=True)]) for number in range(self._width)
        ]

    def nbytes(self) -> int:
        return sum(run.nbytes() for run in self.runs)


def _search(run: Run, wanted: Hashes) -> tuple[Ints, Ints]:
    likely = run.may_have(wanted)
    if not len(run) or not len(likely):
        return likely[:0], likely[:0]
    keys = wanted[likely]
    first = np.searchsorted(run.keys, keys, "left")
    there = np.flatnonzero(run.keys[np.minimum(first, len(run) - 1)] == keys)
    first = first[there]
    counts = np.searchsorted(run.keys, keys[there], "right") - first
    return np.repeat(likely[there], counts), ranges(first, counts)
