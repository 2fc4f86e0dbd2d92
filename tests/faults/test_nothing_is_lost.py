"""kill -9 of every service and of the broker in the middle of work: the same table as without faults."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import pytest_asyncio

from copydesk.shared.broker import LocalBroker
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS
from copydesk.shared.topology import BY_NAME
from tests.articles import news, with_copies
from tests.pipeline import Pipeline, fresh_topics, pipeline, write_lines

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
KILLS = 2


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("articles") / "articles.jsonl", with_copies(news(1700), copies=300))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def expected(articles: Path, kafka: Settings, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The table of a run without faults."""
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path_factory.mktemp("faultless")) as services:
        services.produce(articles)
        await services.drained(600)
        rows = services.rows()
        rejected = len(await services.read(DEADLETTERS))
    assert sum(row.startswith("articles ") for row in rows) + rejected == 2000
    return rows


@pytest.mark.parametrize("service", list(BY_NAME))
async def test_killing_a_service_loses_nothing(service: str, articles: Path, expected: list[str], kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path) as services:
        services.produce(articles)
        for kill in range(KILLS):
            await _kill_in_the_middle(services, service, restarts=kill)
        await services.drained(600)
        assert services.rows() == expected
        assert services.metrics(service)[f'copydesk_restarts{{service="{service}"}}'] == KILLS


async def test_restarting_the_broker_loses_nothing(
    articles: Path, expected: list[str], kafka: Settings, local_broker: LocalBroker, tmp_path: Path
) -> None:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path) as services:
        services.produce(articles)
        await _in_flight(services, "tagger")
        local_broker.kill()
        await asyncio.sleep(1)
        await asyncio.to_thread(local_broker.start)
        await services.drained(600)
        assert services.rows() == expected


async def _kill_in_the_middle(services: Pipeline, service: str, restarts: int) -> None:
    """Kill while the service holds records that it has not acknowledged, and show that it did."""
    held = await _in_flight(services, service, restarts)
    services.kill(service)
    behind = (await lags(services.settings))[service]
    assert held > 0
    assert behind > 0, f"{service} had committed everything when it was killed"


async def _in_flight(services: Pipeline, service: str, restarts: int = 0) -> float:
    """Wait until the service, restarted so often, has records in flight; how many."""
    label = f'{{service="{service}"}}'
    async with asyncio.timeout(120):
        while True:
            try:
                metrics = services.metrics(service)
            except OSError:  # it is being started again
                await asyncio.sleep(0.2)
                continue
            if metrics[f"copydesk_in_flight_records{label}"] and metrics[f"copydesk_restarts{label}"] >= restarts:
                return metrics[f"copydesk_in_flight_records{label}"]
            await asyncio.sleep(0.01)
