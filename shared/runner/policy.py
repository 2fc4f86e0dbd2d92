"""What is rejected, what is tried again, what stops the service. Stated here and nowhere else (and in docs/failures.md).

a record that is not what its stage reads     → dead letter, the batch goes on
a dependency that does not answer (`UnavailableError` and its like)
                                              → the batch again, with back-off and jitter, for `patience_s`; then the
                                                service stops, its offsets uncommitted: nothing is lost
any other exception                           → the batch again record by record; the record that raises becomes a
                                                dead letter with the traceback
the same for MAX_FAILURES records in a row    → the code is broken, not the records: the service stops
"""

from __future__ import annotations

import asyncio
import itertools
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable

from aiokafka.errors import KafkaError

from copydesk.shared.errors import UnavailableError as UnavailableError
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import ServiceSettings

MAX_FAILURES = 20
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


def pause_s(attempt: int, base_s: float) -> float:
    """Exponential back-off with full jitter of its upper half: between half of and all of base · 2^attempt seconds."""
    longest = min(LONGEST_PAUSE_S, base_s * 2.0 ** min(attempt, 30))
    return random.uniform(longest / 2, longest)
