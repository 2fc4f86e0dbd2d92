"""Records as rows of tables that join on `article_id`: articles, entities, mentions, quotes, copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from copydesk.shared.records.plain import Record

TableRow = dict[str, Any]
ColumnType = Literal["text", "whole", "real"]

ARTICLE = ("article_id", "source", "url", "title", "author", "published_at", "ingested_at", "language", "body", "revision")
COLUMNS: dict[str, dict[str, ColumnType]] = {
    "articles": {**dict.fromkeys(ARTICLE, "text"), "status": "text", "duplicate_of": "text", "characters": "whole"},
    "entities": {
        "article_id": "text", "canonical": "text", "type": "text", "count": "whole", "salience": "real", "link": "text", "link_score": "real",
    },
    "mentions": {"article_id": "text", "canonical": "text", "type": "text", "start": "whole", "end": "whole", "text": "text"},
    "quotes": {"article_id": "text", "start": "whole", "end": "whole", "text": "text", "speaker": "text"},
    "copies": {
        "article_id": "text", "of": "text", "kind": "text",
        "containment": "real", "containment_of_other": "real", "resemblance": "real", "shared": "whole",
    },
}  # fmt: skip


def rows(record: Record) -> Iterator[tuple[str, TableRow]]:
    """The rows of one enriched record, each with its table's name. A row has all columns of its table."""
    for name, found in _found(record):
        yield name, {column: found.get(column) for column in COLUMNS[name]}


def _found(record: Record) -> Iterator[tuple[str, TableRow]]:
    own = {"article_id": record.get("article_id")}
    yield "articles", _article(record)
    for entity in record.get("entities") or ():
        link = entity.get("link") or {}
        yield "entities", {**entity, **own, "link": link.get("id"), "link_score": link.get("score")}
        for mention in entity["mentions"]:
            yield "mentions", {**mention, **own, "canonical": entity["canonical"], "type": entity["type"]}
    for quote in record.get("quotes") or ():
        yield "quotes", {**quote, **own}
    for match in (record.get("duplicate") or {}).get("matches", ()):
        yield "copies", {**match, **own, "of": match["article_id"]}


def _article(record: Record) -> TableRow:
    duplicate = record.get("duplicate") or {}
    own = {"status": duplicate.get("status"), "duplicate_of": duplicate.get("duplicate_of"), "characters": len(record.get("body") or "")}
    return {**{name: record.get(name) for name in ARTICLE}, **own}
