"""Far more addresses than can be fetched come at once: they fill neither memory nor disk, pages come meanwhile, and a kill -9 loses none.

FLOOD_ADDRESSES says how many; `make test-flood` puts a million and prints what they cost as they come.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import psutil
import pytest

from copydesk.services.fetcher.waiting import QUEUE
from copydesk.shared.broker import LocalBroker
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import consume, positions
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import FETCHER_STATE, RAW
from tests.feeding import FETCHER, put
from tests.groups import Replicas, replicas
from tests.pipeline import fresh_topics
from tests.site import Site

pytestmark = [pytest.mark.faults, pytest.mark.timeout(5400)]
ADDRESSES = int(os.environ.get("FLOOD_ADDRESSES", "20000"))
HOSTS, CHUNK = 200, 10_000
MOST_MB = 600  # of memory, however many wait
MOST_BYTES = 3_000  # of disk for each that waits: the topic, the shard's log before it is compacted, its store
SETTINGS = {
    **FETCHER,
    "COPYDESK_WEB_HOST_DELAY_S": "30",
    "COPYDESK_FETCHER_MAX_LAG": "0",
    "COPYDESK_DELIVERY_TIMEOUT_S": "300",
    "COPYDESK_SESSION_TIMEOUT_S": "30",
}


@dataclass
class Cost:
    """What the fetcher takes at most, looked at again and again."""

    kafka: Settings
    fetchers: Replicas
    folders: tuple[Path, ...]
    began: float = field(default_factory=time.monotonic)
    memory_mb: float = 0.0
    disk_mb: float = 0.0

    async def look(self) -> int:
        """How many addresses are still on the topic: all of them before the fetcher has begun, and while a flooded broker does not say."""
        (running,) = self.fetchers.running.values()
        fetcher = psutil.Process(running.pid)
        try:
            behind, pages = (await lags(self.kafka))["fetcher"], await _pages(self.kafka)
        except UnavailableError:
            return ADDRESSES
        memory_mb, disk_mb, cpu_s = fetcher.memory_info().rss / 1e6, _size_mb(self.folders), sum(fetcher.cpu_times()[:2])
        self.memory_mb, self.disk_mb = max(self.memory_mb, memory_mb), max(self.disk_mb, disk_mb)
        taken = f"{memory_mb:.0f} MB of memory, {disk_mb:.0f} MB on disk, {cpu_s:.0f} s of CPU"
        print(f"{time.monotonic() - self.began:.0f} s: {behind:,} on the topic, {pages:,} pages, {taken}", flush=True)
        return behind if pages else ADDRESSES


async def test_a_flood_of_addresses_fills_neither_memory_nor_disk(kafka: Settings, local_broker: LocalBroker, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    kafka = kafka.model_copy(update={"delivery_timeout_s": 300.0})  # a broker that is flooded answers late
    with Site() as site, replicas("fetcher", kafka, tmp_path, SETTINGS) as fetchers:
        cost = Cost(kafka, fetchers, (tmp_path / "stores", local_broker.home))
        before_mb = _size_mb(cost.folders)
        fetchers.start(1)
        filling = asyncio.create_task(_fill(kafka, site))
        while not filling.done():
            await cost.look()
            await asyncio.wait([filling], timeout=5)
        await filling
        while await cost.look():
            await asyncio.sleep(5)
        fetchers.kill(1)
        fetchers.start(2)  # with a store from nothing
        came = await _pages(kafka)
        while await _pages(kafka) < came + 10:
            await asyncio.sleep(2)
        kept = await _waiting(kafka)  # read before the pages: an address is forgotten after its page was sent
        assert kept | await _fetched(kafka) == set(range(ADDRESSES))
        assert len(kept) > ADDRESSES // 2
        assert cost.memory_mb < MOST_MB
        assert cost.disk_mb - before_mb < 100 + ADDRESSES * MOST_BYTES / 1e6


async def _fill(kafka: Settings, site: Site) -> None:
    for first in range(0, ADDRESSES, CHUNK):
        await put(kafka, *(site.url(f"/article/{number}", number % HOSTS) for number in range(first, min(ADDRESSES, first + CHUNK))))


async def _pages(kafka: Settings) -> int:
    return sum((await positions(kafka, [RAW])).values())


async def _waiting(kafka: Settings) -> set[int]:
    """Numbers of the addresses that wait in the shards' states."""
    standing: dict[str, int] = {}
    async for message in consume(kafka, [FETCHER_STATE], since="beginning", follow=False):
        key = (message.key or b"").decode()
        if not key.startswith(QUEUE):
            continue
        if message.value is None:
            standing.pop(key, None)
        else:
            standing[key] = _number(orjson.loads(message.value)["record"]["url"])
    return set(standing.values())


async def _fetched(kafka: Settings) -> set[int]:
    return {_number(orjson.loads(message.value or b"")["url"]) async for message in consume(kafka, [RAW], since="beginning", follow=False)}


def _number(url: str) -> int:
    return int(url.rpartition("/")[2])


def _size_mb(folders: Iterable[Path]) -> float:
    """What files take, those that go away meanwhile left out."""
    size = 0
    for folder in folders:
        for path, _, names in os.walk(folder):
            for name in names:
                try:
                    size += (Path(path) / name).stat().st_blocks * 512
                except FileNotFoundError:
                    continue
    return size / 1e6
