"""Whether a message or a segment of the index can be what it says: its arrays fit each other, its names and times can be read.

Any client may write on the topics of the index. What passes here cannot raise later, in a shard or in the deduplicator that reads an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import Any

import numpy as np
import numpy.typing as npt

from copydesk.services.deduplicator.arrays import Bools, Ints
from copydesk.services.deduplicator.index.nodes import SIZES, Names, NodeTable, decode_name

DTYPES: Mapping[str, str] = {
    "nodes.blob": "|u1", "nodes.lengths": "<u4", "nodes.keys": "<u8", "nodes.ingested_ms": "<i8", "nodes.sizes": "<u4", "nodes.identities": "<u8",
    "counts": "<i8", "hashes": "<u8", "places.words": "<u4", "places.starts": "<u4", "places.spans": "<u2",
}  # fmt: skip
FIRST_MS, LAST_MS = -62_135_596_800_000, 253_402_300_799_999  # what a date can say: the years 1 to 9999
SHORT_NAME = 34  # bytes of a name whose two identifiers have 32 hexadecimal digits


def require_types(arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Raises ValueError for an array of another type than its name stands for, or of another shape."""
    for name, array in arrays.items():
        if array.dtype.str != DTYPES[name] or array.ndim != (2 if name == "nodes.sizes" else 1):
            raise ValueError(f"{name} is {array.ndim}-dimensional {array.dtype.str}")


def require_nodes(lengths: Ints, blob: Sized, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    """Raises ValueError for columns of nodes that are not of one length, and for times that no date can say."""
    if int(lengths.sum()) != len(blob) or any(len(column) != len(lengths) for column in columns.values()) or columns["sizes"].shape[1] > SIZES:
        raise ValueError("the columns of the nodes do not fit each other")
    times = columns["ingested_ms"]
    if len(times) and not FIRST_MS <= int(times.min()) <= int(times.max()) <= LAST_MS:
        raise ValueError("a time of ingestion that no date can say")


def require_names(names: Names) -> None:
    """Raises ValueError for names that are not two identifiers each."""
    for row in np.flatnonzero(~_short(names)).tolist():
        name = names[row]
        try:
            decode_name(name)
        except IndexError as error:
            raise ValueError("a name that is cut off") from error


def require_counts(nodes: NodeTable, counts: Ints, columns: Mapping[str, Sized]) -> None:
    """Raises ValueError where there are not as many shingles as are counted, or a node comes twice."""
    total = int(counts.sum())
    if len(counts) != len(nodes) or (counts < 0).any() or any(len(column) != total for column in columns.values()):
        raise ValueError("the shingles of the nodes do not fit their counts")
    if len(np.unique(nodes.keys)) != len(nodes):
        raise ValueError("a node twice")


def _short(names: Names) -> Bools:
    """Which names are two identifiers of 32 hexadecimal digits, as nearly all are: these need no look at each."""
    short: Bools = names.lengths == SHORT_NAME
    starts = names.starts[short]
    short[short] = (names.blob[starts] == 0) & (names.blob[starts + SHORT_NAME // 2] == 0)
    return short
