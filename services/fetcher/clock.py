"""Times on the clock, in milliseconds since 1970, and those of the event loop, in seconds."""

from __future__ import annotations

import asyncio
import time


def now_ms() -> int:
    return int(time.time() * 1000)


def loop_time_of(at_ms: float) -> float:
    """A time on the clock as one of the event loop."""
    return asyncio.get_running_loop().time() + (at_ms - time.time() * 1000) / 1000


def clock_of(loop_time: float) -> int:
    """A time of the event loop as one on the clock."""
    return int(now_ms() + 1000 * (loop_time - asyncio.get_running_loop().time()))
