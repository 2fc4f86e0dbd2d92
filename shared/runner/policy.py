"""What is rejected, what is tried again, what stops the service. Stated here and nowhere else (and in docs/failures.md).

a record that is not what its stage reads     → dead letter, the batch goes on
a dependency that does not answer (`UnavailableError` and its like)
                                              → the batch again, with back-off and jitter, for `patience_s`; then the
                                                service stops, its offsets uncommitted: nothing is lost
a record that ends its worker or passes its limits (workers/)
                                              → dead letter (`too_slow`, `out_of_memory`, `crashed`)
any other exception                           → the record that raises (found record by record) becomes a dead letter with the
                                                traceback, however many such records there are, if a record known to be good
                                                passes the stage at that moment (workers/failure.py, `require_sound`);
                                                if that fails, the code is broken, not the records: the service stops
a record that replica after replica dies of   → dead letter (`crashed`); the partition moves on (hands.py)
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable

from aiokafka.errors import KafkaError

from copydesk.shared.errors import UnavailableError
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.workers.failure import BrokenStageError

LONGEST_PAUSE_S = 20.0


TRANSIENT: tuple[type[Exception], ...] = (UnavailableError, KafkaError, OSError, TimeoutError, sqlite3.OperationalError)


async def persist(work: Callable[[], Awaitable[None]], settings: ServiceSettings, on_retry: Callable[[], None]) -> None:
    """Do `work`, again and again while a dependency is unavailable; raises the last error when `patience_s` is used up."""
    began = time.monotonic()
    for attempt in itertools.count():
        try:
            await work()
            return
        except TRANSIENT as error:
            pause = pause_s(attempt, settings.retry_base_s)
            if time.monotonic() + pause - began > settings.patience_s:
                raise
            on_retry()
            logger().warning("a dependency is unavailable, trying again", error=repr(error), attempt=attempt + 1, pause_s=round(pause, 2))
            await asyncio.sleep(pause)


async def require_sound(check: Callable[[], Awaitable[None]], error: Exception) -> None:
    """Return if a record known to be good passes, so that the record that raised `error` is to blame.

    Raises BrokenStageError when it does not, and what is TRANSIENT as it is.
    """
    try:
        await check()
    except TRANSIENT:
        raise
    except Exception as broken:
        raise BrokenStageError(f"a record failed ({error!r}), and one known to be good fails as well: {broken!r}") from broken


def pause_s(attempt: int, base_s: float) -> float:
    """Exponential back-off with full jitter of its upper half: between half of and all of base · 2^attempt seconds."""
    longest = min(LONGEST_PAUSE_S, base_s * 2.0 ** min(attempt, 30))
    return random.uniform(longest / 2, longest)
