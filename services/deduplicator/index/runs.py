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
RATIO = 2  # a run is merged with its successor once it is not so much longer


class Run:
    """Rows sorted by key, and a filter that tells most keys which are not there: at most one bit of eight is set (Bloom 1970).

    A key's bit is where its highest bits say, spread to the whole filter, so that ascending keys walk through it in order.
    """

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
        size = max(6, (8 * len(self.keys)).bit_length())
        self._shift = np.uint64(64 - size)
        self._spread = _spread(self.keys)
        bits = np.zeros(1 << size, np.bool_)
        bits[self._bit(self.keys)] = True
        self._filter = np.packbits(bits, bitorder="little")

    def _bit(self, keys: Hashes) -> Ints:
        return ((keys * self._spread) >> self._shift).view(np.int64)

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
        size, first = len(keys), len(self.runs)
        while first and len(self.runs[first - 1]) < RATIO * size:
            first -= 1
            size += len(self.runs[first])
        smaller = self.runs[first:]
        self.runs[first:] = [self._merge(smaller, keys, columns) if smaller else Run(keys, columns)]

    def _merge(self, runs: Sequence[Run], keys: Hashes, columns: Sequence[Column]) -> Run:
        """All at once: a stable sort finds the ascending pieces and merges them."""
        order = np.argsort(keys)
        pieces = [*((run.keys, *run.columns) for run in runs), tuple(column[order] for column in (keys, *columns))]
        merged_keys, *merged = (np.concatenate(column) for column in zip(*pieces, strict=True))
        run = Run(merged_keys, merged)
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


def _spread(keys: Hashes) -> np.uint64:
    """A factor that spreads nearly all of these ascending keys over 64 bits: those of a sample (FracMinHash) lie below a bound."""
    if not len(keys):
        return np.uint64(1)
    return np.uint64(max(1, (1 << 64) // (int(keys[len(keys) - 1 - len(keys) // 16]) + 1)))


def _search(run: Run, wanted: Hashes) -> tuple[Ints, Ints]:
    likely = run.may_have(wanted)
    if not len(run) or not len(likely):
        return likely[:0], likely[:0]
    keys = wanted[likely]
    first = np.searchsorted(run.keys, keys, "left")
    there = np.flatnonzero(run.keys[np.minimum(first, len(run) - 1)] == keys)
    first = first[there]
    counts = np.ones(len(first), np.int64)
    more = np.flatnonzero(run.keys[np.minimum(first + 1, len(run) - 1)] == keys[there])
    counts[more] = np.searchsorted(run.keys, keys[there[more]], "right") - first[more]
    return np.repeat(likely[there], counts), ranges(first, counts)
