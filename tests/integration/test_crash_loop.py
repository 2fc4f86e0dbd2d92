"""A record that ends the process itself, again and again: it becomes a dead letter, and what is behind it arrives. Broken code blames none."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import orjson

from copydesk.shared.deadletters import assemble
from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, ENRICHED
from tests.integration.exploding import POISON
from tests.pipeline import PATIENCE_S, fresh_topics

GOOD = [b"good %d" % number for number in range(40)]


async def started(settings: Settings, home: Path) -> asyncio.subprocess.Process:
    env = {
        **os.environ,
        "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers,
        "COPYDESK_HOME": str(home),
        "COPYDESK_HTTP_PORT": "0",
        "COPYDESK_REPLICA": "exploding-1",
        "COPYDESK_STATIC_MEMBERSHIP": "true",
        "COPYDESK_SESSION_TIMEOUT_S": "6",
    }
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.integration.exploding", env=env, stderr=subprocess.DEVNULL)


async def test_a_crash_loop_by_data_ends(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        for value in [*GOOD[:20], POISON, *GOOD[20:]]:
            await (await sender.send(ENRICHED, "k", value, partition=0))
    starts = 0
    written = tmp_path / "written"
    while not (written.exists() and set(GOOD) <= set(written.read_bytes().splitlines())):
        starts += 1
        assert starts < 9, "the crash loop does not end"
        process = await started(kafka, tmp_path)
        while process.returncode is None and not (written.exists() and set(GOOD) <= set(written.read_bytes().splitlines())):
            await asyncio.sleep(0.2)
        if process.returncode is None:
            process.terminate()
        status = await process.wait()
        assert status in (0, 9)
    letters = [message.value or b"" async for message in consume(kafka, [DEADLETTERS], since="beginning", follow=False)]
    (letter,) = assemble(letters)
    assert (letter.original, letter.letter.reason, letter.letter.stage) == (POISON, "crashed", "exploding")
    assert orjson.loads(letters[0])["offset"] == 20


async def test_broken_code_blames_no_record_however_often_it_is_started(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        for value in GOOD:
            await (await sender.send(ENRICHED, "k", value, partition=0))
    broken, written = tmp_path / "broken", tmp_path / "written"
    broken.touch()
    for _ in range(5):
        async with asyncio.timeout(PATIENCE_S):
            assert await (await started(kafka, tmp_path)).wait() == 1
    broken.unlink()
    process = await started(kafka, tmp_path)
    async with asyncio.timeout(PATIENCE_S):
        while not (written.exists() and set(GOOD) <= set(written.read_bytes().splitlines())):
            await asyncio.sleep(0.2)
    process.terminate()
    await process.wait()
    assert [message async for message in consume(kafka, [DEADLETTERS], since="beginning", follow=False)] == []
