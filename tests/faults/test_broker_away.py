"""The broker is gone for two minutes in the middle of work: the services wait, say so, and go on by themselves, none of them restarted."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from copydesk.shared.broker import LocalBroker
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS
from tests.articles import news, with_copies
from tests.pipeline import fresh_topics, pipeline, write_lines

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]
AWAY_S = 120
ARTICLES = 200


async def test_services_ride_out_a_broker_that_is_gone(kafka: Settings, local_broker: LocalBroker, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    path = write_lines(tmp_path / "articles.jsonl", with_copies(news(ARTICLES - 20), copies=20))
    async with pipeline(kafka, tmp_path / "home") as services:
        services.produce(path)
        async with asyncio.timeout(120):
            while not services.metrics("tagger")['copydesk_records_out_total{service="tagger"}']:
                await asyncio.sleep(0.05)
        local_broker.kill()
        await asyncio.sleep(AWAY_S)
        assert all(_answers(replica["port"], "live") for replica in services.local.replicas())
        assert not all(_answers(replica["port"], "ready") for replica in services.local.replicas())
        await asyncio.to_thread(local_broker.start)
        await services.drained(600)
        assert {replica["restarts"] for replica in services.local.replicas()} == {0}
        rejected = len(await services.read(DEADLETTERS))
        assert sum(row.startswith("articles ") for row in services.rows()) + rejected == ARTICLES


def _answers(port: int, what: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/{what}", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False
