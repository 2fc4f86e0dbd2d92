"""A service that does nothing has stalled only if there is something to do."""

from __future__ import annotations

from copydesk.shared.runner.stall import Stall


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
