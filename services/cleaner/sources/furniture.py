"""Learned furniture: for each source the lines that it repeats, and a version that is the hash of them."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.furniture import learned_source


def line_key(text: str) -> str:
    """64 bits of a line as it is compared: NFKC, case and white space ignored. Digits count: a number is often the news."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A repeated line: its text (shortened, for people), and on how many articles of its source it stood at least."""

    key: str
    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class SourceFurniture:
    """What one source repeats. `version` depends on the lines alone, so what was learned twice alike is the same version."""

    source: str
    documents: int
    lines: tuple[RepeatedLine, ...]
    version: str = field(init=False)
    keys: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        keys = sorted(line.key for line in self.lines)
        object.__setattr__(self, "keys", frozenset(keys))
        object.__setattr__(self, "version", hashlib.blake2b("\n".join(keys).encode(), digest_size=8).hexdigest())

    def repeats(self, text: str) -> bool:
        """Whether the source repeats this line."""
        return line_key(text) in self.keys

    def dump(self) -> bytes:
        """The value on the topic sources.furniture, and a line of the file: JSON, the same for the same lines."""
        lines = [{"key": line.key, "text": line.text, "documents": line.documents} for line in self.lines]
        return orjson.dumps({"source": self.source, "version": self.version, "documents": self.documents, "lines": lines})

    @classmethod
    def load(cls, value: bytes) -> SourceFurniture:
        """The opposite of `dump`. Raises CopydeskError for what is no such value, or does not match its version."""
        found = learned_source(value)
        if found is None:
            raise CopydeskError("this is no furniture of a source", "learn it again with `copydesk sources learn`")
        made = cls(found.source, found.documents, tuple(RepeatedLine(line.key, line.text, line.documents) for line in found.lines))
        if found.version != made.version:
            raise CopydeskError(
                f"the furniture of {made.source} was changed: its lines do not match its version", "learn it again with `copydesk sources learn`"
            )
        return made


NOTHING = SourceFurniture("", 0, ())


class Furniture:
    """Furniture by source; follows the compacted topic sources.furniture (key: source)."""

    def __init__(self, sources: Iterable[SourceFurniture] = ()) -> None:
        self._sources = {one.source: one for one in sources}

    def for_source(self, source: str) -> SourceFurniture:
        """What is known of a source; for an unknown one nothing, whose version says so too."""
        return self._sources.get(source, NOTHING)

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over one record of the topic; None withdraws the source."""
        if value is None:
            self._sources.pop(key, None)
        else:
            self._sources[key] = SourceFurniture.load(value)

    def __iter__(self) -> Iterator[SourceFurniture]:
        """By source, in the order of names."""
        return iter(sorted(self._sources.values(), key=lambda one: one.source))

    def __len__(self) -> int:
        return len(self._sources)
