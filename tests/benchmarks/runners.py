"""What it costs to drive a stage by Copydesk's runner, and by what one would use in its place, side by side on one broker in one run.

    python -m tests.benchmarks.runners [--stages hop,cleaner,tagger] [--runners copydesk,plain,confluent,quix] [--bytes 8000,1000] [--rounds 3]

The same records lie on the stage's topic; a runner takes them to the stage's target, every record stored before its offset is committed.
Counted between the first tenth and the last record: CPU time of all its processes, and records/s. Then single records at half the rate of the
slowest (milliseconds from the record in the log to its result in the log), memory (PSS, all processes), and the silence of a partition when the
process of two that holds it is killed with -9.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import psutil
from rich.console import Console
from rich.table import Table

from copydesk.shared import processes
from copydesk.shared.admin import create_topics
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.envelope import Payload
from copydesk.shared.kafka import Message, consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic
from tests.articles import news
from tests.benchmarks.rivals import STAGES, values
from tests.pipeline import change, fresh_topics, until_stored

RECORDS = {"hop": 12_000, "cleaner": 1_200, "tagger": 240}
WARM = 10  # the first tenth is not counted: programs start meanwhile
LATENCY_S = 10
SILENCE_S = 25
FEED = 40  # records/s while a process is killed
SESSION_S = "6"  # as the rivals' (see rivals/__init__.py)


@dataclass(frozen=True, slots=True)
class Job:
    """One stage with the records that it gets."""

    stage: str
    size: int  # bytes of a record
    source: Topic
    target: Topic
    records: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Measured:
    """Records a second and CPU milliseconds a record, of all processes; memory in bytes."""

    rate: float
    cpu_ms: float
    memory: int


def job(name: str, size: int, count: int) -> Job:
    """`size` is the bytes of a record where the stage takes any text; else they are as long as the articles are."""
    stage = STAGES[name].make()
    articles = news(min(count, 1_000))
    records = _texts(articles, size) if name == "hop" else [orjson.dumps(article) for article in articles]
    if name == "tagger":
        records = values(STAGES["cleaner"].make(), [Payload(record, 0) for record in records])
    found = list(itertools.islice(itertools.cycle(records), count))
    return Job(name, sum(map(len, found)) // count, stage.source, stage.target, found)


def _texts(articles: Sequence[dict[str, object]], size: int) -> list[bytes]:
    """Cleaned records of real text, each of about `size` bytes."""
    text = "\n\n".join(str(article["content"]) for article in articles)
    room = size - 200
    return [
        orjson.dumps({"article_id": f"{number:032d}", "body": text[at : at + room]}) for number, at in enumerate(range(0, len(text) - room, room))
    ]


@contextmanager
def driven(runner: str, stage: str, settings: Settings, home: Path, number: int = 1) -> Iterator[psutil.Process]:
    """A process that drives the stage, stopped at the end."""
    module = STAGES[stage].service if runner == "copydesk" else f"tests.benchmarks.rivals.{runner}"
    env = {
        "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HOME": str(home), "COPYDESK_HTTP_PORT": "0",
        "COPYDESK_SESSION_TIMEOUT_S": SESSION_S, "COPYDESK_REPLICA": f"{stage}-{number}",
    }  # fmt: skip
    record = home / f"{runner}-{stage}-{number}.json"
    command = [sys.executable, "-m", module, *([stage] if runner != "copydesk" else [])]
    try:
        yield psutil.Process(processes.spawn(command, home / f"{runner}-{stage}-{number}.log", record, env).pid)
    finally:
        processes.stop(record)


async def _throughput(settings: Settings, home: Path, runner: str, work: Job) -> Measured:
    await _emptied(settings, work)
    await _send(settings, work.source, work.records)
    with driven(runner, work.stage, settings, home) as process:
        first = len(work.records) // WARM
        await until_stored(settings, work.target, first)
        before, began, reached = _cpu(process), time.monotonic(), await _stored(settings, work.target)
        await until_stored(settings, work.target, len(work.records))
        count = len(work.records) - reached
        taken = time.monotonic() - began
        return Measured(count / taken, (_cpu(process) - before) * 1000 / count, _memory(process))


async def _emptied(settings: Settings, work: Job) -> None:
    """Fresh topics, whose records get the brokers' time: what a program says of its own would not do."""
    await fresh_topics(settings)
    for topic in (work.source, work.target):
        await change(settings, topic, {"message.timestamp.type": "LogAppendTime"})


async def _stored(settings: Settings, topic: Topic) -> int:
    return sum(1 for _ in await _read(settings, topic))


async def _latency(settings: Settings, home: Path, runner: str, work: Job, rate: float) -> tuple[float, float]:
    """Milliseconds from a record to its result at that many records/s: median, 99th percentile."""
    await _emptied(settings, work)
    with driven(runner, work.stage, settings, home):
        await _send(settings, work.source, work.records[:20])
        await until_stored(settings, work.target, 20)
        count = max(20, int(rate * LATENCY_S))
        await _send(settings, work.source, [work.records[number % len(work.records)] for number in range(count)], rate)
        await until_stored(settings, work.target, 20 + count)
    began = {message.key: message.timestamp_ms for message in await _read(settings, work.source)}
    taken = [message.timestamp_ms - began[message.key] for message in await _read(settings, work.target)]
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


async def _silence(settings: Settings, home: Path, runner: str, work: Job) -> float:
    """Seconds between two results of a partition, at most, when one process of two is killed."""
    await _emptied(settings, work)
    with ExitStack() as stack:
        killed, _ = (stack.enter_context(driven(runner, work.stage, settings, home, number)) for number in (1, 2))
        await _send(settings, work.source, work.records[:200], FEED)  # both have their partitions by then
        await until_stored(settings, work.target, 200)
        feeding = asyncio.create_task(_send(settings, work.source, work.records[: FEED * SILENCE_S], FEED, 200))
        await asyncio.sleep(5)
        processes.kill(killed.pid)
        await feeding
        await until_stored(settings, work.target, 200 + FEED * SILENCE_S)
    return _longest_gap([message for message in await _read(settings, work.target) if int(message.key or b"0") >= 200])


def _longest_gap(messages: Sequence[Message]) -> float:
    by_partition: dict[int, list[int]] = {}
    for message in messages:
        by_partition.setdefault(message.partition, []).append(message.timestamp_ms)
    return max(later - earlier for times in by_partition.values() for earlier, later in itertools.pairwise(sorted(times))) / 1000


async def _read(settings: Settings, topic: Topic) -> list[Message]:
    return [message async for message in consume(settings, [topic], since="beginning", follow=False)]


async def _send(settings: Settings, topic: Topic, values: Sequence[bytes], rate: float = 0.0, start: int = 0) -> None:
    """Keys are the numbers from `start` on. With a rate in records/s each is sent when its time has come."""
    began = time.monotonic()
    async with producer(settings) as sender:
        stored = []
        for number, value in enumerate(values):
            if rate and (left := began + number / rate - time.monotonic()) > 0:
                await asyncio.sleep(left)
            stored.append(await sender.send(topic, str(start + number), value, {}))
        await asyncio.gather(*stored)


def _family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def _cpu(process: psutil.Process) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in _family(process))


def _memory(process: psutil.Process) -> int:
    return sum(int(one.memory_full_info().pss) for one in _family(process))


async def measure(settings: Settings, home: Path, runners: Sequence[str], jobs: Sequence[Job], rounds: int) -> Table:
    """Each runner on each job, in turn; of the rounds the median."""
    table = Table("stage", "bytes", "runner", "records/s", "CPU ms a record", "p50 ms", "p99 ms", "memory MB", "silence s", title_justify="left")
    for work in jobs:
        found: dict[str, list[Measured]] = {runner: [] for runner in runners}
        for _, runner in itertools.product(range(rounds), runners):
            found[runner].append(await _throughput(settings, home, runner, work))
        half = min(statistics.median(one.rate for one in each) for each in found.values()) / 2
        for runner, each in found.items():
            p50, p99 = await _latency(settings, home, runner, work, half)
            silence = f"{await _silence(settings, home, runner, work):.1f}" if work.stage == "hop" and work is jobs[0] else ""
            rate, cpu = statistics.median(one.rate for one in each), statistics.median(one.cpu_ms for one in each)
            table.add_row(
                work.stage, f"{work.size:,}", runner, f"{rate:,.0f}", f"{cpu:.3f}", f"{p50:.0f}", f"{p99:.0f}",
                f"{statistics.median(one.memory for one in each) / 1e6:,.0f}", silence,
            )  # fmt: skip
    return table


async def main(stages: Sequence[str], runners: Sequence[str], sizes: Sequence[int], rounds: int) -> None:
    jobs = [job(name, size, RECORDS[name]) for name in stages for size in (sizes if name == "hop" else sizes[:1])]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        broker = LocalBroker(home / "broker", free_ports())
        broker.start()
        try:
            settings = Settings(bootstrap_servers=broker.address)
            await create_topics(settings)
            Console(width=140).print(await measure(settings, home, runners, jobs, rounds))
        finally:
            broker.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stages", default="hop,cleaner,tagger")
    parser.add_argument("--runners", default="copydesk,plain,confluent,quix")
    parser.add_argument("--bytes", default="8000,1000")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    asyncio.run(main(given.stages.split(","), given.runners.split(","), [int(size) for size in given.bytes.split(",")], given.rounds))
