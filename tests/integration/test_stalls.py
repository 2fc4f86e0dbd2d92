"""What stops moving while there is work ends itself, so that it is started again; what is slow does not."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEDUPLICATED, ENRICHED, Topic
from tests.pipeline import fresh_topics

HANGS = 200  # far beyond any limit that is set here
SLOW, GOOD = 31, 5
TIMEOUT_S = 6.0
STALLED, SILENT = "stalled: there is lag but nothing moves", "the event loop has not come round for too long"


@contextmanager
def service(module: str, settings: Settings, home: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    env = {
        **os.environ, "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HOME": str(home), "COPYDESK_HTTP_PORT": "0",
        "COPYDESK_STALL_TIMEOUT_S": f"{TIMEOUT_S:g}", "COPYDESK_DELIVERY_TIMEOUT_S": "2", **more,
    }  # fmt: skip
    with (home / "log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", module], env=env, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def put(settings: Settings, topic: Topic, values: list[bytes]) -> None:
    async with producer(settings) as sender:
        await asyncio.gather(*[await sender.send(topic, "k", value, partition=0) for value in values])


async def test_a_batch_of_slow_records_is_no_stall(kafka: Settings, tmp_path: Path) -> None:
    """Together they take several times as long as a stall may, and no offset moves before all are done."""
    await fresh_topics(kafka)
    order = ["busy"] * SLOW + ["nothing"] * GOOD
    await put(kafka, CLEANED, [orjson.dumps({"article_id": str(number), "do": what}) for number, what in enumerate(order)])
    with service("tests.faults.poisonable", kafka, tmp_path) as process:
        async with asyncio.timeout(HANGS):
            while [m async for m in consume(kafka, [DEDUPLICATED], since="beginning", follow=False)][SLOW + GOOD - 1 :] == []:
                assert process.poll() is None, (tmp_path / "log").read_text()[-3_000:]
                await asyncio.sleep(0.5)


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        ("assignment", STALLED),
        pytest.param("fetching", STALLED, marks=pytest.mark.faults),
        pytest.param("loop", SILENT, marks=pytest.mark.faults),
        pytest.param("watch", SILENT, marks=pytest.mark.faults),
    ],
)
async def test_a_service_that_does_nothing_ends_itself(breaks: str, says: str, kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    await put(kafka, ENRICHED, [b"first"])
    with service("tests.integration.stuck", kafka, tmp_path, COPYDESK_TEST_BREAKS=breaks, COPYDESK_SESSION_TIMEOUT_S="6") as process:
        async with asyncio.timeout(HANGS):
            while '"breaks"' not in (tmp_path / "log").read_text():
                assert process.poll() is None
                await asyncio.sleep(0.2)
            await asyncio.sleep(2)  # a fetch that was under way
            await put(kafka, ENRICHED, [b"more"] * 10)
            assert await asyncio.to_thread(process.wait) == 1
    assert says in (tmp_path / "log").read_text()
