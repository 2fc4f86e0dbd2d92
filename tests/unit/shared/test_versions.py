"""The order of versions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.versions import is_superseded, release, releases
from tests.samples import enriched, fact, match


@pytest.mark.parametrize(
    ("older", "newer"), [("1", "2"), ("1.9", "1.10"), ("1.2", "1.2.1"), ("1+2026.11.25", "2"), ("2.2026.11.25", "2.2026.12.1"), ("", "0")]
)
def test_later_releases_sort_behind(older: str, newer: str) -> None:
    assert release(older) < release(newer)
    assert releases({"versions": {"cleaner": older, "tagger": "9"}}) < releases({"versions": {"cleaner": newer, "tagger": "1"}})


def test_a_hash_has_no_order() -> None:
    assert release("2+beef99") == release("2+cafe11") == release("2")


def test_a_stage_that_was_run_counts_more_than_none() -> None:
    assert releases({}) < releases({"versions": {"cleaner": "1"}}) < releases({"versions": {"cleaner": "1", "deduplicator": "1"}})


@given(st.text(), st.text())
def test_any_text_is_a_version(one: str, other: str) -> None:
    assert (release(one) < release(other)) + (release(other) < release(one)) + (release(one) == release(other)) == 1


@pytest.mark.parametrize(
    ("made", "named", "superseded"),
    [
        (("1", "v1"), ("1", "v1"), False),
        (("1", "v2"), ("1", "v1"), True),
        (("1", "v1"), ("1", "v2"), False),
        (("2", "v1"), ("1", "v2"), True),
        (("1", "v2"), ("2", "v1"), False),
        (("1+a", "v1"), ("1+b", "v2"), True),  # other settings: what they found is not what these would
        (("1", ""), ("1", "0123456789abcdef"), False),
        (("1", "v1"), ("1", "0123456789abcdef"), True),  # common text of before versions had times
    ],
)
def test_what_is_older_than_the_record_is_superseded(made: tuple[str, str], named: tuple[str, str], superseded: bool) -> None:
    record = enriched("b", versions={"deduplicator": made[0]}, duplicate={"status": "unique", "common_version": made[1]})
    found = fact("b", "a", 1, 0).model_copy(update={"version": named[0], "common_version": named[1]})
    assert is_superseded(found, record) is superseded
    assert complete_verdict(record, [found])["duplicate"]["status"] == ("unique" if superseded else "duplicate")


def test_of_two_views_on_one_pair_the_newer_common_text_counts_before_the_fuller_view() -> None:
    verdict: dict[str, Any] = {"status": "duplicate", "matches": [match("a", 0, shared=90)], "common_version": "v1"}
    record = enriched("b", second=1, duplicate=verdict)
    newer = fact("b", "a", 1, 0).model_copy(update={"common_version": "v2"})
    whole = complete_verdict(record, [newer])["duplicate"]
    assert [found["shared"] for found in whole["matches"]] == [50]
    assert whole["common_version"] == "v1"
