"""`make bench`: the pipeline on real articles, one replica of each service, on a real broker on this machine.

Prints articles per second end to end beside the model alone on the same cleaned texts in the same run, the CPU time that
the runner adds for each hop, latencies of single articles, and the memory of each service.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import orjson
import psutil
from rich.console import Console
from rich.table import Table

from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.shared import processes
from copydesk.shared.admin import create_topics
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.kafka import consume, producer
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW
from tests.articles import Article, news
from tests.pipeline import Pipeline, fresh_topics, pipeline, until_stored, write_lines

ARTICLES = 2_000
SINGLES = 60
HOPS = 20_000


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        broker = LocalBroker(home / "broker", free_ports())
        broker.start()
        try:
            await _run(Settings(bootstrap_servers=broker.address), home)
        finally:
            broker.stop()


async def _run(settings: Settings, home: Path) -> None:
    table = Table("measure", "value", title="Copydesk, one replica of each service", title_justify="left")
    articles = news(ARTICLES)
    await create_topics(settings)
    async with pipeline(settings, home) as services:
        rate, cleaned = await _throughput(services, home, articles)
        table.add_row("end to end", f"{rate:,.0f} articles/s")
        alone = model_alone([orjson.loads(value)["body"] for value in cleaned])
        table.add_row("nlp.pipe alone on the same cleaned texts", f"{alone:,.0f} articles/s")
        table.add_row("end to end / nlp.pipe alone", f"{rate / alone:.2f}")
        p50, p99 = await _latency(services, articles)
        table.add_row("latency of a single article, raw to enriched", f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
        for name, memory in _memory(services):
            table.add_row(f"RSS of {name}", f"{memory / 1e6:,.0f} MB")
    await fresh_topics(settings)
    table.add_row("CPU that the runner adds for each hop", f"{await _hop(settings, home, cleaned) * 1000:.3f} ms/record")
    Console().print(table)


async def _throughput(services: Pipeline, home: Path, articles: list[Article]) -> tuple[float, list[bytes]]:
    """Articles a second from the first produced to the last stored, and the cleaned records."""
    path = write_lines(home / "articles.jsonl", articles)
    began = time.monotonic()
    services.produce(path)
    while any((await lags(services.settings)).values()) or not await services.read(ENRICHED):
        await asyncio.sleep(0.2)
    elapsed = time.monotonic() - began
    cleaned = [message.value or b"" for message in await services.read(CLEANED)]
    rejected = len(await services.read(DEADLETTERS))
    assert len(await services.read(ENRICHED)) + rejected >= len(articles)
    return len(articles) / elapsed, cleaned


def model_alone(bodies: list[str]) -> float:
    """Articles a second of the tagger's model in this process, without Kafka."""
    model = load_model(TaggerSettings().tagger_model)
    began = time.monotonic()
    for body in bodies:
        list(model.nlp.pipe(paragraph for paragraph in body.split("\n\n")))
    return len(bodies) / (time.monotonic() - began)


async def _latency(services: Pipeline, articles: list[Article]) -> tuple[float, float]:
    """Seconds from sending one article to reading it enriched, the pipeline being idle: median and 99th percentile."""
    taken = []
    async with producer(services.settings) as sender:
        stream = consume(services.settings, [ENRICHED])
        first = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(2)  # the reader is in place
        for number, article in enumerate(articles[:SINGLES]):
            single = {**article, "article_id": f"single-{number}", "content": f"{article['content']}\n\nNumber {number} of the measurement."}
            began = time.monotonic()
            await (await sender.send(RAW, single["article_id"], orjson.dumps(single), {}))
            await first
            taken.append(time.monotonic() - began)
            first = asyncio.ensure_future(anext(stream))
        first.cancel()
    cuts = statistics.quantiles(taken, n=100)
    return statistics.median(taken), cuts[98]


def _memory(services: Pipeline) -> list[tuple[str, int]]:
    replicas = services.local.replicas()
    return [(replica["service"], psutil.Process(replica["pid"]).memory_info().rss) for replica in replicas]


async def _hop(settings: Settings, home: Path, cleaned: list[bytes]) -> float:
    """CPU seconds a record of a service that does nothing, its start-up not counted."""
    env = {"COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HOME": str(home), "COPYDESK_HTTP_PORT": "0"}
    record = home / "hop.json"
    pid = processes.spawn([sys.executable, "-m", "tests.benchmarks.hop"], home / "hop.log", record, env).pid
    try:
        await _send(settings, cleaned, 200)
        await until_stored(settings, DEDUPLICATED, 200)
        before = sum(psutil.Process(pid).cpu_times()[:2])
        await _send(settings, cleaned, HOPS)
        await until_stored(settings, DEDUPLICATED, 200 + HOPS)
        return (sum(psutil.Process(pid).cpu_times()[:2]) - before) / HOPS
    finally:
        processes.stop(record)


async def _send(settings: Settings, values: list[bytes], count: int) -> None:
    async with producer(settings) as sender:
        stored = [await sender.send(CLEANED, str(number), values[number % len(values)], {}) for number in range(count)]
        await asyncio.gather(*stored)


if __name__ == "__main__":
    asyncio.run(main())
