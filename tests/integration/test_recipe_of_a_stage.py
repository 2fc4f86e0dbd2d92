"""The recipe in CONTRIBUTING.md, followed word for word on a copy of the code: the stage runs offline and on Kafka, subscribers see its part."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
import yaml

from copydesk.shared.settings import Settings
from tests.checkout import copied_code
from tests.data import ROOT
from tests.pipeline import fresh_topics

BLOCK = re.compile(r"^```(?:python|yaml)\n# (?P<path>\S+?)(?:, below `(?P<anchor>[^`]+)`)?\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it is when the recipe's blocks are in their places."""
    root = copied_code(tmp_path_factory.mktemp("recipe"), "docs")
    shutil.copy(ROOT / "docker-compose.yml", root)
    blocks = list(BLOCK.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert len(blocks) == 9
    for block in blocks:
        path = root / block["path"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(_below(path.read_text("utf-8"), block["anchor"], block["code"]) if block["anchor"] else block["code"], "utf-8")
    return root


def _below(text: str, anchor: str, code: str) -> str:
    """`code` below the one line that holds the anchor, or below the statement that begins there."""
    lines = text.splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if anchor in line]
    return "".join([*lines[: at + 1], code, *lines[at + 1 :]])


def run(copy: Path, *arguments: str | Path, **env: str) -> str:
    """A module of the copy, run as a person would in that checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    command = [sys.executable, "-m", *map(str, arguments)]
    done = subprocess.run(command, cwd=copy, env={**clean, "PYTHONPATH": str(copy), **env}, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_stage_runs_without_kafka(copy: Path) -> None:
    out = run(copy, "copydesk", "enrich", "--stages", "clean,tag,summarise", ROOT / "seeds")
    records = [orjson.loads(line) for line in out.splitlines()]
    assert len(records) == 2
    assert all(record["summary"].endswith(".") and record["versions"]["summariser"] == "1" for record in records)


def test_the_documents_describe_it(copy: Path) -> None:
    run(copy, "copydesk.shared.contract")
    schema = orjson.loads((copy / "docs" / "schemas" / "articles.summarised.json").read_bytes())
    assert schema["properties"]["summary"]["description"] == "The article's first sentence."
    assert "## summariser" in (copy / "docs" / "settings.md").read_text("utf-8")
    assert "summariserReceiveArticlesEnriched" in orjson.loads((copy / "docs" / "asyncapi.json").read_bytes())["operations"]


def test_compose_runs_it_like_the_others(copy: Path) -> None:
    services = yaml.safe_load((copy / "docker-compose.yml").read_text("utf-8"))["services"]
    assert services["summariser"] == {**services["tagger"], "command": ["python", "-m", "copydesk.services.summariser"]}


async def test_subscribers_see_its_part(copy: Path, kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    here = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers, "COPYDESK_HOME": str(tmp_path)}
    run(copy, "copydesk", "up", "--no-broker", **here)
    try:
        assert "summariser-1" in run(copy, "copydesk", "status", **here)
        run(copy, "copydesk", "produce", ROOT / "seeds", **here)
        out = run(copy, "copydesk", "subscribe", "--topic", "summarised", "--from-beginning", "--limit", "2", "--format", "jsonl", **here)
    finally:
        run(copy, "copydesk", "down", **here)
    assert all(orjson.loads(line)["summary"] for line in out.splitlines())
