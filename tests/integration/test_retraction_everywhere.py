"""An article is taken back while everything runs: no stage passes it, the index forgets it, its copies are linked anew; and it is let in again."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson

from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS
from tests.articles import Article, news
from tests.pipeline import Pipeline, copydesk, fresh_topics, pipeline, write_lines

PATIENCE_S = 400


def copy_of(original: Article, name: str, minutes: int) -> Article:
    return {**original, "article_id": name, "source": name, "url": f"https://{name}.example/", "ingested_at": f"2026-01-06T08:{minutes:02d}:00.000Z"}


def originals(running: Pipeline) -> dict[str, str | None]:
    """Each article that the sink holds, with what it is a copy of."""
    with closing(sqlite3.connect(running.database)) as file:
        return dict(file.execute("SELECT article_id, duplicate_of FROM articles").fetchall())


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.3)


async def letters(running: Pipeline) -> list[dict[str, str]]:
    return [orjson.loads(message.value or b"{}") for message in await running.read(DEADLETTERS)]


async def test_taken_back_everywhere_and_let_in_again(kafka: Settings, tmp_path: Path) -> None:
    servers = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "COPYDESK_HOME": str(tmp_path / "home")}
    (original,) = news(1)
    original = {**original, "article_id": "original", "url": "https://wire.example/story", "ingested_at": "2026-01-06T08:00:00.000Z"}
    lines = {
        name: write_lines(tmp_path / f"{name}.jsonl", [copy_of(original, name, number)])
        for number, name in enumerate(("first", "second", "third"), 1)
    }
    lines["original"] = write_lines(tmp_path / "original.jsonl", [original])
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path / "home") as running:
        running.produce(lines["original"], lines["first"], lines["second"])
        await until(lambda: originals(running) == {"original": None, "first": "original", "second": "original"})
        copydesk("retract", "https://wire.example/story", "--reason", "court order 12/26", env=servers)
        await until(lambda: originals(running) == {"first": None, "second": "first"})
        async with asyncio.timeout(PATIENCE_S):
            while not (withheld := [one for one in await letters(running) if one["reason"] == "retracted"]):
                running.produce(lines["original"])  # comes again, and again
                await running.drained()
        assert all(one["original"] == "" and "court order 12/26" in one["detail"] for one in withheld)
        running.produce(lines["third"])
        await until(lambda: originals(running) == {"first": None, "second": "first", "third": "first"})
        copydesk("restore", "https://wire.example/story", env=servers)
        await until(lambda: originals(running) == {"original": None, **dict.fromkeys(("first", "second", "third"), "original")})
