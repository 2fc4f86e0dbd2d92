"""Articles a second of the cleaner and of the tagger: in one process, and handed over to one worker and to two.

Real articles in batches of a service's size, the three ways in turn within each round, so that all have the machine of the same minute. CPU
time is that of all processes. `python -m tests.benchmarks.workers`
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

import orjson
import psutil

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import create as cleaner
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import create as tagger
from copydesk.shared.computing import Computing, InThisProcess
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.memory import keep_freed
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Stage
from copydesk.shared.workers.pool import StagePool
from tests.articles import news

BATCH = 64
HERE = "in one process"
Batches = Sequence[Sequence[Payload]]


@dataclass
class Taken:
    """Seconds of the clock and of CPU for each article, a round each."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


async def compare(ways: Mapping[str, Computing], rounds: Sequence[Batches]) -> dict[str, Taken]:
    """Every way does every round, after one that does not count."""
    taken = {name: Taken() for name in ways}
    for number, batches in enumerate(rounds):
        for name, stage in ways.items():
            cpu, wall, count = _cpu(), time.monotonic(), sum(map(len, batches))
            for batch in batches:
                await stage.apply(batch)
            if number:
                taken[name].wall.append((time.monotonic() - wall) / count)
                taken[name].cpu.append((_cpu() - cpu) / count)
    return taken


def _cpu() -> float:
    me = psutil.Process()
    return sum(sum(process.cpu_times()[:2]) for process in (me, *me.children(recursive=True)))


def cut(payloads: Sequence[Payload], rounds: int) -> list[Batches]:
    """Rounds of batches, no article in two of them: a stage may remember."""
    size = len(payloads) // rounds
    return [[payloads[first : min(first + BATCH, end)] for first in range(end - size, end, BATCH)] for end in range(size, size * rounds + 1, size)]


def told(service: str, taken: Mapping[str, Taken]) -> None:
    for name, each in taken.items():
        wall, cpu = statistics.median(each.wall), statistics.median(each.cpu)
        ratio = statistics.median(here / there for here, there in zip(taken[HERE].wall, each.wall, strict=True))
        more = statistics.median(there - here for here, there in zip(taken[HERE].cpu, each.cpu, strict=True))
        rate = f"{1 / wall:.0f} articles/s ({ratio:.2f})"
        print(f"| {service}, {name} | {rate} | {cpu * 1000:.2f} ms CPU an article ({more * 1000:+.2f}) |", flush=True)


async def measure(name: str, stage: Stage, settings: ServiceSettings, rounds: Sequence[Batches]) -> None:
    with ExitStack() as stack:
        ways: dict[str, Computing] = {HERE: stack.enter_context(closing(InThisProcess(stage)))}
        for workers in (1, 2):
            pool = StagePool.of(f"copydesk.services.{name}.stage:create", settings, workers)
            ways[f"{workers} worker(s)"] = stack.enter_context(pool.open())
        told(name, await compare(ways, rounds))


async def both(articles: int, rounds: int) -> None:
    keep_freed()  # as services do
    cleaning, tagging = CleanerSettings(), TaggerSettings()
    payloads = [Payload(orjson.dumps(article), 0) for article in news(articles)]
    await measure("cleaner", cleaner(cleaning), cleaning, cut(payloads, rounds))
    cleaned = [Payload(result.value, 0) for result in await apply(cleaner(cleaning), payloads) if isinstance(result, Passed)]
    await measure("tagger", tagger(tagging), tagging, cut(cleaned, rounds))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=900)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    asyncio.run(both(given.articles, given.rounds))
