"""Replicas added and removed: records/s of a stage that sleeps, with 1, 2 and 4 replicas, and how long partitions are silent when one comes or goes.

    python -m tests.benchmarks.scaling [--seconds 20]

Silence is the longest time between two results of a partition, in the log, from the change until every replica has its share again, less the same
before the change: of partitions that stay where they are, and of those that move. Records come at a steady rate that two replicas keep up with.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEDUPLICATED
from tests.benchmarks.sleeping import SLEEP_S
from tests.data import ROOT
from tests.groups import Replicas, Shares, replicas
from tests.pipeline import fresh_topics

PARTITIONS = 8
REPLICAS = (1, 2, 4)
SHARE = 0.5  # of what two replicas can do: how fast records come while one comes or goes
SETTLED_S = 8.0  # records go on for so long before a change, and after it


async def scaling(settings: Settings, home: Path, seconds: float) -> None:
    env = {"PYTHONPATH": str(ROOT), "COPYDESK_PARTITIONS": str(PARTITIONS), "COPYDESK_BATCH_SIZE": "8"}
    rates = [await rate(settings, home, env, count, seconds) for count in REPLICAS]
    table = Table("replicas", "records/s", "of one")
    for count, found in zip(REPLICAS, rates, strict=True):
        table.add_row(str(count), f"{found:.1f}", f"{found / rates[0]:.2f}")
    Console().print(table)
    table = Table("change", "seconds until all have their share", "partitions that stay", "silent for s", "partitions that move", "silent for s")
    for name, change in (("a third replica", add), ("it goes (SIGTERM)", remove), ("it is killed (-9)", kill)):
        table.add_row(name, *await silence(settings, home, env, change))
    Console().print(table)


async def rate(settings: Settings, home: Path, env: dict[str, str], count: int, seconds: float) -> float:
    """Records/s while there is more to do than can be done."""
    await fresh_topics(settings)
    await put(settings, int(seconds * count / SLEEP_S * 2))
    with replicas("deduplicator", settings, home, env) as group:
        group.module = "tests.benchmarks.sleeping"
        for number in range(count):
            group.start(number)
        await group.settled(shared_by(count))
        await asyncio.sleep(2)
        began = time.time()
        await asyncio.sleep(seconds)
        ended = time.time()
    written = [time_ms / 1000 for times in (await results(settings)).values() for time_ms in times]
    return sum(began <= moment < ended for moment in written) / (ended - began)


async def put(settings: Settings, count: int, first: int = 0) -> None:
    async with producer(settings) as sender:
        sent = [await sender.send(CLEANED, f"k{number}", orjson.dumps({"article_id": f"k{number}"})) for number in range(first, first + count)]
        await asyncio.gather(*sent)


def shared_by(count: int) -> Callable[[Shares], bool]:
    return lambda shares: len(shares) == count and all(shares.values())


def add(group: Replicas) -> int:
    group.start(2)
    return 3


def remove(group: Replicas) -> int:
    group.signal(2, signal.SIGTERM)
    return 2


def kill(group: Replicas) -> int:
    group.kill(2)
    return 2


async def silence(settings: Settings, home: Path, env: dict[str, str], change: Callable[[Replicas], int]) -> list[str]:
    """One row: what a change costs the partitions that stay, and those that move."""
    await fresh_topics(settings)
    with replicas("deduplicator", settings, home, env) as group:
        group.module = "tests.benchmarks.sleeping"
        before_it = 2 if change is add else 3
        for number in range(before_it):
            group.start(number)
        before = await group.settled(shared_by(before_it))
        feeding = asyncio.create_task(feed(settings))
        await asyncio.sleep(SETTLED_S)
        at = time.time()
        after = await group.settled(shared_by(change(group)))
        until = time.time()
        await asyncio.sleep(SETTLED_S)
        feeding.cancel()
    owners = {place: member for member, places in before.items() for place in places}
    staying = {number for member, places in after.items() for topic, number in places if owners.get((topic, number)) == member}
    gaps = {number: longest(times, at, until + SETTLED_S / 2) - longest(times, 0, at) for number, times in (await results(settings)).items()}
    rows: list[str] = [f"{until - at:.1f}"]
    for some in (staying, gaps.keys() - staying):
        rows += [str(len(some)), f"{max((gaps[number] for number in some if number in gaps), default=0):.1f}"]
    return rows


async def feed(settings: Settings) -> None:
    every_s = SLEEP_S / (2 * SHARE)
    async with producer(settings) as sender:
        number, began = 0, time.monotonic()
        while True:
            await sender.send(CLEANED, f"k{number}", orjson.dumps({"article_id": f"k{number}"}))
            number += 1
            await asyncio.sleep(max(0.0, began + number * every_s - time.monotonic()))


async def results(settings: Settings) -> dict[int, list[int]]:
    """When each result was written, by partition: that of its record, since both topics have as many."""
    found: dict[int, list[int]] = defaultdict(list)
    async for message in consume(settings, (DEDUPLICATED,), since="beginning", follow=False):
        found[message.partition].append(message.timestamp_ms)
    return {number: sorted(times) for number, times in found.items()}


def longest(times: list[int], since: float, until: float) -> float:
    """The longest time in seconds between two of them that touches an interval."""
    return max((after - before for before, after in pairwise(times) if after / 1000 > since and before / 1000 < until), default=0) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="for which a rate is counted")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder) / "broker", free_ports())
        broker.start()
        try:
            asyncio.run(scaling(Settings(bootstrap_servers=broker.address, partitions=PARTITIONS), Path(folder), seconds))
        finally:
            broker.stop()


if __name__ == "__main__":
    main()
