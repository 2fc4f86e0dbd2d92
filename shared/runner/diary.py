"""What a service writes into its log about itself: that it is ready, and once a minute what it did."""

from __future__ import annotations

import time
from collections.abc import Callable

from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics

EVERY_S = 60.0


class Diary:
    """Told again and again how things stand; writes `ready` and `not ready` as that changes, and `worked` with the counts since the last time."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        self._metrics, self._clock = metrics, clock
        self._ready = False
        self._since = clock()
        self._before = metrics.counts()

    def note(self, ready: bool, lag: int) -> None:
        """`lag` is how many records wait for this replica."""
        if ready != self._ready:
            self._ready = ready
            logger().info("ready") if ready else logger().warning("not ready")
        if self._clock() - self._since >= EVERY_S:
            now = self._metrics.counts()
            done = {name: int(count - self._before.get(name, 0)) for name, count in now.items()}
            logger().info("worked", **done, lag=lag, seconds=round(self._clock() - self._since))
            self._since, self._before = self._clock(), now
