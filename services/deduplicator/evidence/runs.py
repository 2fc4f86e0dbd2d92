"""Runs: common shingles of two texts that lie near each other and near one diagonal, in both texts.

Two common shingles are connected when they are at most `gap` words apart in either text and the two distances differ by at
most `drift` words, so that edits within a passage do not end it. A run is a connected set. More common shingles can
only join runs or lengthen them. All pairs of a batch are worked on together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from copydesk.services.deduplicator.arrays import Ints, lengths_to_starts

WORD, START, END, OTHER_WORD, OTHER_START, OTHER_END, HEAD = range(7)  # columns of a table of points
FAR = 1 << 40  # farther than any two words of one text


@dataclass(frozen=True, slots=True)
class Run:
    """One run: words from first shingle's start to last shingle's start, characters from first to last, in both texts."""

    free: bool  # whether one point stands neither as far from the top in both texts nor as far from the end
    tail: bool  # whether all points stand as far from the end, and none as far from the top
    head: bool  # whether one point stands at the head of one text and inside the other
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


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of two points or more of many pairs of texts, by column; `least` and `most` of their points have the columns of these."""

    pair: Ints
    points: Ints
    least: Ints
    most: Ints
    diagonals: Ints  # least and most distance of a point's places in the two texts, shape (runs, 2)

    @classmethod
    def find(cls, points: Ints, pair: Ints, gap: int, drift: int) -> Runs:
        """From points, rows of seven columns (HEAD may be left out where no single run is asked for), each with the number of its pair;
        gap and drift in words.
        """
        words = points[:, WORD] + pair * FAR
        if not (words[1:] > words[:-1]).all():
            order = np.lexsort((points[:, OTHER_WORD], words))
            points, pair, words = points[order], pair[order], words[order]
        labels = _components(words, points[:, OTHER_WORD], gap, drift)
        order = np.argsort(labels, kind="stable")
        points, pair, labels = points[order], pair[order], labels[order]
        heads = np.flatnonzero(np.append(True, labels[1:] != labels[:-1])[: len(labels)])
        counts = np.diff(np.append(heads, len(labels)))
        heads, counts, kept = heads[counts > 1], counts[counts > 1], np.repeat(counts > 1, counts)
        points, starts = points[kept], lengths_to_starts(counts)[:-1]
        if not len(heads):
            return cls(heads, counts, points[:0], points[:0], points[:0, :2])
        diagonals = points[:, WORD] - points[:, OTHER_WORD]
        return cls(
            pair[heads],
            counts,
            np.minimum.reduceat(points, starts),
            np.maximum.reduceat(points, starts),
            np.stack((np.minimum.reduceat(diagonals, starts), np.maximum.reduceat(diagonals, starts)), axis=1),
        )

    def spans(self) -> tuple[Ints, Ints]:
        """Words from first shingle to last, in each text."""
        extent = self.most - self.least
        return extent[:, WORD], extent[:, OTHER_WORD]

    def lengths(self) -> Ints:
        """The shorter of the two."""
        return np.minimum(*self.spans())

    def rows(self, rows: Ints, lengths: Ints, tolerance: int) -> Iterator[Run]:
        """Some of the runs one by one; `lengths` are the words of both texts of each pair, shape (pairs, 2). A framed point stands as
        far from the top, or from the end, in both, but for `tolerance` words.
        """
        first, last = self.least[rows], self.most[rows]
        words = (first[:, WORD], last[:, WORD], first[:, OTHER_WORD], last[:, OTHER_WORD])
        places = (first[:, START], last[:, END], first[:, OTHER_START], last[:, OTHER_END])
        longer = lengths[self.pair[rows], 0] - lengths[self.pair[rows], 1]
        least, most = self.diagonals[rows, 0], self.diagonals[rows, 1]
        on_top, on_end = ((least >= edge - tolerance) & (most <= edge + tolerance) for edge in (0, longer))
        tail = on_end & ((least > tolerance) | (most < -tolerance))
        table = np.stack((self.points[rows], *words, *places), axis=1)
        flags = np.stack((~on_top & ~on_end, tail, last[:, HEAD] > 0), axis=1)
        for (free, ending, head), row in zip(flags.tolist(), table.tolist(), strict=True):
            yield Run(free, ending, head, *row)


def _components(words: Ints, others: Ints, gap: int, drift: int) -> Ints:
    """A label for each point, equal for connected ones. Points come by word; those of different pairs are far apart."""
    links = list(_links(words, others, gap, drift))
    apart = np.ones(len(words), np.int64)
    if links:
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
