"""The matches in a record's verdict: copies first, then shared background."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.shared.records.plain import JsonObject

LISTS = ("matches", "background")


def matches_of(record: JsonObject) -> list[JsonObject]:
    """Earlier articles that a record matches, copies first."""
    verdict = record.get("duplicate") or {}
    return [match for name in LISTS for match in verdict.get(name) or ()]


def without_matches(record: JsonObject, is_gone: Callable[[str], bool]) -> JsonObject:
    """The record without its matches with articles that are gone; itself where it has none of these."""
    verdict = record.get("duplicate") or {}
    kept = {name: [match for match in verdict[name] if not is_gone(match["article_id"])] for name in LISTS if verdict.get(name)}
    if all(len(matches) == len(verdict[name]) for name, matches in kept.items()):
        return record
    return {**record, "duplicate": {**verdict, **kept}}
