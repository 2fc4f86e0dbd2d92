"""Which enriched records a subscriber wants to see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from copydesk.shared.errors import CopydeskError

DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class PublishedBetween:
    """Days of publication, both included, as ISO 8601 prefixes: `2024`, `2024-05`, `2024-05-18`; None is open."""

    first: str | None = None
    last: str | None = None

    @classmethod
    def between(cls, first: str | None, last: str | None) -> PublishedBetween | None:
        """None where neither is given. Raises CopydeskError for what is no day, month or year, or the wrong way round."""
        for given in (first, last):
            if given is not None and not _is_day(given):
                raise CopydeskError(f"{given!r} is no day", "say 2024-05-18, 2024-05 or 2024")
        if first and last and first[: len(last)] > last[: len(first)]:
            raise CopydeskError(f"{first} is later than {last}", "say the earlier one first")
        return cls(first, last) if first or last else None

    def admits(self, moment: str) -> bool:
        """Whether a day or time, as exact as it is known, lies there: `2024-05` may be in or out of `2024-05-18`, and is let in."""
        return (self.first is None or _cut(moment, self.first) >= _cut(self.first, moment)) and (
            self.last is None or _cut(moment, self.last) <= _cut(self.last, moment)
        )


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


def _cut(text: str, other: str) -> str:
    return text[: min(len(text), len(other))]


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions hold; one that is not set holds always.

    `entity` is a part of a canonical name or of a mention, in any case of letters, or a whole link id; with `kind` it is an
    entity of that type, with `salience` one of at least that; `salience` alone is that of any entity. `source` is the record's source, or the
    host of its URL or a domain above it. `language` is a code, with or without a region (`pt` admits `pt-BR`). `published` asks
    `published_at`, else the date of the dateline; an article without either is left out. `story` is one of the `stories` that an article was ever
    told to be of, as live streams know them; elsewhere there are none.
    """

    entity: str | None = None
    kind: str | None = None
    source: str | None = None
    no_duplicates: bool = False
    language: str | None = None
    title: str | None = None
    published: PublishedBetween | None = None
    salience: float | None = None
    story: str | None = None

    def admits(self, record: Mapping[str, Any]) -> bool:
        if self.story is not None and self.story not in record.get("stories", ()):
            return False
        facts = self._by_language(record) and self._by_title(record) and self._by_day(record) and self._by_source(record)
        return facts and self._by_entity(record) and not (self.no_duplicates and is_duplicate(record))

    def _by_language(self, record: Mapping[str, Any]) -> bool:
        found = str(record.get("language") or "").casefold()
        return self.language is None or found == self.language.casefold() or found.startswith(f"{self.language.casefold()}-")

    def _by_title(self, record: Mapping[str, Any]) -> bool:
        return self.title is None or self.title.casefold() in str(record.get("title") or "").casefold()

    def _by_day(self, record: Mapping[str, Any]) -> bool:
        if self.published is None:
            return True
        moment = record.get("published_at") or (record.get("dateline") or {}).get("date")
        return bool(moment) and self.published.admits(str(moment))

    def _by_entity(self, record: Mapping[str, Any]) -> bool:
        if self.entity is None and self.kind is None and self.salience is None:
            return True
        return any(self._is_meant(entity) for entity in record.get("entities") or ())

    def _is_meant(self, entity: Mapping[str, Any]) -> bool:
        if self.kind is not None and entity["type"].casefold() != self.kind.casefold():
            return False
        if self.salience is not None and entity.get("salience", 0) < self.salience:
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
