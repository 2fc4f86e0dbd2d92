"""`copydesk restore` is cut off, and run again: everything is let in, and nothing piles up."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import orjson

from copydesk.shared.headers import REPLAYED
from copydesk.shared.kafka import consume, producer
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW, RETRACTIONS
from tests.pipeline import copydesk, fresh_topics

SOURCE, ALONE = "wire.example", "a7"
ARTICLES = [f"a{number}" for number in range(400)]
PATIENCE_S = 120


async def sent_again(kafka: Settings) -> list[str]:
    """The articles of what was put onto articles.raw once more."""
    messages = [message async for message in consume(kafka, (RAW,), since="beginning", follow=False)]
    return sorted(orjson.loads(message.value or b"")["article_id"] for message in messages if REPLAYED in message.headers)


async def test_killed_in_the_middle_it_is_run_again(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    servers = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "COPYDESK_HOME": str(tmp_path)}
    gone = [Retraction(source=SOURCE, at="2026-01-06T00:00:00.000Z"), Retraction(article_id=ALONE, at="2026-01-05T00:00:00.000Z")]
    async with producer(kafka) as sender:
        for name in ARTICLES:
            record = {"article_id": name, "url": f"https://www.{SOURCE}/{name}", "content": "x" * 1_000}
            await (await sender.send(RAW, name, orjson.dumps(record)))
        for one in gone:
            await (await sender.send(RETRACTIONS, one.key, one.value()))
    command = (sys.executable, "-m", "copydesk.services.console", "restore", "--source", SOURCE)
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **servers}, stderr=subprocess.DEVNULL)
    async with asyncio.timeout(PATIENCE_S):
        while process.returncode is None and not await sent_again(kafka):
            await asyncio.sleep(0)
    if process.returncode is None:
        process.kill()
    await process.wait()
    copydesk("restore", "--source", SOURCE, env=servers)
    again = await sent_again(kafka)
    assert set(again) == {*ARTICLES} - {ALONE}, "it was taken back by itself"
    told = copydesk("restore", "--source", SOURCE, env=servers).stderr.decode()
    assert f"on the way again: {len(ARTICLES) - 1} records" in told, "what was put there again is not doubled with what it came from"
    assert b"nothing of it is taken back" in copydesk("restore", "another", "--reason", "x", env=servers, codes=(1,)).stderr
