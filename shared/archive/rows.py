"""From an enriched record, which has passed the edge, to the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.versions import common_version, releases

Row = tuple[Any, ...]

COLUMNS = (
    "article_id", "revision", "ingested_at", "fetched_at", "published_at", "title", "body", "author", "source", "url", "language",
    "dateline_place", "dateline_date", "dateline_agency", "status", "kind", "duplicate_of", "capped", "record", "verdict",
    "releases", "common_version", "written_ms",
)  # fmt: skip


def article_row(record: JsonObject, came: Came) -> Row:
    """Values of COLUMNS for a record with its folded verdict; `came` has the one that came with it. Times are in the one form, so that they sort.

    A source that is not named is the address's host, as it is for what is said of sources (docs/retraction.md).
    """
    dateline, verdict = record.get("dateline") or {}, record["duplicate"]
    return (
        record["article_id"], record["revision"], _time(record["ingested_at"]), _time(record.get("fetched_at")),
        *(record.get(name) for name in ("published_at", "title", "body", "author")),
        source_of(record.get("source"), record.get("url")) or None, record.get("url"), record.get("language"),
        dateline.get("place"), dateline.get("date"), dateline.get("agency"),
        verdict["status"], verdict.get("kind"), verdict.get("duplicate_of"), int(verdict.get("capped", False)),
        orjson.dumps(record).decode(), orjson.dumps(came.record["duplicate"]).decode(),
        releases(came.record), common_version(came.record), came.written_ms,
    )  # fmt: skip


def _time(text: str | None) -> str | None:
    return None if text is None else timestamp(datetime.fromisoformat(text))


def entity_rows(key: int, record: JsonObject) -> Iterator[Row]:
    """Rows of `entities` for the article with this internal id."""
    for position, entity in enumerate(record.get("entities") or ()):
        link = entity.get("link") or {}
        linked = link.get("id"), link.get("score"), link.get("method")
        yield key, position, entity["canonical"], entity["type"], entity["count"], entity["salience"], *linked


def mention_rows(key: int, record: JsonObject) -> Iterator[Row]:
    """Rows of `mentions`."""
    for number, entity in enumerate(record.get("entities") or ()):
        for position, mention in enumerate(entity["mentions"]):
            yield key, number, position, mention["start"], mention["end"], mention["text"]


def match_rows(key: int, record: JsonObject) -> Iterator[Row]:
    """Rows of `matches`, the earliest copy at position 0; shared background follows the copies."""
    for position, match in enumerate(matches_of(record)):
        measures = match["resemblance"], match["containment"], match["containment_of_other"]
        passages = orjson.dumps(match.get("passages") or []).decode()
        yield key, position, match["article_id"], match["revision"], match["kind"], *measures, passages


RETRACTION = ("key", "article_id", "source", "state", "reason", "at")  # columns of `retractions`


def retraction_row(said: Retraction) -> Row:
    """Values of RETRACTION."""
    return said.key, said.article_id, said.source, said.state, said.reason, said.at


def retraction_of(row: Row) -> Retraction:
    """The opposite."""
    return Retraction.model_validate(dict(zip(RETRACTION[1:], row[1:], strict=True)))
