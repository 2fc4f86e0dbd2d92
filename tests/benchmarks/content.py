"""`python -m tests.benchmarks.content`: what it costs to carry `content` on, beside leaving it on articles.raw.

For 200 texts and 200 pages, each way: bytes on each topic (as JSON, and packed one by one with zstd), and the CPU time of each stage. No Kafka.
"""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator, Sequence
from itertools import islice

import cramjam
import orjson
from rich.console import Console
from rich.table import Table

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import create as cleaner
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import create as deduplicator
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import create as tagger
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.stage import Stage
from copydesk.shared.topics import RAW
from tests.articles import news
from tests.data import data_path

ARTICLES = 200


def main() -> None:
    table = Table("topic", "content", "bytes an article", "packed", "CPU of its stage, ms an article")
    for given in ([orjson.dumps(article) for article in news(ARTICLES)], list(_pages())):
        for carried in (True, False):
            asyncio.run(_measure(given, carried, table))
    Console().print(table)


def _pages() -> Iterator[bytes]:
    with gzip.open(data_path("cleaning/html_dev.jsonl.gz")) as lines:
        for number, line in enumerate(islice(lines, ARTICLES)):
            yield orjson.dumps({"content": orjson.loads(line)["html"], "content_type": "text/html", "url": f"https://pages.example/{number}"})


async def _measure(values: Sequence[bytes], carried: bool, table: Table) -> None:
    stages: tuple[Stage, ...] = cleaner(CleanerSettings(carry_content=carried)), deduplicator(DeduplicatorSettings()), tagger(TaggerSettings())
    way = "carried" if carried else "left"
    _row(table, RAW.name, way, values, 0.0, len(values))
    for stage in stages:
        await apply(stage, [Payload(value, 1_767_600_000_000) for value in values[:3]])  # warm
    for stage in stages:
        began = time.process_time()
        results = [result for value in values for result in await apply(stage, [Payload(value, 1_767_600_000_000)])]
        spent = time.process_time() - began
        values = [result.value for result in results if isinstance(result, Passed)]
        _row(table, stage.target.name, way, values, spent, len(values))


def _row(table: Table, topic: str, way: str, values: Sequence[bytes], spent: float, count: int) -> None:
    packed = sum(len(bytes(cramjam.zstd.compress(value, 3))) for value in values)
    table.add_row(topic, way, f"{sum(map(len, values)) // count:,}", f"{packed // count:,}", f"{spent * 1000 / count:.2f}" if spent else "")


if __name__ == "__main__":
    main()
