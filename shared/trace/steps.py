"""Records of one article as the steps of its way: who wrote it, when, where, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from copydesk.shared import headers as wire
from copydesk.shared.kafka import Message
from copydesk.shared.records.base import timestamp
from copydesk.shared.topics import CORRECTIONS, DEADLETTERS, URLS
from copydesk.shared.trace.contents import Found

ALWAYS = frozenset(["versions"])  # changes at every stage
ABOUT = ("origin", "feed", "source", "url", "title", "fetched_at", "not_before", "attempts")
ABOUT_LETTER = ("stage", "reason", "detail", "topic", "partition", "offset", "settled")
OTHER = "another program"


@dataclass(frozen=True, slots=True)
class Step:
    """One record: where it lies, when it was written, by which service in which version, and which fields were added, changed or removed.

    `trace_id` is the same for all records that one raw record became. `about` has what the record says of itself.
    """

    topic: str
    partition: int
    offset: int
    time: str
    by: str
    version: str | None = None
    trace_id: str | None = None
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, int, int]:
        return self.topic, self.partition, self.offset


def steps(found: Iterable[Found]) -> list[Step]:
    """All records in the order in which they were written, each compared with the one that it was made of."""
    before: dict[str | None, Mapping[str, Any]] = {}
    made: list[Step] = []
    for message, record in sorted(found, key=lambda one: (one[0].timestamp_ms, one[0].topic, one[0].partition, one[0].offset)):
        trace_id = wire.trace_id(message.headers)
        is_article = message.topic not in (URLS.name, DEADLETTERS.name, CORRECTIONS.name)
        made.append(_step(message, record, before.get(trace_id) if is_article else None, trace_id))
        if is_article:
            before[trace_id] = record
    return made


def _step(message: Message, record: Mapping[str, Any], before: Mapping[str, Any] | None, trace_id: str | None) -> Step:
    by = message.headers.get(wire.PRODUCER, OTHER)
    names = (record.keys() - ALWAYS, (before or {}).keys() - ALWAYS)
    return Step(
        message.topic, message.partition, message.offset, _time(message.timestamp_ms), by, _version(by, message, record), trace_id,
        added=sorted(names[0] - names[1]) if before is not None else [],
        changed=sorted(name for name in names[0] & names[1] if before is not None and record[name] != before[name]),
        removed=sorted(names[1] - names[0]),
        about=_origin(message, before is None) | _about(message.topic, record, before is None),
    )  # fmt: skip


def _version(by: str, message: Message, record: Mapping[str, Any]) -> str | None:
    versions = record.get("versions")
    made = versions.get(by) if isinstance(versions, dict) else None
    return str(made) if made else message.headers.get(wire.PRODUCER_VERSION)


def _origin(message: Message, is_first: bool) -> dict[str, Any]:
    is_told = is_first and wire.ORIGIN in message.headers and message.topic not in (DEADLETTERS.name, CORRECTIONS.name)
    return {"origin": message.headers[wire.ORIGIN]} if is_told else {}


def _about(topic: str, record: Mapping[str, Any], is_first: bool) -> dict[str, Any]:
    if topic == DEADLETTERS.name:
        return {name: record[name] for name in ABOUT_LETTER if record.get(name) is not None}
    if topic == CORRECTIONS.name:
        match = record.get("match")
        kind = match.get("kind") if isinstance(match, dict) else None
        return {"later": record.get("later_article_id"), "earlier": record.get("earlier_article_id"), "kind": kind}
    verdict = record.get("duplicate")
    found = {"verdict": verdict["status"]} if isinstance(verdict, dict) and "status" in verdict else {}
    entities = record.get("entities")
    found |= {"entities": len(entities)} if isinstance(entities, list) else {}
    return found | ({name: record[name] for name in ABOUT if record.get(name) is not None} if is_first else {})


def _time(milliseconds: int) -> str:
    return timestamp(datetime.fromtimestamp(max(0, milliseconds) / 1000, UTC))
