"""A circuit breaker: after some failures in a row nothing is sent for a while, then one request tries whether it works again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

Circuit = Literal["closed", "open", "half_open"]


class Breaker:
    """`failures` in a row open it for `pause_s` seconds. One success closes it, one failure of a half-open one opens it again."""

    def __init__(self, failures: int, pause_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._pause_s, self._clock = failures, pause_s, clock
        self._failed = 0
        self._opened: float | None = None

    @property
    def state(self) -> Circuit:
        if self._opened is None:
            return "closed"
        return "open" if self._clock() < self._opened + self._pause_s else "half_open"

    def succeeded(self) -> None:
        self._failed, self._opened = 0, None

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._most or self._opened is not None:
            self._opened = self._clock()
