"""Which host may be asked next, and when. Times are monotonic, in seconds."""

from __future__ import annotations

import heapq
from dataclasses import dataclass


@dataclass(slots=True)
class Host:
    """A host with addresses that wait. Its next request goes out at `ready_at` at the earliest.

    `unsent`: a request was begun that has not left yet; `alone`: nothing else may go on meanwhile, since robots.txt is being asked for.
    """

    name: str
    delay_s: float
    ready_at: float
    active: int = 0
    ending: int = 0  # addresses that were asked for, and whose end is not confirmed yet
    unsent: bool = False
    alone: bool = False
    failures: int = 0  # in a row
    idle: bool = False  # none of its addresses is due before `ready_at`; but for that it would have been ready at `rested_at`
    rested_at: float = 0.0


class Schedule:
    """All hosts of a shard, those that are free in the order of their turns."""

    def __init__(self, concurrency: int) -> None:
        self._concurrency = concurrency
        self.hosts: dict[str, Host] = {}
        self._turns: list[tuple[float, str]] = []

    def add(self, host: Host) -> None:
        self.hosts[host.name] = host
        self.wake(host)

    def drop(self, host: Host) -> None:
        self.hosts.pop(host.name, None)

    def wake(self, host: Host) -> None:
        """Something about the host has changed: it gets its turn when it is ready, if it is free."""
        if self._is_free(host):
            heapq.heappush(self._turns, (host.ready_at, host.name))

    def next(self, now: float) -> Host | None:
        """A host that is free and ready; it has to be woken again after its turn."""
        while self._turns and self._turns[0][0] <= now:
            at, name = heapq.heappop(self._turns)
            host = self.hosts.get(name)
            if host is not None and host.ready_at == at and self._is_free(host):
                return host
        return None

    def soonest(self) -> float | None:
        """When the next turn may be; None where no host is free."""
        return self._turns[0][0] if self._turns else None

    def _is_free(self, host: Host) -> bool:
        return host.active < self._concurrency and not host.unsent and not host.alone
