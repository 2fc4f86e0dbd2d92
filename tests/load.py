"""Articles that are fed, what the sink has to hold of them in the end, and when each of them arrived there."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.deadletters import assemble
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import DEADLETTERS, ENRICHED, RAW
from tests.articles import Article, news, with_copies
from tests.pipeline import Pipeline, enrich, write_lines

LOOK_S = 0.05
TOGETHER = 32  # records that a feed sends before it waits for them


@dataclass(frozen=True)
class Load:
    """Raw articles, and the tables of a run without faults: all that the others lead to is dead letters."""

    articles: Sequence[Article]
    tables: Sequence[str]
    refused: frozenset[str]

    @classmethod
    def of(cls, count: int, folder: Path, env: Mapping[str, str] | None = None) -> Load:
        """So many articles, one in six a copy. The tables are those of `copydesk enrich` with these settings, which knows no Kafka."""
        copies = count // 6
        articles = with_copies(news(count - copies), copies)
        lines = enrich(write_lines(folder / "articles.jsonl", articles), env=env)
        sink = SqliteSink(folder / "expected.sqlite")
        sink.open()
        assert not any(sink.write([Written(ENRICHED, line) for line in lines]))
        sink.close()
        tables = list(dump(folder / "expected.sqlite"))
        assert sum('"status":"duplicate"' in row for row in tables) >= copies // 2, "most copies are found"
        passed = {orjson.loads(line)["article_id"] for line in lines}
        return cls(articles, tables, frozenset(article["article_id"] for article in articles) - passed)

    async def feed(self, settings: Settings, per_second: float | None = None) -> None:
        """Send all, in order, at once or so many a second; whatever the brokers do not take is sent again."""
        async with producer(settings) as sender:
            for first in range(0, len(self.articles), TOGETHER if per_second is None else 1):
                began = time.monotonic()
                some = self.articles[first : first + (TOGETHER if per_second is None else 1)]
                while True:
                    try:
                        stored = [await sender.send(RAW, article["article_id"], orjson.dumps(article)) for article in some]
                        await asyncio.gather(*stored)
                        break
                    except UnavailableError:
                        await asyncio.sleep(0.5)
                if per_second is not None:
                    await asyncio.sleep(max(0.0, 1 / per_second - (time.monotonic() - began)))

    async def require_same(self, services: Pipeline) -> None:
        """Every article has ended once: in the tables, which are those of a run without faults, or among the dead letters."""
        letters = list(assemble([message.value or b"" for message in await services.read(DEADLETTERS)]))
        reasons = {(orjson.loads(whole.original)["article_id"], whole.letter.stage, whole.letter.reason) for whole in letters}
        assert {article_id for article_id, _, _ in reasons} == self.refused, f"dead letters are {sorted(reasons)}"
        rows = services.rows()
        missing, more = set(self.tables) - set(rows), set(rows) - set(self.tables)
        assert rows == self.tables, f"{len(missing)} rows are missing or differ, such as {sorted(missing)[:1]}; instead {sorted(more)[:1]}"


@dataclass
class Arrivals:
    """When each article was first seen in the sink's table, in seconds of the monotonic clock."""

    database: Path
    seen: dict[str, float] = field(default_factory=dict)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()

    async def at_least(self, count: int) -> None:
        while len(self.seen) < count:
            await asyncio.sleep(LOOK_S)

    async def _watch(self) -> None:
        last = 0
        while True:
            for number, article_id in await asyncio.to_thread(self._behind, last):
                self.seen.setdefault(article_id, time.monotonic())
                last = max(last, number)
            await asyncio.sleep(LOOK_S)

    def _behind(self, last: int) -> list[tuple[int, str]]:
        try:
            with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5) as file:
                found: list[tuple[int, str]] = file.execute("SELECT id, article_id FROM articles WHERE id > ?", (last,)).fetchall()
        except sqlite3.OperationalError:  # it is not there yet, or somebody has it for himself
            return []
        file.close()
        return found

    def silence_s(self, since: float, partitions: dict[str, int]) -> float:
        """The longest time without an article of some partition, as far as it lies behind `since`."""
        times: dict[int, list[float]] = defaultdict(list)
        for article_id, seen in self.seen.items():
            times[partitions[article_id]].append(seen)
        gaps = [late - max(early, since) for each in map(sorted, times.values()) for early, late in itertools.pairwise(each) if late > since]
        return max(gaps, default=0.0)
