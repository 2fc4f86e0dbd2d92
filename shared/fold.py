"""Folding pair facts into a verdict: the one way, for the sink, for subscribers and for a run without a broker.

Facts are a set: in whatever order they come, however often, before or after their article, the folded verdict is the
same. A fact that something older found than what made the record is superseded. Of two views on one pair the one with the newer
common text wins, then the one that saw more shared text; the other was a partial view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from copydesk.shared.records.base import timestamp
from copydesk.shared.records.duplicate import BACKGROUND, PairFact
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.versions import common_version, is_superseded

MOST_MATCHES = 100
MOST_BACKGROUND = 10

NodeOrder = tuple[str, str, str]


def complete_verdict(record: Mapping[str, Any], facts: Iterable[PairFact] = ()) -> JsonObject:
    """The record with its verdict completed by pair facts of which it is the later node.

    A record of articles.deduplicated or articles.enriched as a JSON object; it is not changed. Facts about other nodes are
    passed over. Only matches with nodes that are earlier than the record stay, by the smallest time that is known for it.
    """
    about = [fact for fact in facts if (fact.later_article_id, fact.later_revision) == (record.get("article_id"), record.get("revision"))]
    before = record.get("duplicate") or {}
    found = [(common_version(record), match) for match in (*before.get("matches", ()), *before.get("background", ()))]
    found += [(fact.common_version or "", fact.match.model_dump(mode="json")) for fact in about if not is_superseded(fact, record)]
    return {**record, "duplicate": _verdict(before, _earlier(_joined(found), _order_of(record, about)))}


def _verdict(before: Mapping[str, Any], matches: list[JsonObject]) -> JsonObject:
    """The common text that is named is the record's own: a newer fact says nothing of the pairs for which there is none."""
    background = [match for match in matches if match["kind"] == BACKGROUND]
    matches = [match for match in matches if match["kind"] != BACKGROUND]
    first = {"kind": matches[0]["kind"], "duplicate_of": matches[0]["article_id"]} if matches else {}
    version = before.get("common_version")
    return {
        "status": "duplicate" if matches else "unique",
        **first,
        "matches": matches[:MOST_MATCHES],
        "background": background[:MOST_BACKGROUND],
        "capped": bool(before.get("capped")) or len(matches) > MOST_MATCHES,
        **({"common_version": version} if version else {}),
    }


def _joined(found: Iterable[tuple[str, JsonObject]]) -> list[JsonObject]:
    """Of views on other nodes, each with its version of the common text, one match for each node, at the smallest time known for that node."""
    best: dict[tuple[str, str], tuple[str, JsonObject]] = {}
    for view in found:
        key = view[1]["article_id"], view[1]["revision"]
        other = best.get(key, view)
        version, fuller = max(view, other, key=_weight)
        best[key] = version, {**fuller, "ingested_at": min(view[1]["ingested_at"], other[1]["ingested_at"])}
    return [match for _, match in best.values()]


def _weight(view: tuple[str, JsonObject]) -> tuple[str, int, bytes]:
    version, match = view
    return version, match["shared"], orjson.dumps({**match, "ingested_at": None}, option=orjson.OPT_SORT_KEYS)


def _earlier(matches: list[JsonObject], node: NodeOrder) -> list[JsonObject]:
    placed = sorted(((match["ingested_at"], match["article_id"], match["revision"]), number) for number, match in enumerate(matches))
    return [matches[number] for place, number in placed if place < node]


def _order_of(record: Mapping[str, Any], facts: list[PairFact]) -> NodeOrder:
    """Where the record's node stands in the total order of nodes."""
    times = [timestamp(datetime.fromisoformat(record["ingested_at"])), *(fact.later_ingested_at for fact in facts)]
    return min(times), str(record["article_id"]), str(record.get("revision", ""))
