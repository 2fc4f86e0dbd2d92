"""The sink's disk is full for a while: it says so, is not ready, loses nothing, and goes on by itself."""

from __future__ import annotations

import asyncio
import json
import resource
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from copydesk.shared import processes
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS
from tests.articles import news
from tests.pipeline import Pipeline, fresh_topics, pipeline, write_lines

pytestmark = pytest.mark.faults
ROOM = 200_000  # bytes: enough for the tables and the log, too little for the articles


def limit(services: Pipeline, size: int) -> None:
    """The largest file that the sink may write; beyond it a write fails, as on a full disk."""
    facts = processes.recorded(services.local.home / "run" / "sink-1.json")
    assert facts is not None
    psutil.Process(facts["pid"]).rlimit(psutil.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def health(services: Pipeline) -> bool:
    port = next(replica["port"] for replica in services.local.replicas() if replica["service"] == "sink")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return bool(json.loads(answer.read())["ready"])
    except urllib.error.HTTPError as error:
        return bool(json.loads(error.read())["ready"])


async def test_a_full_disk_under_the_sink(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    records = news(120)
    async with pipeline(kafka, tmp_path) as services:
        limit(services, ROOM)
        await asyncio.to_thread(services.produce, write_lines(tmp_path / "in.jsonl", records))
        async with asyncio.timeout(240):
            while await asyncio.to_thread(health, services):
                await asyncio.sleep(0.2)
        assert "cannot be written" in (services.local.home / "logs" / "sink-1.log").read_text()
        limit(services, resource.RLIM_INFINITY)
        await services.drained()
        assert await asyncio.to_thread(health, services)
        stored = sum(row.startswith("articles ") for row in services.rows())
        assert stored + len(await services.read(DEADLETTERS)) == len(records)
        assert next(replica["restarts"] for replica in services.local.replicas() if replica["service"] == "sink") == 0
