"""What is tried again, how long it waits, and what is not tried again."""

from __future__ import annotations

import sqlite3

import pytest

from copydesk.shared.errors import UnavailableError
from copydesk.shared.runner.policy import LONGEST_PAUSE_S, pause_s, persist
from copydesk.shared.settings import ServiceSettings

QUICK = ServiceSettings(patience_s=0.05, retry_base_s=0.001)
PATIENT = ServiceSettings(patience_s=600, retry_base_s=0.001)


class Flaky:
    """Work that fails so many times with an error, then succeeds."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures, self.error, self.calls = failures, error, 0

    async def __call__(self) -> None:
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error


@pytest.mark.parametrize("error", [UnavailableError("no shard"), ConnectionError("no broker"), sqlite3.OperationalError("locked"), TimeoutError()])
async def test_a_dependency_that_comes_back_is_asked_again(error: Exception) -> None:
    work, retried = Flaky(2, error), []
    await persist(work, PATIENT, lambda: retried.append(1))
    assert (work.calls, len(retried)) == (3, 2)


async def test_a_dependency_that_stays_away_raises_its_last_error() -> None:
    work = Flaky(99, UnavailableError("no shard"))
    with pytest.raises(UnavailableError):
        await persist(work, QUICK, lambda: None)
    assert 1 < work.calls < 99


async def test_a_bug_is_not_tried_again() -> None:
    work = Flaky(1, ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        await persist(work, QUICK, lambda: None)
    assert work.calls == 1


def test_pauses_double_with_jitter_up_to_a_limit() -> None:
    for attempt in range(4):
        assert 0.1 * 2**attempt <= pause_s(attempt, 0.2) <= 0.2 * 2**attempt
    assert LONGEST_PAUSE_S / 2 <= pause_s(40, 0.2) <= LONGEST_PAUSE_S
