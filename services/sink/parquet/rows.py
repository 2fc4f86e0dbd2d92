"""From what came to rows of the two tables. Nothing is folded here: that is for the views (views.sql), which need all that the fold looks at.

`record` is the record without `ingested_at` and `duplicate`, its names in order: of two by the same versions the smaller one stands.
"""

from __future__ import annotations

from typing import Any

import orjson

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.versions import FIRST, release, what_made

ARTICLES, CORRECTIONS, RETRACTIONS = "articles", "corrections", "retractions"


def schemas() -> dict[str, Any]:
    """The columns of the tables, as pyarrow's schemas."""
    import pyarrow as pa

    text, number, real = pa.string(), pa.int64(), pa.float64()
    mention = pa.struct([("start", number), ("end", number), ("text", text)])
    entity = pa.struct([
        ("canonical", text), ("type", text), ("count", number), ("salience", real), ("link_id", text), ("link_score", real), ("link_method", text),
        ("mentions", pa.list_(mention)),
    ])  # fmt: skip
    match = [
        ("other_article_id", text), ("other_revision", text), ("other_ingested_at", text), ("kind", text), ("resemblance", real),
        ("containment", real), ("containment_of_other", real), ("shared", number), ("passages", text), ("weight", text),
    ]  # fmt: skip
    names = [name for name in rows.COLUMNS if name not in NOT_KEPT]
    article = [(name, number if name == "written_ms" else pa.bool_() if name == "capped" else text) for name in names]
    made = [("made", text), ("deduplicator_version", text), ("deduplicator_release", text)]
    fact = [("fact_id", text), ("article_id", text), ("revision", text), ("ingested_at", text), ("version", text), ("release", text)]
    return {
        ARTICLES: pa.schema([*article, *made, ("entities", pa.list_(entity)), ("matches", pa.list_(pa.struct(match)))]),
        CORRECTIONS: pa.schema([*fact, ("common_version", text), *match, ("value", text)]),
        RETRACTIONS: pa.schema([(name, text) for name in rows.RETRACTION]),
    }


NOT_KEPT = {"status", "kind", "duplicate_of", "verdict"}  # the views make them


def article(came: Came) -> JsonObject:
    """A row of `articles`."""
    record = came.record
    row = dict(zip(rows.COLUMNS, rows.article_row(record, came), strict=True))
    plain = {name: value for name, value in record.items() if name not in ("ingested_at", "duplicate")}
    version = str((record.get("versions") or {}).get("deduplicator", FIRST))
    return {
        **{name: value for name, value in row.items() if name not in NOT_KEPT},
        "capped": bool(row["capped"]),
        "record": orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode(),
        "made": orjson.dumps(what_made(record)).decode(), "deduplicator_version": version, "deduplicator_release": release(version),
        "entities": [_entity(one) for one in record.get("entities") or ()],
        "matches": [_match(one) for one in matches_of(record)],
    }  # fmt: skip


def correction(fact: PairFact) -> JsonObject:
    """A row of `corrections`."""
    version = fact.version or FIRST
    return {
        "fact_id": fact.fact_id, "article_id": fact.later_article_id, "revision": fact.later_revision, "ingested_at": fact.later_ingested_at,
        "version": version, "release": release(version), "common_version": fact.common_version or "",
        **_match(fact.match.model_dump(mode="json")), "value": fact.model_dump_json(exclude_none=True),
    }  # fmt: skip


def retraction(said: Retraction) -> JsonObject:
    """A row of `retractions`."""
    return dict(zip(rows.RETRACTION, rows.retraction_row(said), strict=True))


def day_of(row: JsonObject) -> str:
    """The folder in which a row lies: the day on which its article first came in, or on which it was taken back."""
    return str(row.get("ingested_at") or row["at"])[:10]


def _entity(entity: JsonObject) -> JsonObject:
    link = entity.get("link") or {}
    linked = {"link_id": link.get("id"), "link_score": link.get("score"), "link_method": link.get("method")}
    mentions = [{name: mention[name] for name in ("start", "end", "text")} for mention in entity["mentions"]]
    return {**{name: entity[name] for name in ("canonical", "type", "count", "salience")}, **linked, "mentions": mentions}


def _match(match: JsonObject) -> JsonObject:
    measures = {name: match[name] for name in ("kind", "resemblance", "containment", "containment_of_other", "shared")}
    return {
        "other_article_id": match["article_id"], "other_revision": match["revision"], "other_ingested_at": match["ingested_at"], **measures,
        "passages": orjson.dumps(match.get("passages") or []).decode(),
        "weight": orjson.dumps({**match, "ingested_at": None}, option=orjson.OPT_SORT_KEYS).decode(),
    }  # fmt: skip
