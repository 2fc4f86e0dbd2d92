"""Records through the stages in one process, each stage in workers of its own, in input order, memory bounded.

Every batch goes the way that it goes on Kafka (`copydesk.shared.computing`), so the bytes are the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from copydesk.shared.arrivals import Arrival, batches
from copydesk.shared.computing import Computing
from copydesk.shared.envelope import Passed, Payload
from copydesk.shared.inputs import Item
from copydesk.shared.stage import Rejected, SideRecord

AHEAD = 2  # batches that wait between two stages


@dataclass(frozen=True, slots=True)
class RecordUnderway:
    """A record on its way: how it arrived, and its bytes and id now."""

    arrival: Arrival
    value: bytes
    article_id: str = ""


Queue = asyncio.Queue[list[RecordUnderway] | None]


class Listener(Protocol):
    """Is told of what leaves the main way. Called on the event loop, in input order for each stage."""

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None: ...

    def aside(self, record: SideRecord) -> None: ...


async def run_stages(stages: Sequence[Computing], items: Iterable[Item], listener: Listener, first: int = 0) -> AsyncGenerator[RecordUnderway, None]:
    """Yield what comes out of the last stage, in input order; `first` is the number of the first item.

    What a stage or the input raises is raised here.
    """
    queues = [Queue(AHEAD) for _ in range(len(stages) + 1)]
    workers = [asyncio.create_task(_feed(batches(items, first=first), queues[0], stages[0], listener))]
    workers += [asyncio.create_task(_work(stage, *pair, listener)) for stage, pair in zip(stages, pairwise(queues), strict=True)]
    try:
        while (batch := await _next(queues[-1], workers)) is not None:
            for entry in batch:
                yield entry
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _next(queue: Queue, workers: Sequence[asyncio.Task[None]]) -> list[RecordUnderway] | None:
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


async def _feed(arriving: AsyncGenerator[list[Arrival], None], queue: Queue, first: Computing, listener: Listener) -> None:
    async with aclosing(arriving):
        async for batch in arriving:
            for arrival in batch:
                if arrival.refused is not None:
                    listener.refused(RecordUnderway(arrival, arrival.value), first, arrival.refused)
            if readable := [RecordUnderway(arrival, arrival.value) for arrival in batch if arrival.refused is None]:
                await queue.put(readable)
    await queue.put(None)


async def _work(stage: Computing, source: Queue, target: Queue, listener: Listener) -> None:
    while (batch := await source.get()) is not None:
        results = await stage.apply([Payload(entry.value, entry.arrival.timestamp_ms) for entry in batch])
        await target.put(list(_passed(stage, batch, results, listener)))
    await target.put(None)


def _passed(stage: Computing, batch: Sequence[RecordUnderway], results: Sequence[Passed | Rejected], listener: Listener) -> Iterator[RecordUnderway]:
    for entry, result in zip(batch, results, strict=True):
        if isinstance(result, Rejected):
            listener.refused(entry, stage, result)
            continue
        for record in result.side:
            listener.aside(record)
        yield replace(entry, value=result.value, article_id=result.article_id)
