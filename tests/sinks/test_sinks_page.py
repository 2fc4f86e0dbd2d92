"""docs/sinks.md: the sink of one's own folds as the others do, the receiver's check holds, the queries run, every sink is told of."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.sink.webhook.request import headers
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.settings import Settings
from copydesk.shared.topology import SERVICES
from tests.data import ROOT
from tests.pipeline import fresh_topics
from tests.postgres import LocalPostgres
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says
from tests.sinks.test_on_kafka import put, until
from tests.sinks.test_retraction_of_sinks import said

PAGE = (ROOT / "docs" / "sinks.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
QUERIES = [query for block in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL) for query in block.strip().splitlines()]


def test_every_sink_is_told_of() -> None:
    assert {spec.name for spec in SERVICES if spec.folder == "sink"} == set(re.findall(r"^\| `(sink[a-z-]*)` \|", PAGE, re.MULTILINE))


def my_sink(folder: Path) -> Path:
    (recipe,) = (block for block in CODE if block.startswith("# my_sink.py"))
    (folder / "my_sink.py").write_text(recipe, "utf-8")
    return folder / "my_sink.py"


async def test_the_sink_of_one_s_own_is_a_service(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    await put(kafka, stream(20, seed=12))
    with running(my_sink(tmp_path), kafka, tmp_path):
        await until(lambda: len(set(_records(tmp_path / "mine"))) == 22)  # twenty articles, two of them in a second revision


@contextmanager
def running(script: Path, settings: Settings, folder: Path) -> Iterator[None]:
    own = {"COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HOME": str(folder), "COPYDESK_MY_FOLDER": str(folder / "mine")}
    process = subprocess.Popen([sys.executable, script], env={**os.environ, **own, "COPYDESK_HTTP_PORT": "0"})
    try:
        yield
    finally:
        process.kill()
        process.wait()


def test_the_sink_of_one_s_own_says_what_sqlite_says(tmp_path: Path) -> None:
    sink = runpy.run_path(str(my_sink(tmp_path)))["MySink"](tmp_path / "mine")
    sink.open()
    some = stream(60, seed=11)
    for part in (some[40:], some[:50], some):
        assert not any(sink.write(part))
    sink.check()
    feed(f"sqlite:{tmp_path / 'a.sqlite'}", some, 100)
    expected = [orjson.loads(row.partition(" ")[2])["record"] for row in says(f"sqlite:{tmp_path / 'a.sqlite'}") if row.startswith("articles ")]
    assert sorted(_records(tmp_path / "mine")) == sorted(_text(record) for record in expected)


def test_the_sink_of_one_s_own_honours_retractions(tmp_path: Path) -> None:
    sink = runpy.run_path(str(my_sink(tmp_path)))["MySink"](tmp_path / "mine")
    sink.open()
    some = [*stream(40, seed=5), *(said(name) for name in ("a0", "a3", "a10"))]
    sink.write(some)
    sink.write(some[30:])
    feed(f"sqlite:{tmp_path / 'a.sqlite'}", some, 100)
    expected = [orjson.loads(row.partition(" ")[2])["record"] for row in says(f"sqlite:{tmp_path / 'a.sqlite'}") if row.startswith("articles ")]
    assert sorted(_records(tmp_path / "mine")) == sorted(_text(record) for record in expected)


def _records(folder: Path) -> Iterator[str]:
    for path in folder.glob("*.json"):
        kept = orjson.loads(path.read_bytes())
        if "record" in kept:
            yield _text(kept["record"])


def _text(record: Any) -> str:
    plain = {name: value for name, value in record.items() if name not in ("unknown", "body", "content", "title", "entities")}
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def test_a_receiver_s_check() -> None:
    (check,) = (block for block in CODE if "is_from_copydesk" in block)
    found: dict[str, Any] = {}
    exec(check, found)
    sent = headers(b"body", "secret", int(time.time()))
    assert found["is_from_copydesk"](b"body", sent, b"secret")
    assert not found["is_from_copydesk"](b"other", sent, b"secret")
    assert not found["is_from_copydesk"](b"body", headers(b"body", "secret", 1_000), b"secret")


@pytest.fixture(scope="module")
def database(postgres: LocalPostgres) -> str:
    url = postgres.database("page")
    feed(f"postgres:{url}", stream(60), 100)
    return url


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_run_on_postgresql(database: str, query: str) -> None:
    with connect(database) as connection:
        found = connection.execute(query).fetchall()
    assert found or "harbour fire" in query
