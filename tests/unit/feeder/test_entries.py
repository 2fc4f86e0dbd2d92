"""Entries of feeder.state that the feeder cannot have written are told apart, and whatever passes can be read."""

from __future__ import annotations

from dataclasses import asdict

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.feeder.entries import CHECKS, check
from copydesk.services.feeder.memory import ITEM, SOURCE, Seen
from copydesk.shared.edge import feed_source
from copydesk.shared.followed_sources import STANDING, Standing
from copydesk.shared.records.feeding import FeedSource
from tests.odd_entries import ODD_VALUES, YEAR_0, YEAR_3000, with_any_field

URL = "https://example.org/feed.xml"
STANDS = Standing(due_ms=1_790_000_000_000, interval_s=300, failures=1, error="no answer", of="", validators={"etag": '"1"'})
ITEM_KEY = f"{ITEM}{URL}\t{0:032x}"
GOOD: dict[str, object] = {
    SOURCE + URL: {"url": URL, "source": "coast", "paused": False},
    STANDING + URL: asdict(STANDS),
    ITEM_KEY: ["0123456789abcdef", 1_790_000_000_000],
}
OBJECTS: dict[str, dict[str, object]] = {key: value for key, value in GOOD.items() if isinstance(value, dict)}


def test_what_the_feeder_writes_passes() -> None:
    for key, value in GOOD.items():
        check(key, orjson.dumps(value))
    check(STANDING + URL, orjson.dumps({"due_ms": 5, "of a later version": [1]}))
    assert {key[:2] for key in GOOD} == CHECKS.keys()


@pytest.mark.parametrize("value", ODD_VALUES.values(), ids=ODD_VALUES)
def test_odd_values_are_told_apart_under_every_kind_of_key(value: bytes) -> None:
    for key in (*GOOD, "", "x", "i\t", "z\tx"):
        with pytest.raises(ValueError):
            check(key, value)


@pytest.mark.parametrize("at_ms", [YEAR_0, -1, YEAR_3000])
def test_a_time_that_nobody_notes_is_told_apart(at_ms: int) -> None:
    for name in ("due_ms", "looked_ms", "succeeded_ms"):
        with pytest.raises(ValueError, match="no time between"):
            check(STANDING + URL, orjson.dumps({"due_ms": 5, name: at_ms}))
    with pytest.raises(ValueError, match="no time between"):
        check(ITEM_KEY, orjson.dumps(["a", at_ms]))


def test_a_source_lies_under_its_own_address() -> None:
    with pytest.raises(ValueError, match="key"):
        check(f"{SOURCE}https://example.org/other", orjson.dumps({"url": URL}))


@settings(max_examples=40)
@given(st.sampled_from(sorted(OBJECTS)).flatmap(lambda key: st.tuples(st.just(key), with_any_field(OBJECTS[key]))))
def test_whatever_passes_can_be_read(entry: tuple[str, bytes]) -> None:
    key, value = entry
    try:
        check(key, value)
    except ValueError:
        return
    if key.startswith(STANDING):
        assert Standing.decoded(Standing.decoded(value).encoded()) == Standing.decoded(value)
    else:
        assert isinstance(feed_source(value), FeedSource)


def test_an_item_is_read_as_it_was_written() -> None:
    assert Seen.decoded(b'["a",5]') == ("a", 5)
