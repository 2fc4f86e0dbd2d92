"""The README's consumer, word for word, in an environment that holds aiokafka alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CORRECTIONS, DEADLETTERS, ENRICHED, Topic
from tests.data import ROOT
from tests.pipeline import fresh_topics
from tests.samples import enriched


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with `pip install aiokafka` and nothing else."""
    folder = tmp_path_factory.mktemp("plain") / "venv"
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", folder / "bin" / "python", "aiokafka"], check=True)
    return folder / "bin" / "python"


@pytest.mark.parametrize("topic", [ENRICHED, CORRECTIONS, DEADLETTERS])
async def test_the_consumer_of_the_readme_prints_titles(topic: Topic, plain: Path, kafka: Settings) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        for name in "ab":
            await (await sender.send(topic, name, orjson.dumps(enriched(name, title=f"Title {name}", body="Rain. " * 500))))
    (code,) = re.findall(r"```python\n(import asyncio.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    code = code.replace("127.0.0.1:9092", kafka.bootstrap_servers).replace(ENRICHED.name, topic.name)
    assert sorted(_first_lines(plain, code, 2)) == ["Title a", "Title b"]


def _first_lines(plain: Path, code: str, count: int) -> list[str]:
    with subprocess.Popen([plain, "-u", "-c", code], stdout=subprocess.PIPE, text=True) as consumer:
        assert consumer.stdout is not None
        try:
            return [consumer.stdout.readline().strip() for _ in range(count)]
        finally:
            consumer.kill()
