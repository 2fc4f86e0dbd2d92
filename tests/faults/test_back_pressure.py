"""A tagger that stands still slows the fetcher: what may wait between them is bounded, the rest stays where it costs nothing, and nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import orjson
import psutil
import pytest

from copydesk.shared import processes
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ENRICHED, RAW
from tests.feeding import FETCHER, put, records
from tests.groups import drained_of
from tests.pipeline import Pipeline, fresh_topics, pipeline
from tests.site import Site

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]
HOSTS, PAGES = 10, 40
SETTINGS = {**FETCHER, "COPYDESK_WEB_HOST_DELAY_S": "0.5", "COPYDESK_FETCHER_MAX_LAG": "10"}


async def test_a_tagger_that_stands_still_slows_the_fetcher(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    with Site() as site:
        wanted = {site.url(f"/article/{number}", host) for number in range(PAGES) for host in range(HOSTS)}
        async with pipeline(kafka, tmp_path, {"fetcher": 1}, SETTINGS) as services:
            facts = processes.recorded(tmp_path / "run" / "tagger-1.json")
            assert facts is not None
            tagger = psutil.Process(facts["pid"])
            tagger.suspend()
            await put(kafka, *wanted)
            await _said(services, "paused: the pipeline is behind")
            await drained_of(kafka, "cleaner", "deduplicator")
            held = len(await records(kafka, RAW))
            assert 10 < held < len(wanted)
            await asyncio.sleep(5)
            assert len(await records(kafka, RAW)) == held
            tagger.resume()
            await _said(services, "going on: the pipeline has caught up")
            async with asyncio.timeout(600):
                while {record["url"] for record in await records(kafka, ENRICHED)} != wanted:
                    await asyncio.sleep(1)
        assert len(await records(kafka, RAW)) == len(wanted)


async def _said(services: Pipeline, event: str) -> None:
    """Wait until the fetcher's log says so."""
    log = services.local.home / "logs" / "fetcher-1.log"
    async with asyncio.timeout(120):
        while not any(orjson.loads(line).get("event") == event for line in log.read_bytes().splitlines() if line.startswith(b"{")):
            await asyncio.sleep(0.2)
