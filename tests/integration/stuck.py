"""A sink that stores its first batch; then something breaks in its process, as COPYDESK_TEST_BREAKS says, and nothing moves any more."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import ENRICHED, Topic


class FirstBatch:
    """Takes everything and calls `then` each time."""

    name = "sink"
    sources: tuple[Topic, ...] = (ENRICHED,)

    def __init__(self, then: Callable[[], object]) -> None:
        self._then = then

    def open(self) -> None:
        return

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        self._then()
        return [None] * len(records)

    def check(self) -> None:
        return

    def close(self) -> None:
        return


def _fetching(service: Service) -> None:
    """What fetches in the consumer's thread ends."""
    _in_consumer(service, lambda consumer: consumer._fetcher._fetch_task.cancel())


def _assignment(service: Service) -> None:
    """The consumer leaves its group, and nobody makes it join again."""
    _in_consumer(service, lambda consumer: consumer.unsubscribe())


def _in_consumer(service: Service, what: Callable[[Any], object]) -> None:
    thread = service.app.consumer._thread
    thread.thread_loop.call_soon_threadsafe(what, thread._ensure_consumer())


def _loop(service: Service) -> None:
    """Something holds the event loop for ever."""
    time.sleep(600)


def _watch(service: Service) -> None:
    """What looks for stalls ends."""
    for task in asyncio.all_tasks():
        if getattr(task.get_coro(), "__name__", "") == "_watch":
            task.cancel()


BREAKS = {"fetching": _fetching, "assignment": _assignment, "loop": _loop, "watch": _watch}


def make(service: Service, settings: ServiceSettings) -> SinkHandler:
    breaks, loop = BREAKS[os.environ["COPYDESK_TEST_BREAKS"]], asyncio.get_running_loop()

    def break_it() -> None:
        logger().info("breaks", what=breaks.__name__)
        breaks(service)

    sink = FirstBatch(lambda: loop.call_soon_threadsafe(loop.call_later, 3, break_it))  # its offsets are committed by then
    return SinkHandler(sink, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink", ServiceSettings, make, __doc__ or "")
