"""Rows of any database as the answers of `asking.ArchiveReader`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk.shared.archive.asking import FACET, cursor_of
from copydesk.shared.records.plain import JsonObject

FACETS = ("source", "language", "status")
LATER = ("article_id", "title", "source", "ingested_at", "kind", "resemblance", "containment", "containment_of_other")


def facet_columns(rows: Sequence[Sequence[Any]]) -> JsonObject:
    """(source, language, status) of articles → how often each value is there, the most frequent first."""
    return {name: _counted(row[place] for row in rows) for place, name in enumerate(FACETS)}


def _counted(values: Iterable[str | None]) -> list[JsonObject]:
    counts: Counter[str] = Counter(value for value in values if value is not None)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"value": value, "count": count} for value, count in ordered[:FACET]]


def entity_of(name: str, kind: str, link: str | None, articles: int, mentions: int) -> JsonObject:
    """An entity in lists: its name, type and link, in how many articles it is and how often it is mentioned there."""
    return {"name": name, "type": kind, "link": link, "articles": articles, "mentions": int(mentions)}


def entity_told(
    about: Sequence[Any],
    counted: int,
    days: Iterable[tuple[str, int]],
    companions: Iterable[tuple[str, str, str | None, int]],
    sources: Iterable[tuple[str, int]],
    articles: list[JsonObject],
) -> JsonObject:
    """All about one entity: a row of `entity_of`, in how many articles it is, and rows of what was counted over these."""
    return {
        "entity": {**entity_of(*about), "articles": counted},
        "counts": [{"day": day, "count": count} for day, count in days],
        "with": [{"name": name, "type": kind, "link": link, "articles": count} for name, kind, link, count in companions],
        "sources": [{"source": source, "articles": count} for source, count in sources],
        "articles": articles,
        "counted": counted,
    }


def counted_days(days: Iterable[str]) -> list[tuple[str, int]]:
    """How often each day is there, in their order."""
    return sorted(Counter(days).items())


def counted_sources(sources: Iterable[str | None]) -> list[tuple[str, int]]:
    """How often each source is there, the most frequent first."""
    return sorted(Counter(source for source in sources if source is not None).items(), key=lambda item: (-item[1], item[0]))[:FACET]


def page_of_entities(found: JsonObject, limit: int, skipped: int) -> JsonObject:
    """A page of the entities that were found, of which there is one more where another page follows."""
    following = cursor_of(skipped + limit) if len(found["entities"]) > limit else None
    return {**found, "entities": found["entities"][:limit], "next": following}


def like(text: str) -> str:
    """A pattern of LIKE for what has this text in it."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def later_copy(row: Sequence[Any], passages: Any, of_revision: str) -> JsonObject:
    """A row of LATER: an article that matches the one asked for, which is the earlier of the two."""
    return {"relation": "later", **dict(zip(LATER, row, strict=True)), "passages": passages, "of_revision": of_revision}


def sources_of(rows: Iterable[tuple[str, int, int, str, str]], pairs: Iterable[tuple[str, str, int]]) -> Iterator[JsonObject]:
    """Volumes (source, articles, copies, first, last) with who prints whom (original's source, copy's source, copies)."""
    by: dict[str, Counter[str]] = {}
    of: dict[str, Counter[str]] = {}
    for original, copier, count in pairs:
        by.setdefault(original, Counter())[copier] += count
        of.setdefault(copier, Counter())[original] += count
    for name, articles, copies, first, last in rows:
        both = {"copied_by": _listed(by.get(name)), "copied_from": _listed(of.get(name))}
        yield {"source": name, "articles": articles, "copies": copies, "first": first, "last": last, **both}


def _listed(counts: Counter[str] | None) -> list[JsonObject]:
    found = sorted((counts or Counter()).items(), key=lambda item: (-item[1], item[0]))
    return [{"source": name, "articles": count} for name, count in found[:FACET]]
