"""Which times are possible, and how what feeds write as a time is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.records import times
from copydesk.shared.records.base import timestamp

JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers()) | st.datetimes().map(str)


@pytest.mark.parametrize(
    ("given_time", "read"),
    [
        ("2024-05-18T11:10:00+02:00", "2024-05-18T11:10:00+02:00"),  # RFC 3339 is kept to the letter
        ("2024-05-18T09:10:00.5Z", "2024-05-18T09:10:00.5Z"),
        ("2024-05-18 11:10+02:00", "2024-05-18T09:10:00.000Z"),
        ("2024-05-18T09:10:00z", "2024-05-18T09:10:00.000Z"),
        ("Sat, 18 May 2024 09:10:00 GMT", "2024-05-18T09:10:00.000Z"),
        ("Sat, 18 May 2024 11:10:00 +0200", "2024-05-18T09:10:00.000Z"),
        (1_716_023_400, "2024-05-18T09:10:00.000Z"),
        (1_716_023_400.25, "2024-05-18T09:10:00.250Z"),
        (1_716_023_400_250, "2024-05-18T09:10:00.250Z"),
        ("1716023400", "2024-05-18T09:10:00.000Z"),
    ],
)
def test_every_way_to_write_a_moment_comes_out_as_rfc_3339(given_time: object, read: str) -> None:
    assert times.rfc_3339(given_time) == read


@pytest.mark.parametrize(
    ("given_time", "problem"),
    [
        ("0001-01-01T00:00:00+05:00", "before 1970"),
        ("1969-12-31T23:59:59Z", "before 1970"),
        ("9999-12-31T23:59:59-05:00", "five minutes"),
        ("2024-05-18T09:10:00", "time zone"),
        ("2024-05-18", "time zone"),
        ("yesterday", "no time"),
        (-1, "no time"),
        (2024, "no time"),
        (1e300, "no time"),
        (True, "no time"),
        ([], "no time"),
        (9_999_999_999, "five minutes"),
    ],
)
def test_what_is_not_possible_says_what_to_do(given_time: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        times.rfc_3339(given_time)


def test_the_limit_is_five_minutes_ahead() -> None:
    now = datetime.now(UTC)
    assert times.is_possible(now + timedelta(minutes=4))
    assert not times.is_possible(now + timedelta(minutes=6))
    assert times.from_ms(0) == times.EARLIEST
    assert [times.from_ms(milliseconds) for milliseconds in (-1, -(1 << 62), 1 << 62)] == [None] * 3


@given(JSON)
def test_any_value_is_a_possible_moment_or_a_problem(value: object) -> None:
    try:
        read = times.rfc_3339(value)
    except ValueError:
        return
    assert times.is_possible(datetime.fromisoformat(read))
    assert times.rfc_3339(read) == read


@pytest.mark.parametrize(
    ("given_time", "read", "precision"),
    [
        ("2021", "2021", "year"),
        ("2021-05", "2021-05", "month"),
        ("2021-05-03", "2021-05-03", "day"),
        ("20210503", "2021-05-03", "day"),
        ("2021-05-03T07:15Z", "2021-05-03T07:15Z", "minute"),
        ("2021-05-03T07:15:00+02:00", "2021-05-03T07:15:00+02:00", "second"),
        ("2021-05-03T07:15:00", "2021-05-03T07:15:00", "second"),
        ("2021-05-03 07:15", "2021-05-03T07:15:00", "second"),
        ("Mon, 03 May 2021 07:15:00 GMT", "2021-05-03T07:15:00Z", "second"),
        (1_620_026_100, "2021-05-03T07:15:00Z", "second"),
        ("1851-09-18", "1851-09-18", "day"),
        ("12 hours ago", None, None),
        ("2021-13", None, None),
        (20210503, None, None),
    ],
)
def test_a_time_of_publication_is_as_exact_as_it_was_given(given_time: str | float, read: str | None, precision: str | None) -> None:
    assert times.publication_time(given_time) == read
    assert (None if read is None else times.precision(read)) == precision


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_copydesk_writes_is_read_as_it_is(moment: datetime) -> None:
    assert times.publication_time(timestamp(moment)) == timestamp(moment)
