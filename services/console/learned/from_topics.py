"""The log, for the commands that learn from it and publish what they learned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from copydesk.shared.kafka import RecordSender, Since
    from copydesk.shared.subscribing.records import Reader

T = TypeVar("T")


async def learned(since: str | None, learn: Callable[[Reader, Since, Callable[[int, int], None]], Awaitable[T]]) -> T:
    """What `learn` makes of the log from `since` on (a moment as typed; None: its beginning), with its progress shown."""
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.services.console.running import instance
    from copydesk.shared.kafka import consume
    from copydesk.shared.subscribing import points_in_time

    start: Since = points_in_time.point_in_time(since) if since else "beginning"
    with ProgressBar("learning", None) as progress:
        return await learn(partial(consume, instance.settings()), start, lambda consumed, number: progress.reached(consumed, number, 0))


async def sent(send: Callable[[RecordSender], Awaitable[T]]) -> T:
    """What `send` gives, with a producer that is flushed at the end."""
    from copydesk.services.console.running import instance
    from copydesk.shared.kafka import producer

    async with producer(instance.settings()) as sender:
        return await send(sender)
