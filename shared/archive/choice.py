"""Which record stands for a node when several came, and what its verdict is. The answer depends on the set of what came, not on the order.

Several come when the same input is fed again, when a stage is run again after an upgrade, and when a crash makes a stage
repeat its work. The order of versions decides (`copydesk.shared.records.versions`). Of records made by the same versions the one that was
fetched last stands, then the smaller bytes, and the verdict has the matches of all of them, since each may have been a partial view.
The time of ingestion is the earliest that came.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import orjson

from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.times import EARLIEST
from copydesk.shared.records.versions import common_version, releases, what_made


class Came(NamedTuple):
    """A record, and when the latest one by the same versions was written to the log, in milliseconds since 1970."""

    record: JsonObject
    written_ms: int


def choose_record(one: Came, other: Came) -> Came:
    """What stands for the node of both; `complete_verdict` then puts its verdict in order.

    Exact for any order of arrival, unless a build comes back after another took its place: what it brought before is not looked at again.
    """
    best, rest = (one, other) if _stands_before(one, other) else (other, one)
    earliest = min(one.record["ingested_at"], other.record["ingested_at"], key=_moment)
    if what_made(best.record) != what_made(rest.record):
        return Came({**best.record, "ingested_at": earliest}, best.written_ms)
    verdict = _joined(best.record["duplicate"], rest.record["duplicate"])
    return Came({**best.record, "ingested_at": earliest, "duplicate": verdict}, max(best.written_ms, rest.written_ms))


def _stands_before(one: Came, other: Came) -> bool:
    """Whether the one comes before the other."""
    ordered = [(releases(came.record), common_version(came.record)) for came in (one, other)]
    if ordered[0] != ordered[1]:
        return ordered[0] > ordered[1]
    if what_made(one.record) != what_made(other.record) and one.written_ms != other.written_ms:
        return one.written_ms > other.written_ms
    fetched = [_moment(came.record["fetched_at"])[0] if came.record.get("fetched_at") else EARLIEST for came in (one, other)]
    if fetched[0] != fetched[1]:
        return fetched[0] > fetched[1]
    return _bytes(one.record) <= _bytes(other.record)


def _joined(best: JsonObject, rest: JsonObject) -> JsonObject:
    joined = {name: [*best.get(name, ()), *rest.get(name, ())] for name in ("matches", "background")}
    return {**best, **joined, "capped": bool(best.get("capped") or rest.get("capped"))}


def _moment(text: str) -> tuple[datetime, str]:
    return datetime.fromisoformat(text), text


def _bytes(record: JsonObject) -> bytes:
    return orjson.dumps({**record, "ingested_at": None, "duplicate": None}, option=orjson.OPT_SORT_KEYS)
