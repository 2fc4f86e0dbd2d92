"""Folding pair facts into a verdict: the one way, for the sink, for subscribers and for a run without a broker.

Facts are a set: in whatever order they come, however often, before or after their article, the folded verdict is the
same. Of two facts on one pair the one that saw more shared text wins; the other was a partial view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from copydesk.shared.records.common import timestamp
from copydesk.shared.records.duplicate import BACKGROUND, PairFact

MOST_MATCHES = 100
MOST_BACKGROUND = 10

Json = dict[str, Any]
Order = tuple[str, str, str]


def fold(record: Mapping[str, Any], facts: Iterable[PairFact] = ()) -> Json:
    """The record with its verdict completed by pair facts of which it is the later node.

    A record of articles.deduplicated or articles.enriched as a JSON object; it is not changed. Facts about other nodes are
    passed over. Only matches with nodes that are earlier than the record stay, by the smallest time that is known for it.
    """
    mine = [fact for fact in facts if (fact.later_article_id, fact.later_revision) == (record.get("article_id"), record.get("revision"))]
    before = record.get("duplicate") or {}
    found = [*before.get("matches", ()), *before.get("background", ()), *(fact.match.model_dump(mode="json") for fact in mine)]
    return {**record, "duplicate": _verdict(before, _earlier(_joined(found), _order_of(record, mine)), mine)}


def _verdict(before: Mapping[str, Any], matches: list[Json], facts: list[PairFact]) -> Json:
    background = [match for match in matches if match["kind"] == BACKGROUND]
    matches = [match for match in matches if match["kind"] != BACKGROUND]
    first = {"kind": matches[0]["kind"], "duplicate_of": matches[0]["article_id"]} if matches else {}
    versions = [version for version in (before.get("common_version"), *(fact.common_version for fact in facts)) if version]
    return {
        "status": "duplicate" if matches else "unique",
        **first,
        "matches": matches[:MOST_MATCHES],
        "background": background[:MOST_BACKGROUND],
        "capped": bool(before.get("capped")) or len(matches) > MOST_MATCHES,
        **({"common_version": max(versions)} if versions else {}),
    }


def _joined(matches: Iterable[Json]) -> list[Json]:
    """One match for each other node: the one that saw more, at the smallest time known for that node."""
    best: dict[tuple[str, str], Json] = {}
    for match in matches:
        key = match["article_id"], match["revision"]
        other = best.get(key, match)
        fuller = match if _weight(match) > _weight(other) else other
        best[key] = {**fuller, "ingested_at": min(match["ingested_at"], other["ingested_at"])}
    return list(best.values())


def _weight(match: Json) -> tuple[int, bytes]:
    return match["shared"], orjson.dumps({**match, "ingested_at": None}, option=orjson.OPT_SORT_KEYS)


def _earlier(matches: list[Json], node: Order) -> list[Json]:
    placed = sorted(((match["ingested_at"], match["article_id"], match["revision"]), number) for number, match in enumerate(matches))
    return [matches[number] for place, number in placed if place < node]


def _order_of(record: Mapping[str, Any], facts: list[PairFact]) -> Order:
    """Where the record's node stands in the total order of nodes."""
    times = [timestamp(datetime.fromisoformat(record["ingested_at"])), *(fact.later_ingested_at for fact in facts)]
    return min(times), str(record["article_id"]), str(record.get("revision", ""))
