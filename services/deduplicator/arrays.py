"""Names for the numpy arrays that the deduplicator passes around. One dimension each, unless said otherwise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Flags = npt.NDArray[np.uint16]
Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.uint32]
Spans = npt.NDArray[np.uint16]
Hashes = npt.NDArray[np.uint64]


def lengths_to_starts(lengths: Ints) -> Ints:
    """Where each of some consecutive pieces starts, with the total at the end: n + 1 numbers for n pieces."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers of all ranges [start, start + length), one range after the other."""
    total = int(lengths.sum())
    offsets = lengths_to_starts(lengths)[:-1]
    return np.arange(total, dtype=np.int64) + np.repeat(starts - offsets, lengths)
