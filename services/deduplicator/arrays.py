"""Names for the numpy arrays that the deduplicator passes around. One dimension each, unless said otherwise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
TokenFlags = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.uint32]
TokenSpans = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]


def lengths_to_starts(lengths: Ints) -> Ints:
    """Where each of some consecutive pieces starts, with the total at the end: n + 1 numbers for n pieces."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def counts_before(values: Bools) -> Ints:
    """For each place how many are true before it, with the total at the end: n + 1 numbers for n values."""
    counts = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=counts[1:])
    return counts


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers of all ranges [start, start + length), one range after the other."""
    total = int(lengths.sum())
    offsets = lengths_to_starts(lengths)[:-1]
    return np.arange(total, dtype=np.int64) + np.repeat(starts - offsets, lengths)


def ordered(values: Ints) -> Ints:
    """The order that sorts some non-negative numbers, equal ones as they come: a stable argsort.

    Numbers that leave room are sorted together with their rows in one word each, which numpy does ten times as fast.
    """
    bits = len(values).bit_length()
    if not len(values) or int(values.max()) >> (62 - bits):
        return np.argsort(values, kind="stable")
    rows: Ints = np.sort(values << bits | np.arange(len(values))) & ((1 << bits) - 1)
    return rows


def changes(values: Ints | Small | Hashes) -> Bools:
    """Which values differ from the one before them; the first does."""
    result = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=result[1:])
    return result


def heads_of(values: Ints | Small | Hashes) -> Ints:
    """Where each group of equal neighbours starts."""
    return np.flatnonzero(changes(values))


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """The distinct ones of some non-negative numbers, ascending, and for each number its place among them."""
    order = ordered(values)
    heads = heads_of(values[order])
    numbers = np.empty(len(values), np.int64)
    numbers[order] = np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(values))))
    return values[order][heads], numbers
