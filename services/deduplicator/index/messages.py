"""Messages between the deduplicator and the shards of its index: a small header, then the arrays as they lie in memory.

The header of what holds shingles names how they were made (`SketchRule.fingerprint`), so that nobody compares two kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from copydesk.services.deduplicator.arrays import Bools, Hashes, Ints, Small, TokenSpans
from copydesk.services.deduplicator.index.nodes import SIZES, Names, NodeTable
from copydesk.services.deduplicator.index.soundness import require_counts, require_names, require_nodes, require_types

MAGIC = b"CDX2"
NAMELESS = b"CDX1"  # segments of earlier versions, which did not name their shingles: they count as ours
COLUMNS = ("keys", "ingested_ms", "sizes", "identities")  # of nodes, besides their names
Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where shingles stand in their texts: number of the first token, first character, length in characters."""

    words: Small
    starts: Small
    spans: TokenSpans

    @property
    def columns(self) -> tuple[Small, Small, TokenSpans]:
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
class InsertReply:
    """For each node of an Insert the smallest time of ingestion that the shard has seen for it."""

    ingested_ms: Ints


@dataclass(frozen=True, slots=True)
class Query:
    """Nodes with the hashes to look for."""

    nodes: NodeTable
    counts: Ints
    hashes: Hashes


@dataclass(frozen=True, slots=True)
class QueryReply:
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


@dataclass(frozen=True, slots=True)
class Refused:
    """The shard does not answer: why, and what to do, as bytes of UTF-8."""

    text: npt.NDArray[np.uint8]

    @classmethod
    def because(cls, reason: str) -> Refused:
        return cls(np.frombuffer(reason.encode(), np.uint8))

    @property
    def reason(self) -> str:
        return self.text.tobytes().decode()


class ShinglesDifferError(ValueError):
    """A request or a segment has shingles of another kind than this process makes."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(
            f"made with the shingle settings {_without(theirs, ours)}, here they are {_without(ours, theirs)}: run every replica of the "
            "deduplicator and of its index with the same COPYDESK_DEDUP_ settings, the same Copydesk and the same Python"
        )


def _without(settings: str, others: str) -> str:
    """The settings that are not the same on the other side."""
    return " ".join(setting for setting in settings.split() if setting not in others.split()) or "unnamed"


IndexMessage = Insert | InsertReply | Query | QueryReply | Refused
_KINDS: dict[str, type[IndexMessage]] = {kind.__name__: kind for kind in (Insert, InsertReply, Query, QueryReply, Refused)}


def encode_message(message: IndexMessage, shingles: str = "") -> bytes:
    """`shingles`: the fingerprint of how they were made, for what holds any."""
    arrays: Arrays = {}
    for name in message.__dataclass_fields__:
        _flatten(name, getattr(message, name), arrays)
    header = orjson.dumps([type(message).__name__, [[name, array.dtype.str, array.shape] for name, array in arrays.items()], shingles])
    parts = [MAGIC, len(header).to_bytes(4, "little"), header]
    return b"".join([*parts, *(np.ascontiguousarray(array).tobytes() for array in arrays.values())])


def decode_message(data: bytes, shingles: str | None = None) -> IndexMessage:
    """Raises ValueError for bytes that are not such a message: the two sides run different versions, or something else wrote here.
    Raises ShinglesDifferError where `shingles` are given and the message names others.
    """
    try:
        if data[:4] not in (MAGIC, NAMELESS):
            raise ValueError("other first bytes")
        end = 8 + int.from_bytes(data[4:8], "little")
        kind, layout, *named = orjson.loads(data[8:end])
        if shingles is not None and named and named[0] != shingles:
            raise ShinglesDifferError(str(named[0]), shingles)
        return _read(kind, layout, data, end)
    except ShinglesDifferError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"not a message of the index ({error}); run the deduplicator and its index at the same version") from error


def shingles_of(data: bytes) -> str:
    """How the shingles of a message were made, as it says; empty where it does not."""
    _, _, *named = orjson.loads(data[8 : 8 + int.from_bytes(data[4:8], "little")])
    return str(named[0]) if named else ""


def _read(kind: str, layout: Sequence[tuple[str, str, Sequence[int]]], data: bytes, end: int) -> IndexMessage:
    arrays: Arrays = {}
    for name, dtype, shape in layout:
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(data, np.dtype(dtype), count, end).reshape(shape)
        end += arrays[name].nbytes
    return _build(_KINDS[kind], arrays)


def _flatten(name: str, value: Any, arrays: Arrays) -> None:
    if isinstance(value, NodeTable):
        columns: Arrays = {"blob": value.names.bytes(), "lengths": value.names.lengths.astype(np.uint32)}
        for field in COLUMNS:
            columns[field] = getattr(value, field)
        arrays.update({f"{name}.{field}": column for field, column in columns.items()})
    elif isinstance(value, Places):
        arrays.update({f"{name}.{field}": getattr(value, field) for field in ("words", "starts", "spans")})
    else:
        arrays[name] = value


def _build(kind: type[IndexMessage], arrays: Arrays) -> IndexMessage:
    values: dict[str, Any] = {}
    if kind in (Insert, Query):  # anyone can ask; a reply is only taken from the shard that was asked
        require_types(arrays)
    for name in kind.__dataclass_fields__:
        if name == "nodes":
            values[name] = _nodes(arrays)
        elif name == "places":
            values[name] = Places(*(arrays[f"places.{field}"] for field in ("words", "starts", "spans")))
        else:
            values[name] = arrays[name]
    if kind in (Insert, Query):
        shingles = {name: array for name, array in arrays.items() if name == "hashes" or name.startswith("places.")}
        require_counts(values["nodes"], values["counts"], shingles)
    return kind(**values)


def _nodes(arrays: Mapping[str, npt.NDArray[Any]]) -> NodeTable:
    blob, lengths = arrays["nodes.blob"], arrays["nodes.lengths"].astype(np.int64)
    columns = {field: arrays[f"nodes.{field}"] for field in COLUMNS}
    require_nodes(lengths, blob, columns)
    names = Names.cut(blob, lengths)
    require_names(names)
    keys, ingested_ms, sizes, identities = columns.values()
    added = np.zeros((len(sizes), SIZES - sizes.shape[1]), np.uint32)  # segments of earlier versions do not say where a text begins
    return NodeTable(names, keys, ingested_ms, np.concatenate((sizes, added), axis=1) if added.size else sizes, identities)
