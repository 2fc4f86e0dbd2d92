"""What `--rate` and `--max-lag` do, of every command that puts records onto topics."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.printing.words import counted
from copydesk.services.producer.pace import at_rate, behind_consumers
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings

T = TypeVar("T")


def held_back(
    batches: AsyncIterator[Sequence[T]], settings: Settings, rate: float | None, max_lag: int | None, say: Say
) -> AsyncIterator[Sequence[T]]:  # fmt: skip
    """At most `rate` records a second, and none while a service has more than `max_lag` to process; who is waited for is said."""
    if max_lag is not None:
        batches = behind_consumers(batches, max_lag, lambda: lags(settings), _told_once(say))
    return batches if rate is None else at_rate(batches, rate)


def _told_once(say: Say) -> Callable[[str, int], None]:
    last: list[str] = []

    def waits(service: str, lag: int) -> None:
        if last != [service]:
            say(f"waiting for {service}, which is {counted(lag, 'record')} behind")
        last[:] = [service]

    return waits
