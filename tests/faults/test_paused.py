"""A replica that sleeps for three sessions in the middle of a batch and then goes on where it was: nothing is lost, nothing is answered twice over.

Its partitions go to others meanwhile, who go on with the work. What it does when it wakes, before it learns of that, must change nothing.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import orjson
import psutil
import pytest

from copydesk.shared import processes
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from tests.articles import Article, wires
from tests.faults.test_same_verdicts_anywhere import ONLY, Table, _drained, _same, _send, _table
from tests.pipeline import Pipeline, enrich, fresh_topics, pipeline, write_lines

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]
ARTICLES = 2_000
SESSION_S = 6.0  # as tests/pipeline.py sets it


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return wires(ARTICLES)


@pytest.fixture(scope="module")
def expected(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Table:
    lines = enrich(write_lines(tmp_path_factory.mktemp("wires") / "wires.jsonl", articles), stages="dedup")
    return {record["article_id"]: record["duplicate"] for record in map(orjson.loads, lines)}


@pytest.mark.parametrize("service", ["index", "deduplicator"])
async def test_a_replica_that_sleeps_through_three_sessions(
    service: str, articles: list[Article], expected: Table, kafka: Settings, tmp_path: Path
) -> None:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path, {**ONLY, "index": 2, "deduplicator": 2}) as services:
        half = len(articles) // 2
        await _send(kafka, articles[:half])
        pid = await _asleep_in_a_batch(services, service)
        behind = (await lags(kafka))["deduplicator"]
        await asyncio.sleep(3 * SESSION_S)
        assert (await lags(kafka))["deduplicator"] < behind, "the work goes on elsewhere"
        await _send(kafka, articles[half:])
        psutil.Process(pid).resume()
        await _drained(services)
        _same(await _table(services), expected)


async def _asleep_in_a_batch(services: Pipeline, service: str) -> int:
    """Stop the first replica while it holds records; its process id."""
    label = f'copydesk_in_flight_records{{service="{service}"}}'
    facts = processes.recorded(services.local.home / "run" / f"{service}-1.json")
    assert facts is not None
    async with asyncio.timeout(120):
        while not services.metrics(service)[label]:
            await asyncio.sleep(0.01)
    pid = int(facts["pid"])
    psutil.Process(pid).suspend()
    return pid
