"""From bytes through a stage to bytes: the one way, on Kafka as in one process, so that both give the same bytes."""

from __future__ import annotations

import asyncio
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from copydesk.shared.edge import admitted, explain
from copydesk.shared.records.given import FED, part_to_merge
from copydesk.shared.stage import Enriched, Outcome, Rejected, SideRecord, Stage

SURROGATE = re.compile("[\ud800-\udfff]")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Payload:
    """A record as it came: its bytes, and the time in milliseconds at which it was written to the log."""

    value: bytes
    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class Passed:
    """A record for the stage's target, what goes to other topics, and what the stage counted over it."""

    article_id: str
    value: bytes
    side: tuple[SideRecord, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


Result = Passed | Rejected


async def apply(stage: Stage, payloads: Sequence[Payload], executor: Executor | None = None) -> list[Result]:
    """Run one batch through the stage: decode, validate, process off the event loop, merge, encode. One result each, in order.

    What raises is the stage's own failure (see `copydesk.shared.stage`); a bad record never raises.
    """
    loop = asyncio.get_running_loop()
    if not inspect.iscoroutinefunction(stage.process):
        return await loop.run_in_executor(executor, compute, stage, payloads)  # one trip to the thread and back
    decoded = await loop.run_in_executor(executor, decode_records, stage, payloads)
    good = admitted_of(decoded)
    outcomes = _checked(stage, good, await stage.process(good) if good else [])
    return await loop.run_in_executor(executor, encode_results, stage, decoded, outcomes)


def compute(stage: Stage, payloads: Sequence[Payload]) -> list[Result]:
    """The same here and now, for a stage whose `process` is not async."""
    decoded = decode_records(stage, payloads)
    good = admitted_of(decoded)
    process: Callable[..., Any] = stage.process
    return encode_results(stage, decoded, _checked(stage, good, process(good) if good else []))


def admitted_of(decoded: Sequence[DecodedRecord]) -> list[BaseModel]:
    """What the stage gets: the records that are not refused."""
    return [item[1] for item in decoded if not isinstance(item, Rejected)]


def _checked(stage: Stage, batch: Sequence[BaseModel], outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    if len(outcomes) != len(batch):
        raise RuntimeError(f"{stage.name} gave {len(outcomes)} outcomes for {len(batch)} records")
    return outcomes


DecodedRecord = tuple[dict[str, Any], BaseModel] | Rejected


def decode_records(stage: Stage, payloads: Sequence[Payload]) -> list[DecodedRecord]:
    """Each record as it stands and as the stage reads it, or why it is refused. Raises for no input."""
    return [_decoded(stage, payload) for payload in payloads]


def _decoded(stage: Stage, payload: Payload) -> DecodedRecord:
    data = admitted(payload.value, stage.source, payload.timestamp_ms)
    if isinstance(data, Rejected):
        return data
    try:
        return data, stage.reads.model_validate(data)
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))


def encode_results(stage: Stage, decoded: Sequence[DecodedRecord], outcomes: Sequence[Outcome]) -> list[Result]:
    """One result for each of what `decode_records` gave, of the outcomes for what was good in it. Raises for no outcome that a stage may make."""
    following = iter(outcomes)
    return [item if isinstance(item, Rejected) else _encoded(stage, item[0], next(following)) for item in decoded]


def _encoded(stage: Stage, data: dict[str, Any], outcome: Outcome) -> Result:
    if isinstance(outcome, Rejected):
        return outcome
    return Passed(str(data.get("article_id", "")), _dumped(merge(stage, data, outcome)), outcome.side, outcome.counts)


def _dumped(record: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(record)
    except TypeError:  # a page's script may hold half a character: {"headline": "Cut \\ud83d"}
        return orjson.dumps(_well_formed(record))


def _well_formed(value: Any) -> Any:
    """The same without lone surrogates, which no UTF-8 can write; each is one character before and after, so offsets stay true."""
    if isinstance(value, dict):
        return {_well_formed(name): _well_formed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_well_formed(inner) for inner in value]
    return SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def merge(stage: Stage, data: dict[str, Any], outcome: Enriched) -> dict[str, Any]:
    """Add the part to the envelope, in the place of what an earlier run of the same stage left. What a feed gave stays (`part_to_merge`), but
    for fields that the stage leaves behind (`copydesk.shared.stage.Leaving`)."""
    part = part_to_merge(data, outcome.part.model_dump(mode="json", exclude_none=True))
    gone: frozenset[str] = getattr(stage, "leaves", NOTHING)
    before = {name: value for name, value in data.items() if name not in gone and (name in FED or name not in type(outcome.part).model_fields)}
    return {**before, **part, "versions": {**data.get("versions", {}), stage.name: stage.version}}
