"""docs/archive.md: its queries run and answer, its list of tables is complete."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import orjson
import pytest

from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.data import ROOT
from tests.samples import enriched, fact

PAGE = (ROOT / "docs" / "archive.md").read_text()
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    sink = SqliteSink(tmp_path / "a.sqlite")
    sink.open()
    articles = [enriched(name, second=n, source=f"s{n}", title="Security in Japan", dateline={"place": "TOKYO"}) for n, name in enumerate("ab")]
    correction = fact("b", "a", 1, 0).model_dump(mode="json", exclude_none=True)
    sink.write([*(Written(ENRICHED, orjson.dumps(article)) for article in articles), Written(CORRECTIONS, orjson.dumps(correction))])
    sink.close()
    return sqlite3.connect(tmp_path / "a.sqlite")


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 5


@pytest.mark.parametrize("query", QUERIES)
def test_each_query_finds_something(connection: sqlite3.Connection, query: str) -> None:
    assert connection.execute(query).fetchall()


def test_every_table_and_view_is_told_of(connection: sqlite3.Connection) -> None:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    public = {name for name in names if not name.startswith(("articles_fts_", "articles_characters_", "sqlite_"))}
    assert public == set(re.findall(r"`([a-z_]+)`", "".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))))
