"""What a list shows of an article: a hundredth of its record."""

from __future__ import annotations

from copydesk.shared.records.plain import JsonObject

SHOWN = ("article_id", "revision", "title", "source", "ingested_at", "published_at", "language", "copies")
LEDE = 240  # characters of the text
NAMES = 20  # entities, the most salient ones


def brief_page(page: JsonObject) -> JsonObject:
    """A page of articles, each in brief."""
    return {**page, "articles": [brief_of(record) for record in page["articles"]]}


def brief_of(record: JsonObject) -> JsonObject:
    """The record's own fields by their own names, with less in them."""
    verdict = record.get("duplicate") or {}
    salient = sorted(record.get("entities") or (), key=lambda one: -one["salience"])[:NAMES]
    return {
        **{name: record[name] for name in SHOWN if name in record},
        "body": record["body"][:LEDE],
        "duplicate": {name: verdict[name] for name in ("status", "kind", "duplicate_of") if name in verdict},
        "entities": [{name: one[name] for name in ("canonical", "type", "salience", "link") if name in one} for one in salient],
    }
