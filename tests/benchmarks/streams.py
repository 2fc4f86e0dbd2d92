"""Live streams of one gateway: python -m tests.benchmarks.streams [--clients 2000] [--rate 50] [--seconds 20] [--sources 20].

Every client follows one of the sources (0: everything). Latency is from the confirmed write to articles.enriched to the client, in one process of
clients; memory and CPU are the gateway's. Records have about 2 kB.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import resource
import statistics
import tempfile
import time
from pathlib import Path

import orjson
import psutil

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ENRICHED
from tests.gateway import Running, gateway
from tests.pipeline import fresh_topics
from tests.samples import enriched

SENT = re.compile(rb'"sent_at":([0-9.]+)')
LIMIT = 1_000_000


async def client(port: int, source: str | None, seen: list[float], opened: asyncio.Semaphore) -> None:
    async with opened:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LIMIT)
        query = f"?source={source}" if source else ""
        writer.write(f"GET /stream{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await reader.readuntil(b"copydesk\n\n")
    rest = b""
    while piece := await reader.read(LIMIT):
        rest += piece
        now = time.time()
        for found in SENT.finditer(rest):
            seen.append(now - float(found[1]))
        rest = rest[-40:] if not SENT.search(rest[-40:]) else b""


async def measure(settings: Settings, running: Running, given: argparse.Namespace) -> None:
    seen: list[float] = []
    names = [f"source-{number}.example" for number in range(given.sources)]
    port, opened = int(running.url.rpartition(":")[2]), asyncio.Semaphore(50)
    tasks = [asyncio.create_task(client(port, names[n % len(names)] if names else None, seen, opened)) for n in range(given.clients)]
    process = psutil.Process(running.pid)
    before_mb = process.memory_info().rss / 1e6
    while running.metrics()['copydesk_streams{service="gateway"}'] < given.clients:
        await asyncio.sleep(0.5)
    began_cpu, began = sum(process.cpu_times()[:2]), time.time()
    async with producer(settings) as sender:
        for number in range(given.rate * given.seconds):
            await asyncio.sleep(max(0.0, began + number / given.rate - time.time()))
            source = names[number % len(names)] if names else "any.example"
            record = enriched(f"e{number}", source=source, extra="x" * 1_000, sent_at=time.time())
            await sender.send(ENRICHED, f"e{number}", orjson.dumps(record))
    await asyncio.sleep(2)
    wall, cpu = time.time() - began, sum(process.cpu_times()[:2]) - began_cpu
    wanted = given.rate * given.seconds * given.clients // max(1, given.sources)
    cuts = statistics.quantiles(seen, n=100)
    print(f"{given.clients:,} streams, {given.sources or 1} filters: {len(seen):,} of {wanted:,} events, "
          f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms, worst {max(seen) * 1000:.0f} ms; "
          f"{before_mb:.0f} → {process.memory_info().rss / 1e6:.0f} MB, {cpu / wall:.2f} cores")  # fmt: skip
    for task in tasks:
        task.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("clients", 2_000), ("rate", 50), ("seconds", 20), ("sources", 20)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    home = Path(tempfile.mkdtemp())
    broker = LocalBroker(home / "broker", free_ports())
    broker.start()
    try:
        settings = Settings(bootstrap_servers=broker.address)
        asyncio.run(fresh_topics(settings))
        with gateway(settings, home) as running:
            asyncio.run(measure(settings, running, given))
    finally:
        broker.stop()


if __name__ == "__main__":
    main()
