"""Entries of a followed topic for processes that come and go: the last good one of a key is there for each, whatever came behind it."""

from __future__ import annotations

from copydesk.shared.workers.facts import LearnedEntries
from copydesk.shared.workers.wire import unpack


def values(entries: LearnedEntries, since: int = 0) -> list[bytes]:
    return [unpack(frame)[2] for frame in entries.since(since)[1]]


def test_what_comes_behind_the_last_good_entry_is_kept_until_it_is_known_to_be_better() -> None:
    told: list[tuple[str, str]] = []
    entries = LearnedEntries(lambda key, error: told.append((key, error)))
    for value in (b"old", b"good", b"bad", b"worse"):
        entries.add("a", value)
    entries.add("b", b"other")
    assert values(entries) == [b"old", b"good", b"bad", b"worse", b"other"], "nobody has looked at them"
    refused = {3: ("a", "why"), 4: ("a", "why")}
    entries.judged(5, refused)
    entries.judged(5, refused)
    assert told == [("a", "why"), ("a", "why")], "once"
    assert values(entries) == [b"good", b"other"]
    entries.add("a", b"new")
    assert values(entries) == [b"good", b"other", b"new"]
    assert values(entries, since=5) == [b"new"]
    entries.judged(6, {})
    assert values(entries) == [b"other", b"new"]


def test_an_entry_that_was_withdrawn_stays_so() -> None:
    entries = LearnedEntries(lambda key, error: None)
    entries.add("a", b"good")
    entries.add("a", None)
    entries.judged(2, {})
    assert [unpack(frame)[1] for frame in entries.since(0)[1]] == [b""]
