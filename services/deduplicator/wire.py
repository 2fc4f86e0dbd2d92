"""Messages between the deduplicator and the shards of its index: a small header, then the arrays as they lie in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, Small, Spans
from copydesk.services.deduplicator.nodes import Names, NodeTable

MAGIC = b"CDX1"
Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where shingles stand in their texts: number of the first token, first character, length in characters."""

    words: Small
    starts: Small
    spans: Spans

    @property
    def columns(self) -> tuple[Small, Small, Spans]:
        return self.words, self.starts, self.spans

    def take(self, rows: Any) -> Places:
        return Places(*(column[rows] for column in self.columns))


@dataclass(frozen=True, slots=True)
class Insert:
    """Nodes with their shingles for one shard, also what a segment holds: `counts` shingles for each node, one after the other."""

    nodes: NodeTable
    counts: Ints
    hashes: Hashes
    places: Places


@dataclass(frozen=True, slots=True)
class Inserted:
    """For each node of an Insert the smallest time of ingestion that the shard has seen for it."""

    ingested_ms: Ints


@dataclass(frozen=True, slots=True)
class Query:
    """Nodes with the hashes to look for."""

    nodes: NodeTable
    counts: Ints
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class Found:
    """What a shard has for a Query: for each common shingle its row in the Query's hashes, the other node and the place in it."""

    nodes: NodeTable
    rows: Small
    others: Small
    places: Places
    capped: Bools  # for each node of the Query: a full posting was touched
    asked: Ints  # empty, or the number of postings where they are too many for one answer: ask about fewer hashes

    @property
    def too_many(self) -> bool:
        return len(self.asked) > 0


Message = Insert | Inserted | Query | Found
_KINDS: dict[str, type[Message]] = {kind.__name__: kind for kind in (Insert, Inserted, Query, Found)}


def encode(message: Message) -> bytes:
    arrays: Arrays = {}
    for name in message.__dataclass_fields__:
        _flatten(name, getattr(message, name), arrays)
    header = orjson.dumps([type(message).__name__, [[name, array.dtype.str, array.shape] for name, array in arrays.items()]])
    parts = [MAGIC, len(header).to_bytes(4, "little"), header]
    return b"".join([*parts, *(np.ascontiguousarray(array).tobytes() for array in arrays.values())])


def decode(data: bytes) -> Message:
    """Raises ValueError for bytes that are not such a message: the two sides run different versions, or something else wrote here."""
    if data[:4] != MAGIC:
        raise ValueError("not a message of the index; run the deduplicator and its index at the same version")
    end = 8 + int.from_bytes(data[4:8], "little")
    kind, layout = orjson.loads(data[8:end])
    arrays: Arrays = {}
    for name, dtype, shape in layout:
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, np.dtype(dtype), count, end).reshape(shape)
        end += arrays[name].nbytes
    return _build(_KINDS[kind], arrays)


def _flatten(name: str, value: Any, arrays: Arrays) -> None:
    if isinstance(value, NodeTable):
        columns: Arrays = {"blob": value.names.bytes(), "lengths": value.names.lengths.astype(np.uint32)}
        for field in ("keys", "ingested_ms", "sizes", "identities"):
            columns[field] = getattr(value, field)
        arrays.update({f"{name}.{field}": column for field, column in columns.items()})
    elif isinstance(value, Places):
        arrays.update({f"{name}.{field}": getattr(value, field) for field in ("words", "starts", "spans")})
    else:
        arrays[name] = value


def _build(kind: type[Message], arrays: Arrays) -> Message:
    values: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:
        if name == "nodes":
            values[name] = _nodes(arrays)
        elif name == "places":
            values[name] = Places(*(arrays[f"places.{field}"] for field in ("words", "starts", "spans")))
        else:
            values[name] = arrays[name]
    return kind(**values)


def _nodes(arrays: Mapping[str, npt.NDArray[Any]]) -> NodeTable:
    names = Names.cut(arrays["nodes.blob"], arrays["nodes.lengths"].astype(np.int64))
    return NodeTable(names, *(arrays[f"nodes.{field}"] for field in ("keys", "ingested_ms", "sizes", "identities")))
