"""What it costs to compute in another process: CPU time a record, of both processes, beside the same stage in this one.

The stage does next to nothing; records are as large as cleaned ones. `python -m tests.benchmarks.handover`
"""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Awaitable, Callable, Sequence

import orjson

from copydesk.shared.envelope import Payload, Result, apply
from copydesk.shared.memory import keep_freed
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.workers.pool import StagePool
from tests.benchmarks.hop import Hop

RECORDS = 4_000
BATCH = 64
BYTES = 8_000


def payloads() -> list[Payload]:
    body = "The council met on Monday to discuss the bridge. " * (BYTES // 49)
    return [Payload(orjson.dumps({"article_id": f"{number:032d}", "body": body}), 0) for number in range(BATCH)]


async def cpu_ms(work: Callable[[Sequence[Payload]], Awaitable[list[Result]]]) -> float:
    """CPU milliseconds of this process for each record."""
    given = payloads()
    await work(given)
    before = resource.getrusage(resource.RUSAGE_SELF)
    for _ in range(RECORDS // BATCH):
        await work(given)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000 / (RECORDS // BATCH * BATCH)


async def measure() -> None:
    import psutil

    keep_freed()  # as services do
    stage = Hop()
    here = await cpu_ms(lambda batch: apply(stage, batch))
    with StagePool.of("tests.benchmarks.hop:create", ServiceSettings(), 1).open() as pool:
        await pool.apply(payloads())
        worker = max(psutil.Process().children(recursive=True), key=lambda process: process.create_time())
        began = sum(worker.cpu_times()[:2])
        feeding = await cpu_ms(pool.apply)
        there = (sum(worker.cpu_times()[:2]) - began) * 1000 / (RECORDS // BATCH * BATCH)
    print(f"in this process {here:.3f} ms a record; handed over {feeding:.3f} + {there:.3f} there: {feeding + there - here:+.3f} ms")


if __name__ == "__main__":
    asyncio.run(measure())
