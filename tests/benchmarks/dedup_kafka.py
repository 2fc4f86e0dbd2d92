"""The deduplicator on a real broker on this machine: articles a second with 1, 2 and 4 shards of its index, and bytes of state on disk.

    python -m tests.benchmarks.dedup_kafka --articles 6000

One deduplicator, and one process of the index for each shard. Broker and all processes share the cores of this machine: the numbers say what
sharding costs here, not what it gains on several machines. Processor time, which does not depend on who else uses them, is given as well.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import psutil

from copydesk.shared import processes
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEDUPLICATED, SEGMENTS
from tests.benchmarks.dedup import made_texts
from tests.pipeline import fresh_topics, until_stored

SHARDS = (1, 2, 4)
WARM = 512
START = datetime(2026, 1, 1, tzinfo=UTC)


async def main(articles: int) -> None:
    texts = list(made_texts(WARM + articles))
    with tempfile.TemporaryDirectory() as folder:
        broker = LocalBroker(Path(folder) / "broker", free_ports())
        broker.start()
        try:
            for shards in SHARDS:
                home = Path(folder) / f"shards-{shards}"
                await _measure(Settings(bootstrap_servers=broker.address, index_shards=shards), home, texts)
                print(f"  changelog on the broker {_logged(Path(folder) / 'broker') / len(texts):,.0f} B an article", flush=True)
        finally:
            broker.stop()


async def _measure(settings: Settings, home: Path, texts: Sequence[str]) -> None:
    await fresh_topics(settings)
    with _services(settings, home) as running:
        await _send(settings, texts[:WARM], 0)
        await until_stored(settings, DEDUPLICATED, WARM)
        began, before = time.monotonic(), _spent(running)
        await _send(settings, texts[WARM:], WARM)
        await until_stored(settings, DEDUPLICATED, len(texts))
        elapsed, spent = time.monotonic() - began, [after - first for after, first in zip(_spent(running), before, strict=True)]
    count = len(texts) - WARM
    rate, alone, sharded = count / elapsed, spent[0] / count * 1e6, sum(spent[1:]) / count * 1e6
    print(
        f"{settings.index_shards} shards: {rate:,.0f} articles/s; deduplicator {alone:,.0f} µs, index {sharded:,.0f} µs of processor time an article"
    )
    print(f"  local store {_stored(home) / len(texts):,.0f} B an article")


@contextmanager
def _services(settings: Settings, home: Path) -> Iterator[list[int]]:
    """Process ids of the deduplicator and of the index, one process for each shard."""
    modules = ["copydesk.services.deduplicator", *["copydesk.services.deduplicator.index"] * settings.index_shards]
    records, running = [], []
    try:
        for number, module in enumerate(modules):
            env = {
                "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers,
                "COPYDESK_INDEX_SHARDS": str(settings.index_shards),
                "COPYDESK_HOME": str(home / f"index-{number}"),
                "COPYDESK_HTTP_PORT": "0",
            }
            records.append(home / f"{number}.json")
            running.append(processes.spawn([sys.executable, "-m", module], home / f"{number}.log", records[-1], env).pid)
        yield running
    finally:
        for record in records:
            processes.stop(record)


def _spent(running: Sequence[int]) -> list[float]:
    return [sum(psutil.Process(pid).cpu_times()[:2]) for pid in running]


def _stored(home: Path) -> int:
    """Bytes of the local stores of the shards."""
    return sum(path.stat().st_size for path in home.rglob("stores/**/*") if path.is_file())


def _logged(broker: Path) -> int:
    """Bytes of the changelog's records on the broker, without those that are being deleted."""
    return sum(path.stat().st_size for path in broker.rglob(f"{SEGMENTS.name}-*/*.log") if not path.parent.name.endswith("-delete"))


async def _send(settings: Settings, texts: Sequence[str], first: int) -> None:
    async with producer(settings) as sender:
        stored = [await sender.send(CLEANED, f"a{first + row}", _record(text, first + row)) for row, text in enumerate(texts)]
        await asyncio.gather(*stored)


def _record(text: str, number: int) -> bytes:
    at = (START + timedelta(seconds=number)).isoformat()
    return orjson.dumps({"article_id": f"{number:032x}", "revision": f"{number:032x}", "body": text, "ingested_at": at})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=6_000)
    asyncio.run(main(parser.parse_args().articles))
