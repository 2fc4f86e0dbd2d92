"""Runs: common shingles of two texts that lie near each other and near one diagonal, in both texts.

Two common shingles are connected when they are at most `gap` words apart in either text and the two distances differ by at
most `drift` words, so that edits within a passage do not end it. A run is a connected set. More common shingles can
only join runs or lengthen them. All pairs of a batch are worked on together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from services.deduplicator.arrays import Bools, Ints

WORD, START, END, OTHER_WORD, OTHER_START, OTHER_END = range(6)  # columns of a table of points
FAR = 1 << 40  # farther than any two words of one text


@dataclass(frozen=True, slots=True)
class Run:
    """One run: words from first shingle's start to last shingle's start, characters from first to last, in both texts."""

    free: bool  # whether one point stands neither as far from the top in both texts nor as far from the end
    points: int
    first: int
    last: int
    other_first: int
    other_last: int
    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def length(self) -> int:
        """In words, in the text where it is shorter."""
        return min(self.last - self.first, self.other_last - self.other_first)


def find_runs(tables: Sequence[Ints], lengths: Ints, gap: int, drift: int, tolerance: int) -> Iterator[list[Run]]:
    """The runs of two points or more of each pair of texts. `tables` has a pair's points as rows of six columns, `lengths` the
    words of both texts, shape (pairs, 2); `tolerance` says how exactly a framed point stands as far from an edge in both.
    """
    if not tables:
        return
    pair = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    points = np.concatenate(tables)
    order = np.lexsort((points[:, OTHER_WORD], points[:, WORD], pair))
    points, pair = points[order], pair[order]
    labels = _components(points[:, WORD] + pair * FAR, points[:, OTHER_WORD], gap, drift)
    framed = _framed(points, lengths[pair], tolerance)
    yield from _collect(points, pair, labels, framed, len(tables))


def _components(words: Ints, others: Ints, gap: int, drift: int) -> Ints:
    """A label for each point, equal for connected ones. Points come by word; those of different pairs are far apart."""
    links = list(_links(words, others, gap, drift))
    label = np.zeros(len(words), np.int64)
    if links:
        apart = np.ones(len(words), np.int64)
        apart[links[0][1]] = 0
        label = np.cumsum(apart) - 1
    parent = list(range(int(label.max(initial=0)) + 1))
    ends = np.concatenate([np.stack((label[ones], label[seconds])) for ones, seconds in links[1:]] or [np.empty((2, 0), np.int64)], axis=1)
    for one, other in np.unique(ends[:, ends[0] != ends[1]], axis=1).T.tolist():
        parent[_root(parent, other)] = _root(parent, one)
    return np.array([_root(parent, number) for number in range(len(parent))])[label]


def _links(words: Ints, others: Ints, gap: int, drift: int) -> Iterator[tuple[Ints, Ints]]:
    """Connected points: each with its next, then each with its second next, and so on while any is near enough."""
    for lag in range(1, len(words)):
        step = words[lag:] - words[:-lag]
        near = step <= gap
        if not near.any():
            break
        other_step = others[lag:] - others[:-lag]
        linked = np.flatnonzero(near & (other_step > 0) & (other_step <= gap) & (np.abs(step - other_step) <= drift))
        yield linked, linked + lag


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _framed(points: Ints, lengths: Ints, tolerance: int) -> Bools:
    from_top = points[:, WORD] - points[:, OTHER_WORD]
    from_end = from_top - lengths[:, 0] + lengths[:, 1]
    result: Bools = np.minimum(np.abs(from_top), np.abs(from_end)) <= tolerance
    return result


def _collect(points: Ints, pair: Ints, labels: Ints, framed: Bools, pairs: int) -> Iterator[list[Run]]:
    order = np.argsort(labels, kind="stable")
    heads = np.flatnonzero(np.append(True, labels[order][1:] != labels[order][:-1]))
    counts = np.diff(np.append(heads, len(order)))
    ordered = points[order]
    least, most = np.minimum.reduceat(ordered, heads), np.maximum.reduceat(ordered, heads)
    free = np.logical_or.reduceat(~framed[order], heads)
    columns = (least[:, WORD], most[:, WORD], least[:, OTHER_WORD], most[:, OTHER_WORD])
    places = (least[:, START], most[:, END], least[:, OTHER_START], most[:, OTHER_END])
    result: list[list[Run]] = [[] for _ in range(pairs)]
    solid = np.flatnonzero(counts > 1)
    rows = np.stack((counts, *columns, *places), axis=1)[solid].tolist()
    for owner, row, alone in zip(pair[order][heads][solid].tolist(), rows, free[solid].tolist(), strict=True):
        result[owner].append(Run(alone, *row))
    yield from result
