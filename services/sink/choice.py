"""Which record stands for a node when several came, and what its verdict is. The answer depends on the set of what came, not on the order.

Several come when the same input is fed again, when a stage is run again after an upgrade, and when a crash makes a stage
repeat its work. The record made by the latest versions wins, then the smaller bytes. Its time of ingestion is the earliest
that came. Its verdict has the matches of all records made by the same versions, since each may have been a partial view.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson

Record = dict[str, Any]


def choose(one: Record, other: Record) -> Record:
    """The record that stands for the node of both; `copydesk.shared.fold` then puts its verdict in order."""
    best, rest = (one, other) if _rank(one) <= _rank(other) else (other, one)
    earliest = min(one["ingested_at"], other["ingested_at"], key=_moment)
    verdict = _joined(best["duplicate"], rest["duplicate"]) if _versions(best) == _versions(rest) else best["duplicate"]
    return {**best, "ingested_at": earliest, "duplicate": verdict}


def _joined(best: Record, rest: Record) -> Record:
    joined = {name: [*best.get(name, ()), *rest.get(name, ())] for name in ("matches", "background")}
    return {**best, **joined, "capped": bool(best.get("capped") or rest.get("capped"))}


def _moment(text: str) -> tuple[datetime, str]:
    return datetime.fromisoformat(text), text


def _rank(record: Record) -> tuple[Any, bytes]:
    return _versions(record), orjson.dumps({**record, "ingested_at": None, "duplicate": None}, option=orjson.OPT_SORT_KEYS)


def _versions(record: Record) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((stage, _negative(version)) for stage, version in sorted(record.get("versions", {}).items()))


def _negative(version: object) -> tuple[int, ...]:
    """Numbers of a version such that a later one is smaller; the closing 1 puts 1.2 after 1.2.3."""
    return (*(-int(number) for number in re.findall(r"\d+", str(version))), 1)
