"""`copydesk produce` on a real broker: killed anywhere it goes on, loses nothing, watches folders, and waits for consumers."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from copydesk.shared.kafka import consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from tests.pipeline import PATIENCE_S, fresh_topics, until_stored, write_lines

COMMAND = [sys.executable, "-m", "copydesk.services.console", "produce"]
COUNT = 6_000


def started(kafka: Settings, home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "COPYDESK_HOME": str(home)}
    return subprocess.Popen([*COMMAND, *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


async def contents(kafka: Settings) -> list[str]:
    return [orjson.loads(message.value or b"")["content"] async for message in consume(kafka, [RAW], since="beginning", follow=False)]


@pytest.fixture
async def topics(kafka: Settings) -> Settings:
    await fresh_topics(kafka)
    return kafka


async def test_killed_anywhere_it_goes_on(topics: Settings, tmp_path: Path) -> None:
    path = str(write_lines(tmp_path / "a.jsonl", [{"content": f"line {number}"} for number in range(COUNT)]))
    for stored in (300, 1_500, 3_000):
        running = started(topics, tmp_path / "home", path, "--resume", "--rate", "2000")
        await until_stored(topics, RAW, stored)
        running.kill()
        running.communicate()
    done = started(topics, tmp_path / "home", path, "--resume")
    told = done.communicate()[1].decode()
    assert done.returncode == 0, told
    found = await contents(topics)
    assert set(found) == {f"line {number}" for number in range(COUNT)}
    assert len(found) < COUNT + 3 * 64 + 1
    assert "sent before" in told
    again = started(topics, tmp_path / "home", path, "--resume").communicate()[1].decode()
    assert again.startswith(f"0 sent, 0 refused, {COUNT:,} sent before")


async def test_a_folder_is_watched_and_consumers_are_waited_for(topics: Settings, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    running = started(topics, tmp_path / "home", str(inbox), "--follow", "--max-lag", "100")
    try:
        write_lines(inbox / "a.jsonl", [{"content": f"line {number}"} for number in range(1_000)])
        waits = await asyncio.to_thread(_line_with, running, b"waiting for cleaner")
        sent = await contents(topics)  # with the rest of the file still to come
    finally:
        running.send_signal(signal.SIGINT)
        told = running.communicate(timeout=PATIENCE_S)[1].decode()
    assert waits
    assert 0 < len(sent) <= 100 + 50 + 64  # nobody reads, so that what is sent is the lag
    assert f"{len(sent):,} sent" in told
    assert running.returncode == 130


def _line_with(running: subprocess.Popen[bytes], words: bytes) -> bool:
    """Read what a command says until it says these words; False where it ends before."""
    assert running.stderr is not None
    return any(words in line for line in running.stderr)


def test_a_dry_run_asks_no_broker(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"content": "One."}, {"content": ""}, {"content": "Two."}, {"content": "Three."}])
    env = {**os.environ, "COPYDESK_BOOTSTRAP_SERVERS": "127.0.0.1:9"}
    done = subprocess.run([*COMMAND, str(path), "--dry-run", "--limit", "3"], env=env, capture_output=True, check=False)
    assert next(orjson.loads(line)["content"] for line in done.stdout.splitlines() if line) == "One."
    assert b"nothing sent" in done.stderr
