"""Entries of fetcher.state that the fetcher cannot have written are told apart, and whatever passes can be read."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.fetcher import waiting
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.entries import CHECKS, check
from copydesk.services.fetcher.site_rules import SiteRulesBook
from copydesk.services.fetcher.waiting import Waiting, decoded, stored
from copydesk.shared.records.feeding import ArticleUrl
from tests.odd_entries import ODD_VALUES, YEAR_0, YEAR_3000, with_any_field

URL = "https://example.org/a"
WAITS = Waiting(ArticleUrl(url=URL, title="Ferry", attempts=2), 1_790_000_000_000, 7, 1_789_000_000_000, {"origin": "x"})
NOTES: dict[str, dict[str, object]] = {
    WAITS.key: orjson.loads(stored(WAITS)[WAITS.key] or b""),
    "h\texample.org": {"delay_s": 5, "until_ms": now_ms(), "failures": 2},
    f"v\t{waiting.identity(URL)}": {"etag": '"1"', "last_modified": "x", "content": "1", "knowledge": "", "at_ms": now_ms()},
    "r\thttps://example.org": {"text": "User-agent: *", "until_ms": now_ms()},
    "t\thttps://example.org": {"elsewhere": "https://example.net/x", "hops": 1, "until_ms": now_ms()},
    "r\thttps://example.net": {"at": "https://example.net/x", "hops": 1, "until_ms": now_ms()},
    "t\thttps://example.net": {"failed": "no answer", "until_ms": now_ms()},
}
FOREIGN = ("", "x", "q\t", "q\ta", "q\ta\tb\tc", f"q\tother.example\t{WAITS.due_ms}\t{7:012d}", "q\texample.org\t\u0663\t7", "z\tx")


class State:
    """A shard's state that is read alone."""

    def __init__(self, entries: dict[str, bytes]) -> None:
        self._entries = entries

    def get(self, key: str) -> bytes | None:
        return self._entries.get(key)

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        return iter(sorted((key, value) for key, value in self._entries.items() if key.startswith(prefix) and key >= first))

    async def write(self, changes: object) -> None: ...

    async def prove(self, fresh_s: float) -> None: ...


def test_what_the_fetcher_writes_passes() -> None:
    for key, note in NOTES.items():
        check(key, orjson.dumps(note))
        check(key, orjson.dumps({**note, "of a later version": [1]}))
    for key, value in stored(WAITS).items():
        check(key, value or b"")


@pytest.mark.parametrize("value", ODD_VALUES.values(), ids=ODD_VALUES)
def test_odd_values_are_told_apart_under_every_kind_of_key(value: bytes) -> None:
    for key in (*NOTES, WAITS.id_key, *FOREIGN):
        with pytest.raises(ValueError):
            check(key, value)


def test_keys_that_are_none_of_ours_are_told_apart() -> None:
    for key in FOREIGN:
        with pytest.raises(ValueError):
            check(key, stored(WAITS)[WAITS.key] or b"")


@pytest.mark.parametrize("at_ms", [YEAR_0, -1, YEAR_3000])
def test_a_time_that_nobody_notes_is_told_apart(at_ms: int) -> None:
    for key, note in NOTES.items():
        for name in note.keys() & {"until_ms", "at_ms"}:
            with pytest.raises(ValueError, match="no time between"):
                check(key, orjson.dumps({**note, name: at_ms}))


@settings(max_examples=40)
@given(st.sampled_from(sorted(NOTES)).flatmap(lambda key: st.tuples(st.just(key), with_any_field(NOTES[key]))))
def test_whatever_passes_can_be_read(entry: tuple[str, bytes]) -> None:
    key, value = entry
    try:
        check(key, value)
    except ValueError:
        return
    state = State({key: value, WAITS.id_key: WAITS.key.encode()})
    list(waiting.all_hosts(state))
    waiting.first_due(state, "example.org", now_ms(), ())
    waiting.added(state, {}, WAITS)
    for url in (URL, "https://example.net/b"):
        SiteRulesBook(state, "copydesk").look(url, now_ms())
    if key == WAITS.key:
        assert decoded(key, value).key == key


def test_an_id_that_leads_to_another_address_loses_neither() -> None:
    other = Waiting(ArticleUrl(url="https://example.org/b"), WAITS.due_ms, 8, 0, {})
    entries = {key: value or b"" for key, value in stored(WAITS).items()} | {other.id_key: WAITS.key.encode()}
    writes, more = waiting.added(State(entries), {}, other)
    assert more == 1
    assert WAITS.key not in writes


def test_every_kind_has_its_rule() -> None:
    assert {key[:2] for key in (*NOTES, WAITS.id_key)} == CHECKS.keys()
