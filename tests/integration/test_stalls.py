"""What stops moving while there is work ends itself, so that it is started again; what is slow does not."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

import orjson
import pytest

from copydesk.shared.kafka import consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEDUPLICATED, ENRICHED
from tests.groups import module_running, put_in_order
from tests.pipeline import fresh_topics

HANGS = 500  # far beyond any limit that is set here
SLOW, GOOD = 31, 5
TIMEOUT_S = 6.0
STALLED, SILENT = "stalled: there is lag but nothing moves", "the event loop has not come round for too long"


def service(module: str, settings: Settings, home: Path, **more: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
    own = {"COPYDESK_STALL_TIMEOUT_S": f"{TIMEOUT_S:g}", "COPYDESK_DELIVERY_TIMEOUT_S": "2", **more}
    return module_running(module, settings, home, **own)


async def test_a_batch_of_slow_records_is_no_stall(kafka: Settings, tmp_path: Path) -> None:
    """Together they take several times as long as a stall may, and no offset moves before all are done."""
    await fresh_topics(kafka)
    order = ["nap"] * SLOW + ["nothing"] * GOOD
    await put_in_order(kafka, CLEANED, [orjson.dumps({"article_id": str(number), "do": what}) for number, what in enumerate(order)])
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
    await put_in_order(kafka, ENRICHED, [b"first"])
    with service("tests.integration.stuck", kafka, tmp_path, COPYDESK_TEST_BREAKS=breaks, COPYDESK_SESSION_TIMEOUT_S="6") as process:
        async with asyncio.timeout(HANGS):
            while '"breaks"' not in (tmp_path / "log").read_text():
                assert process.poll() is None
                await asyncio.sleep(0.2)
            while process.poll() is None:  # a fetch that was under way may still bring what comes first
                await put_in_order(kafka, ENRICHED, [b"more"] * 10)
                await asyncio.sleep(2)
            assert process.returncode == 1
    assert says in (tmp_path / "log").read_text()
