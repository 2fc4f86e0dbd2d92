"""Whether a service has stalled: it has had lag, and no offset has moved, for too long. Being idle is not being stalled."""

from __future__ import annotations

import time
from collections.abc import Callable


class Stall:
    """Fed once a second; `stalled` when all of the last `timeout_s` seconds had lag and no progress, in a rebalance or not."""

    def __init__(self, timeout_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.timeout_s, self._clock = timeout_s, clock
        self._since = clock()
        self._position = -1

    def observe(self, lag: int, position: int) -> None:
        """`position` is any number that grows when an offset moves."""
        if lag == 0 or position != self._position:
            self._since, self._position = self._clock(), position

    @property
    def stalled(self) -> bool:
        return self._clock() - self._since > self.timeout_s
