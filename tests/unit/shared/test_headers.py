"""Headers: one trace from raw to enriched, whatever a producer sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.headers import CONTENT_TYPE, INGESTED_MS, PRODUCER, TRACEPARENT, fresh, from_wire, onward, started_ms, to_wire, trace_id


def test_the_trace_goes_on_with_a_new_span() -> None:
    first = fresh("producer", 5)
    second = onward(first, "cleaner", 9)
    third = onward(second, "tagger", 12)
    assert trace_id(first)
    assert trace_id(first) == trace_id(second) == trace_id(third)
    assert len({headers[TRACEPARENT] for headers in (first, second, third)}) == 3
    assert third[PRODUCER] == "tagger"
    assert third[INGESTED_MS] == "5"


@pytest.mark.parametrize("given_parent", [{}, {TRACEPARENT: "rubbish"}, {TRACEPARENT: f"00-{'0' * 32}-b7ad6b7169203331-01"}])
def test_a_record_without_a_valid_trace_gets_one(given_parent: dict[str, str]) -> None:
    made = onward({**given_parent, "own": "kept"}, "cleaner", 7)
    assert trace_id(made)
    assert made["own"] == "kept"
    assert made[INGESTED_MS] == "7"
    assert made[CONTENT_TYPE] == "application/json"


def test_what_a_record_carries_on_is_bounded() -> None:
    kept = from_wire([(TRACEPARENT, b"first"), ("huge", b"x" * 1_000_000), ("late", b"y")])
    assert kept == {TRACEPARENT: "first"}


@given(st.dictionaries(st.text(), st.text()))
def test_headers_survive_the_wire(headers: dict[str, str]) -> None:
    assert from_wire(to_wire(headers)) == headers


def test_foreign_headers_do_not_break_anything() -> None:
    assert from_wire([("a", b"\xff"), ("b", None), ("a", b"last")]) == {"a": "last", "b": ""}
    assert from_wire(None) == {}


@pytest.mark.parametrize("text", ["", "soon", "-1", "١٢", "9" * 500, "1e9"])
def test_a_time_that_is_none_in_a_header_is_not_believed(text: str) -> None:
    assert started_ms({INGESTED_MS: text}, 7) == 7
    assert onward({INGESTED_MS: text}, "me", 7)[INGESTED_MS] == "7"
    assert started_ms({INGESTED_MS: "1716023400000"}, 7) == 1_716_023_400_000
