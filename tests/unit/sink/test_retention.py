"""Articles whose time is over leave the SQLite file in small steps, with all that belongs to them, and the file shrinks."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from copydesk.services.sink.settings import SinkSettings
from copydesk.services.sink.stage import create
from copydesk.shared.archive.sqlite.retention import AT_ONCE
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp
from copydesk.shared.settings import load
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.samples import enriched, fact

TABLES = ("articles", "entities", "mentions", "facts", "articles_characters")
OLD, NEW = 500, 20


def record(name: str, days_ago: float) -> Written:
    came = timestamp(datetime.now(UTC) - timedelta(days=days_ago))
    return Written(ENRICHED, orjson.dumps(enriched(name, ingested_at=came, title=f"東京 {name}", body="Rain fell on Tokyo. " * 100)))


def rows(path: Path) -> dict[str, int]:
    with contextlib.closing(sqlite3.connect(path)) as file:
        return {table: file.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


@pytest.mark.parametrize("setting", ["sink_retention_days", "retention_days"])
def test_what_is_too_old_goes_in_steps_and_gives_its_space_back(tmp_path: Path, setting: str) -> None:
    path = tmp_path / "a.sqlite"
    sink = create(SinkSettings(sqlite_path=path, **{setting: 7}))  # type: ignore[arg-type]
    sink.open()
    assert not any(sink.write([record(f"new-{number}", number % 6) for number in range(NEW)]))
    expected = rows(path)
    corrections = [Written(CORRECTIONS, fact(f"old-{number}", "old-0", 2, 1).model_dump_json(exclude_none=True).encode()) for number in range(1, 50)]
    assert not any(sink.write([record(f"old-{number}", 8 + number) for number in range(OLD)]))
    assert not any(sink.write(corrections))
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before, steps = path.stat().st_size, []
    while deleted := sink.tidy():
        steps.append(deleted)
    sink.close()
    assert sum(steps) == OLD and max(steps) <= AT_ONCE
    assert rows(path) == expected
    assert path.stat().st_size < before / 2
    with contextlib.closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'tokyo'").fetchone() == (NEW,)


def test_nothing_goes_where_nothing_is_set(tmp_path: Path) -> None:
    sink = create(SinkSettings(sqlite_path=tmp_path / "a.sqlite"))
    sink.open()
    sink.write([record("ancient", 9_000)])
    assert sink.tidy() == 0
    sink.close()
    assert rows(tmp_path / "a.sqlite")["articles"] == 1


def test_times_of_single_topics_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_TOPIC_RETENTION_DAYS", "articles.raw=2, articles.enriched=0.5")
    assert load(SinkSettings).topic_retention_days == {"articles.raw": 2.0, "articles.enriched": 0.5}
    for wrong in ("articles.raw", "articles.raw=two"):
        monkeypatch.setenv("COPYDESK_TOPIC_RETENTION_DAYS", wrong)
        with pytest.raises(CopydeskError, match="COPYDESK_TOPIC_RETENTION_DAYS"):
            load(SinkSettings)
