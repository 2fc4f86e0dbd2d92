"""Nodes: what the index knows of an article's revision besides its shingles.

Their order is (ingested_at, article_id, revision), ingested_at in milliseconds since 1970.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from copydesk.services.deduplicator.arrays import Hashes, Ints, Small, lengths_to_starts, ranges
from copydesk.services.deduplicator.sketch.sampling import Sketch
from copydesk.shared.records.base import timestamp

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PlaceInTime(NamedTuple):
    """The place of a node in the total order."""

    ingested_ms: int
    article_id: str
    revision: str


class Node(NamedTuple):
    """One node with the numbers about its text that evidence needs."""

    article_id: str
    revision: str
    ingested_ms: int
    tokens: int
    prose: int
    characters: int
    kept: int
    lede: int
    identity: int

    @property
    def order(self) -> PlaceInTime:
        return PlaceInTime(self.ingested_ms, self.article_id, self.revision)

    @property
    def ingested_at(self) -> str:
        return timestamp(datetime.fromtimestamp(self.ingested_ms / 1000, UTC))

    def at(self, ingested_ms: int) -> Node:
        return self if ingested_ms == self.ingested_ms else self._replace(ingested_ms=ingested_ms)


def node_of(article_id: str, revision: str, ingested_at: datetime, sketch: Sketch) -> Node:
    """The node of an article with its sketch."""
    milliseconds = (ingested_at - EPOCH) // (EPOCH.resolution * 1000)
    return Node(article_id, revision, milliseconds, sketch.tokens, sketch.prose, sketch.characters, len(sketch.hashes), sketch.lede, sketch.identity)


@dataclass(frozen=True, slots=True)
class Names:
    """Encoded identifiers as pieces of one array of bytes, so that rows are taken without touching a name."""

    blob: npt.NDArray[np.uint8]
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, names: Sequence[bytes]) -> Names:
        return cls.cut(np.frombuffer(b"".join(names), np.uint8), np.fromiter(map(len, names), np.int64, len(names)))

    @classmethod
    def cut(cls, blob: npt.NDArray[np.uint8], lengths: Ints) -> Names:
        """Names of these lengths that lie one after the other."""
        return cls(blob, lengths_to_starts(lengths)[:-1], lengths)

    @classmethod
    def joined(cls, parts: Sequence[Names]) -> Names:
        return cls.cut(np.concatenate([part.bytes() for part in parts]), np.concatenate([part.lengths for part in parts]))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: int) -> bytes:
        return self.blob[self.starts[row] : self.starts[row] + self.lengths[row]].tobytes()

    def take(self, rows: Ints) -> Names:
        return Names(self.blob, self.starts[rows], self.lengths[rows])

    def bytes(self) -> npt.NDArray[np.uint8]:
        """All names, one after the other."""
        return self.blob[ranges(self.starts, self.lengths)]


TOKENS, PROSE, CHARACTERS, KEPT, LEDE = range(5)  # columns of NodeTable.sizes
SIZES = 5


@dataclass(frozen=True, slots=True)
class NodeTable:
    """Nodes by column; `names` are the encoded identifiers, `keys` 64-bit hashes of them by which nodes are found."""

    names: Names
    keys: Hashes
    ingested_ms: Ints
    sizes: Small  # columns TOKENS, PROSE, CHARACTERS, KEPT, LEDE
    identities: Hashes

    def __len__(self) -> int:
        return len(self.names)

    def take(self, rows: Ints) -> NodeTable:
        return NodeTable(self.names.take(rows), self.keys[rows], self.ingested_ms[rows], self.sizes[rows], self.identities[rows])

    def node(self, row: int) -> Node:
        article_id, revision = decode_name(self.names[row])
        tokens, prose, characters, kept, lede = self.sizes[row].tolist()
        return Node(article_id, revision, int(self.ingested_ms[row]), tokens, prose, characters, kept, lede, int(self.identities[row]))


def table_of(nodes: Sequence[Node]) -> NodeTable:
    """The nodes as columns, a row each, in their order."""
    names = [encode_name(node.article_id, node.revision) for node in nodes]
    return NodeTable(
        names=Names.of(names),
        keys=np.fromiter(map(name_key, names), np.uint64, len(names)),
        ingested_ms=np.fromiter((node.ingested_ms for node in nodes), np.int64, len(nodes)),
        sizes=np.array([(n.tokens, n.prose, n.characters, n.kept, n.lede) for n in nodes], np.uint32).reshape(-1, SIZES),
        identities=np.fromiter((node.identity for node in nodes), np.uint64, len(nodes)),
    )


def concatenated(tables: Iterable[NodeTable]) -> NodeTable:
    """The rows of all tables, one table after the other."""
    parts = list(tables)
    names = Names.joined([part.names for part in parts])
    columns = [np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(NodeTable)[1:]]
    return NodeTable(names, *columns)


def encode_name(article_id: str, revision: str) -> bytes:
    """Both identifiers in few bytes: hexadecimal ones of 32 digits take 17 bytes each."""
    return _encode(article_id) + _encode(revision)


def decode_name(name: bytes) -> tuple[str, str]:
    article_id, rest = _decode(name)
    return article_id, _decode(rest)[0]


def name_key(name: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), "little")


def _encode(text: str) -> bytes:
    if len(text) == 32 and not text.strip("0123456789abcdef"):
        return b"\x00" + bytes.fromhex(text)
    data = text.encode("utf-8", "surrogatepass")
    return b"\x01" + len(data).to_bytes(4, "little") + data


def _decode(data: bytes) -> tuple[str, bytes]:
    if data[0] == 0:
        return data[1:17].hex(), data[17:]
    end = 5 + int.from_bytes(data[1:5], "little")
    return data[5:end].decode("utf-8", "surrogatepass"), data[end:]
