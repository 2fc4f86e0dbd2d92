"""Publishing: everything is confirmed or told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from typing import Any

import orjson
import pytest

from copydesk.services.producer.publish import publish_records
from copydesk.shared.arrivals import Arrival
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import INGESTED_MS, TRACEPARENT, trace_id
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, Topic


class Log:
    """Takes records as a broker does: confirmation comes later, and for some keys never."""

    def __init__(self, lost: frozenset[str] = frozenset()) -> None:
        self.records: list[tuple[Topic, str, bytes, Mapping[str, str]]] = []
        self.lost = lost
        self.open = 0

    async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]:
        assert key is not None
        assert value is not None
        self.open += 1
        return asyncio.ensure_future(self._store(topic, key, value, headers or {}))

    async def _store(self, topic: Topic, key: str, value: bytes, headers: Mapping[str, str]) -> None:
        await asyncio.sleep(0)
        self.open -= 1
        if key in self.lost:
            raise TimeoutError("no answer")
        self.records.append((topic, key, value, headers))


async def arriving(*batches: list[bytes]) -> AsyncIterator[list[Arrival]]:
    number = 0
    for batch in batches:
        yield [Arrival(f"in:{number + i}", number + i, value, 1_716_023_400_000 + number + i, 0) for i, value in enumerate(batch)]
        number += len(batch)


def record(key: str) -> bytes:
    return orjson.dumps({"content": "words", "article_id": key})


def ignore(arrival: Arrival, rejected: Rejected) -> None:
    raise AssertionError(f"{arrival.name} was refused: {rejected.detail}")


async def test_records_are_sent_in_order_with_key_and_trace() -> None:
    log = Log()
    tally = await publish_records(arriving([record("a"), record("b")], [record("c")]), log, 1_000, ignore)
    assert tally.sent == 3
    assert log.open == 0
    assert [(topic, key) for topic, key, _, _ in log.records] == [(RAW, "a"), (RAW, "b"), (RAW, "c")]
    headers = [headers for _, _, _, headers in log.records]
    assert len({trace_id(each) for each in headers}) == 3
    assert headers[0][INGESTED_MS] == "1716023400000"
    assert all(TRACEPARENT in each for each in headers)


async def test_refused_records_are_named_and_the_others_go_on() -> None:
    told: list[tuple[str, str]] = []
    log = Log()
    tally = await publish_records(
        arriving([record("a"), b"nonsense", b"{}", record("b")]), log, 1_000, lambda arrival, rejected: told.append((arrival.name, rejected.reason))
    )
    assert told == [("in:1", "not_json"), ("in:2", "invalid_record")]
    assert (tally.sent, dict(tally.refusals)) == (2, {"not_json": 1, "invalid_record": 1})
    assert [key for _, key, _, _ in log.records] == ["a", "b"]


async def test_a_delivery_that_fails_is_an_error_that_names_the_record() -> None:
    log = Log(lost=frozenset({"b"}))
    with pytest.raises(CopydeskError, match=r"in:1 was not confirmed after 1 records.*no answer"):
        await publish_records(arriving([record("a"), record("b"), record("c")], [record("d")]), log, 1_000, ignore)
    assert log.open == 0
    assert [key for _, key, _, _ in log.records] == ["a", "c"]


async def test_progress_is_told_after_each_confirmed_batch() -> None:
    seen: list[tuple[str, int]] = []
    await publish_records(
        arriving([record("a"), record("b")], [record("c")]), Log(), 1_000, ignore, lambda last, tally: seen.append((last.name, tally.sent))
    )
    assert seen == [("in:1", 2), ("in:2", 3)]
