"""From bytes through a stage to bytes: the one way, on Kafka as in one process, so that both give the same bytes."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError

from copydesk.shared.records.raw import RawArticle, complete
from copydesk.shared.stage import Enriched, Outcome, Rejected, SideRecord, Stage
from copydesk.shared.topics import RAW

GIVEN = frozenset(RawArticle.model_fields)


@dataclass(frozen=True, slots=True)
class Payload:
    """A record as it came: its bytes, and the time in milliseconds at which it was written to the log."""

    value: bytes
    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class Passed:
    """A record for the stage's target, and what goes to other topics."""

    article_id: str
    value: bytes
    side: tuple[SideRecord, ...] = ()


Result = Passed | Rejected


async def apply(stage: Stage, payloads: Sequence[Payload], executor: Executor | None = None) -> list[Result]:
    """Run one batch through the stage: decode, validate, process off the event loop, merge, encode. One result each, in order.

    What raises is the stage's own failure (see `copydesk.shared.stage`); a bad record never raises.
    """
    loop = asyncio.get_running_loop()
    if not inspect.iscoroutinefunction(stage.process):
        return await loop.run_in_executor(executor, compute, stage, payloads)  # one trip to the thread and back
    decoded = await loop.run_in_executor(executor, _decode_all, stage, payloads)
    good = _good(decoded)
    outcomes = _checked(stage, good, await stage.process(good) if good else [])
    return await loop.run_in_executor(executor, _encode_all, stage, decoded, outcomes)


def compute(stage: Stage, payloads: Sequence[Payload]) -> list[Result]:
    """The same here and now, for a stage whose `process` is not async."""
    decoded = _decode_all(stage, payloads)
    good = _good(decoded)
    process: Callable[..., Any] = stage.process
    return _encode_all(stage, decoded, _checked(stage, good, process(good) if good else []))


def _good(decoded: Sequence[Decoded]) -> list[BaseModel]:
    return [item[1] for item in decoded if not isinstance(item, Rejected)]


def _checked(stage: Stage, batch: Sequence[BaseModel], outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    if len(outcomes) != len(batch):
        raise RuntimeError(f"{stage.name} gave {len(outcomes)} outcomes for {len(batch)} records")
    return outcomes


Decoded = tuple[dict[str, Any], BaseModel] | Rejected


def _decode_all(stage: Stage, payloads: Sequence[Payload]) -> list[Decoded]:
    return [_decode(stage, payload) for payload in payloads]


def _decode(stage: Stage, payload: Payload) -> Decoded:
    try:
        data = orjson.loads(payload.value)
    except orjson.JSONDecodeError as error:
        return Rejected("not_json", f"the value is not JSON: {error}")
    if not isinstance(data, dict):
        return Rejected("not_an_object", f"the value is a JSON {type(data).__name__}, not an object")
    if stage.source is RAW:
        data = complete(data, datetime.fromtimestamp(payload.timestamp_ms / 1000, UTC))
    try:
        return data, stage.reads.model_validate(data)
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))


def explain(error: ValidationError) -> str:
    """A validation error in one line: each field with what is wrong with it."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))


def _encode_all(stage: Stage, decoded: Sequence[Decoded], outcomes: Sequence[Outcome]) -> list[Result]:
    following = iter(outcomes)
    return [item if isinstance(item, Rejected) else _encode(stage, item[0], next(following)) for item in decoded]


def _encode(stage: Stage, data: dict[str, Any], outcome: Outcome) -> Result:
    if isinstance(outcome, Rejected):
        return outcome
    merged = merge(stage, data, outcome)
    return Passed(str(data.get("article_id", "")), orjson.dumps(merged), outcome.side)


def merge(stage: Stage, data: dict[str, Any], outcome: Enriched) -> dict[str, Any]:
    """Add the part to the envelope. Metadata that a feed gave stays: a given title is not replaced by the one found."""
    part = outcome.part.model_dump(mode="json", exclude_none=True)
    given = {key for key in GIVEN if data.get(key) is not None}
    added = {key: value for key, value in part.items() if key not in given}
    return {**data, **added, "versions": {**data.get("versions", {}), stage.name: stage.version}}
