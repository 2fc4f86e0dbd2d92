"""Whether a service has stalled: it has had lag, and no offset has moved, for too long. Being idle is not being stalled."""

from __future__ import annotations

import threading
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


class Watchdog:
    """Watches the watch: a thread that ends the process when nobody has called `tick` for too long, whatever holds the event loop."""

    def __init__(self, timeout_s: float, end: Callable[[], object], every_s: float = 5.0) -> None:
        self._timeout_s, self._end, self._every_s = timeout_s, end, every_s
        self._ticked = time.monotonic()
        self._ended = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True, name="watchdog").start()

    def tick(self) -> None:
        self._ticked = time.monotonic()

    def stop(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.wait(self._every_s):
            if time.monotonic() - self._ticked > self._timeout_s:
                self._end()
                return
