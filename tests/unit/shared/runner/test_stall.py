"""A service that does nothing has stalled only if there is something to do."""

from __future__ import annotations

from typing import TypeVar

import pytest

from copydesk.shared.runner import group_lag
from copydesk.shared.runner.stall import Stall
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import RAW

T = TypeVar("T")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def watched(*seconds: tuple[int, int]) -> bool:
    """Whether a service with a timeout of 10 s has stalled after (lag, position) for a second each."""
    clock = Clock()
    stall = Stall(10, clock)
    for lag, position in seconds:
        clock.now += 1
        stall.observe(lag, position)
    return stall.stalled


def test_an_idle_service_has_not_stalled_nor_when_work_comes_at_last() -> None:
    assert not watched(*[(0, 5)] * 60)
    assert not watched(*[(0, 5)] * 60, *[(30, 5)] * 9)


def test_lag_without_progress_is_a_stall() -> None:
    assert watched(*[(30, 5)] * 13)


def test_slow_progress_is_not() -> None:
    assert not watched(*[(30, second // 5) for second in range(60)])


async def test_before_the_end_the_brokers_are_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they said last counts until the next look, which may be later than a stall takes: it has to be asked at once."""
    ends = [(0, 5), (5, 5)]
    monkeypatch.setattr(group_lag, "lag_of", lambda settings, service: _value({(RAW.name, 0): ends.pop(0)}))
    group = group_lag.GroupLag(ServiceSettings(), "cleaner")
    assert await group.look([], lambda partition: _value(0))
    assert (group.unread, group.moved) == (5, 0)
    assert not await group.look([], lambda partition: _value(0)), "not due yet"
    assert group.unread == 5
    assert await group.look([], lambda partition: _value(0), at_once=True)
    assert (group.unread, group.moved) == (0, 5)


def test_it_looks_several_times_in_what_a_stall_takes() -> None:
    assert [group_lag.GroupLag(ServiceSettings(stall_timeout_s=stall), "cleaner")._every_s for stall in (300, 20, 6)] == [15, 5, 1.5]


async def _value(value: T) -> T:
    return value
