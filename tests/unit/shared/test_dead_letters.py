"""Dead letters: nothing of the original is lost, however large it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.deadletters import Cause, assemble, dead_letters
from copydesk.shared.headers import from_wire
from copydesk.shared.kafka import Message
from copydesk.shared.topics import DEADLETTERS

RAW_LIMIT = 20_000


def message(value: bytes | None, offset: int = 3, key: bytes | None = b"a") -> Message:
    return Message("articles.raw", 1, offset, 1_716_023_400_000, key, value, {"traceparent": "x"})


@given(st.binary(max_size=300_000))
def test_the_original_comes_back(value: bytes) -> None:
    (whole,) = assemble(dead_letters(message(value), Cause("cleaner", "not_json"), RAW_LIMIT))
    assert whole.original == value


@pytest.mark.parametrize("size", [0, RAW_LIMIT, 4 * RAW_LIMIT, 40 * RAW_LIMIT])
def test_every_part_fits_its_topic(size: int) -> None:
    bare = message(b"\xff" * size, key=b"\x00" * 100_000)
    loaded = replace(bare, headers=from_wire([(f"own-{number}", b"\x00" * 1_000) for number in range(100)]))
    parts = list(dead_letters(loaded, Cause("cleaner", "x" * 50, "\0" * 100_000, "t" * 100_000), RAW_LIMIT))
    assert max(map(len, parts)) <= DEADLETTERS.max_bytes(RAW_LIMIT)
    assert [orjson.loads(part)["part"] for part in parts] == list(range(1, len(parts) + 1))


def test_parts_may_come_in_any_order_twice_and_mixed() -> None:
    one = list(dead_letters(message(b"1" * 200_000, 1), Cause("cleaner", "a"), RAW_LIMIT))
    two = list(dead_letters(message(b"2" * 200_000, 2), Cause("cleaner", "b"), RAW_LIMIT))
    assert len(one) > 1
    found = list(assemble([one[-1], *two, *one[:-1], *one, two[0]]))
    assert [(whole.letter.reason, set(whole.original)) for whole in found] == [("b", {ord("2")}), ("a", {ord("1")})]


def test_a_letter_says_where_and_why() -> None:
    at = datetime(2024, 5, 18, 9, 10, tzinfo=UTC)
    (value,) = dead_letters(message(None, key=b"\xff"), Cause("tagger", "broken", "detail", "trace", at), RAW_LIMIT)
    record = orjson.loads(value)
    assert (record["topic"], record["partition"], record["offset"], record["time"]) == ("articles.raw", 1, 3, "2024-05-18T09:10:00.000Z")
    assert (record["stage"], record["reason"], record["detail"], record["traceback"]) == ("tagger", "broken", "detail", "trace")
    assert record["headers"] == {"traceparent": "x"}
