"""Records through the stages in one process, each stage in a thread of its own, in input order, memory bounded.

Every batch goes through `shared.envelope.apply`, as it does on Kafka, so the bytes are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count, pairwise
from typing import Any, Protocol

from shared.envelope import Passed, Payload, apply
from shared.inputs import Item
from shared.stage import Rejected, SideRecord, Stage

BATCH = 64
BATCH_BYTES = 4_000_000
AHEAD = 2  # batches that wait between two stages


@dataclass(frozen=True, slots=True)
class Entry:
    """A record on its way: what it was called, its place in the input, its bytes now, and its time of arrival."""

    name: str
    number: int
    payload: Payload
    consumed: int
    article_id: str = ""


Queue = asyncio.Queue[list[Entry] | None]


class Listener(Protocol):
    """Is told of what leaves the main way. Called on the event loop, in input order for each stage."""

    def refused(self, entry: Entry, stage: Stage, rejected: Rejected) -> None: ...

    def aside(self, record: SideRecord) -> None: ...


def entries(items: Iterable[Item], clock: Callable[[], float] = time.time) -> Iterator[Entry]:
    """Number the records and stamp them, each at least a millisecond after the one before, so that input order decides."""
    stamp = 0
    for number, item in zip(count(), items, strict=False):
        stamp = max(stamp + 1, int(clock() * 1000))
        yield Entry(item.name, number, Payload(item.value, stamp), item.consumed)


async def run(stages: Sequence[Stage], incoming: Iterator[Entry], listener: Listener) -> AsyncIterator[Entry]:
    """Yield what comes out of the last stage, in input order. What a stage or the input raises is raised here."""
    queues: list[Queue] = [asyncio.Queue(AHEAD) for _ in range(len(stages) + 1)]
    workers = [asyncio.create_task(_feed(incoming, queues[0]))]
    workers += [asyncio.create_task(_work(stage, *pair, listener)) for stage, pair in zip(stages, pairwise(queues), strict=True)]
    try:
        while (batch := await _next(queues[-1], workers)) is not None:
            for entry in batch:
                yield entry
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _next(queue: Queue, workers: Sequence[asyncio.Task[None]]) -> list[Entry] | None:
    """The next batch of the last stage; raises what ended any worker."""
    getting = asyncio.create_task(queue.get())
    waiting: set[asyncio.Task[None]] = set(workers)
    try:
        while not getting.done():
            await asyncio.wait({getting, *waiting}, return_when=asyncio.FIRST_COMPLETED)
            for worker in [worker for worker in waiting if worker.done()]:
                worker.result()
                waiting.discard(worker)
        return getting.result()
    finally:
        getting.cancel()


async def _feed(incoming: Iterator[Entry], queue: Queue) -> None:
    while batch := await _in_daemon(lambda: _take(incoming)):
        await queue.put(batch)
    await queue.put(None)


def _in_daemon(read: Callable[[], list[Entry]]) -> asyncio.Future[list[Entry]]:
    """Read in a thread that does not keep the process alive: standard input may never end."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[Entry]] = loop.create_future()

    def work() -> None:
        try:
            batch = read()
        except Exception as error:
            _settle(loop, future, future.set_exception, error)
        else:
            _settle(loop, future, future.set_result, batch)

    threading.Thread(target=work, daemon=True, name="input").start()
    return future


def _settle(loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any], settle: Callable[[Any], None], value: object) -> None:
    with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
        loop.call_soon_threadsafe(lambda: None if future.done() else settle(value))


def _take(incoming: Iterator[Entry]) -> list[Entry]:
    batch: list[Entry] = []
    size = 0
    while len(batch) < BATCH and size < BATCH_BYTES and (entry := next(incoming, None)) is not None:
        batch.append(entry)
        size += len(entry.payload.value)
    return batch


async def _work(stage: Stage, source: Queue, target: Queue, listener: Listener) -> None:
    with ThreadPoolExecutor(1, thread_name_prefix=stage.name) as thread:
        while (batch := await source.get()) is not None:
            results = await apply(stage, [entry.payload for entry in batch], thread)
            await target.put(list(_passed(stage, batch, results, listener)))
    await target.put(None)


def _passed(stage: Stage, batch: Sequence[Entry], results: Sequence[Passed | Rejected], listener: Listener) -> Iterator[Entry]:
    for entry, result in zip(batch, results, strict=True):
        if isinstance(result, Rejected):
            listener.refused(entry, stage, result)
            continue
        for record in result.side:
            listener.aside(record)
        yield replace(entry, payload=Payload(result.value, entry.payload.timestamp_ms), article_id=result.article_id)
