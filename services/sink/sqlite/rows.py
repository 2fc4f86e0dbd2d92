"""From an enriched record to the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from copydesk.services.sink.reads import ArticleReading
from copydesk.shared.records.common import timestamp

Row = tuple[Any, ...]

COLUMNS = (
    "article_id", "revision", "ingested_at", "fetched_at", "published_at", "title", "body", "author", "source", "url", "language",
    "dateline_place", "dateline_date", "dateline_agency", "status", "kind", "duplicate_of", "capped", "record", "verdict",
)  # fmt: skip


def article(read: ArticleReading, record: dict[str, Any], verdict: bytes) -> Row:
    """Values of COLUMNS. Times are in the one form, so that they sort."""
    return (
        read.article_id, read.revision, timestamp(read.ingested_at), _time(read.fetched_at), read.published_at,
        read.title, read.body, read.author, read.source, read.url, read.language,
        read.dateline.place, read.dateline.date, read.dateline.agency,
        read.duplicate.status, read.duplicate.kind, read.duplicate.duplicate_of, int(read.duplicate.capped),
        orjson.dumps(record).decode(), verdict.decode(),
    )  # fmt: skip


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else timestamp(moment)


def entities(key: int, read: ArticleReading) -> Iterator[Row]:
    """Rows of `entities` for the article with this internal id."""
    for position, entity in enumerate(read.entities or ()):
        link = entity.link
        linked = (link.id, link.score, link.method) if link else (None, None, None)
        yield key, position, entity.canonical, entity.type, entity.count, entity.salience, *linked


def mentions(key: int, read: ArticleReading) -> Iterator[Row]:
    """Rows of `mentions`."""
    for number, entity in enumerate(read.entities or ()):
        for position, mention in enumerate(entity.mentions):
            yield key, number, position, mention.start, mention.end, mention.text


def matches(key: int, read: ArticleReading) -> Iterator[Row]:
    """Rows of `matches`, the earliest copy at position 0; shared background follows the copies."""
    for position, match in enumerate([*read.duplicate.matches, *read.duplicate.background]):
        measures = (match.resemblance, match.containment, match.containment_of_other)
        yield key, position, match.article_id, match.revision, match.kind, *measures, orjson.dumps(match.passages).decode()
