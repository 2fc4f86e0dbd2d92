"""Which enriched records a subscriber wants to see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions hold; one that is not set holds always.

    `entity` is a part of a canonical name or of a mention, in any case of letters, or a whole link id; with `kind` it is an
    entity of that type. `source` is the record's source, or the host of its URL or a domain above it.
    """

    entity: str | None = None
    kind: str | None = None
    source: str | None = None
    no_duplicates: bool = False

    def admits(self, record: Mapping[str, Any]) -> bool:
        return self._by_entity(record) and self._by_source(record) and not (self.no_duplicates and is_duplicate(record))

    def _by_entity(self, record: Mapping[str, Any]) -> bool:
        if self.entity is None and self.kind is None:
            return True
        return any(self._is_meant(entity) for entity in record.get("entities") or ())

    def _is_meant(self, entity: Mapping[str, Any]) -> bool:
        if self.kind is not None and entity["type"].casefold() != self.kind.casefold():
            return False
        if self.entity is None:
            return True
        wanted = self.entity.casefold()
        return wanted == (entity.get("link") or {}).get("id", "").casefold() or any(wanted in name.casefold() for name in _names(entity))

    def _by_source(self, record: Mapping[str, Any]) -> bool:
        if self.source is None:
            return True
        wanted = self.source.casefold()
        host = _host(record.get("url"))
        return wanted == str(record.get("source", "")).casefold() or host == wanted or host.endswith(f".{wanted}")


def _names(entity: Mapping[str, Any]) -> Iterator[str]:
    yield entity["canonical"]
    for mention in entity["mentions"]:
        yield mention["text"]


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").casefold()
    except ValueError:  # not a URL
        return ""


def is_duplicate(record: Mapping[str, Any]) -> bool:
    return (record.get("duplicate") or {}).get("status") == "duplicate"
