"""The SQLite file while the sink writes to it: search in scripts without spaces, a backup, twenty readers; and files of before."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from copydesk.services.console.app import app
from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.spacing import phrase
from copydesk.shared.archive.sqlite.backup import back_up
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import CopydeskError
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.old_files import as_form
from tests.samples import enriched
from tests.sinks.streams import stream
from tests.sinks.targets import feed

TEXTS = {"zh": "北京市长周五出席了会议", "ja": "東京の港で火災があった", "th": "เกิดเพลิงไหม้ที่ท่าเรือกรุงเทพ", "en": "A fire at the port of Tokyo"}
FOUND = "SELECT a.article_id FROM articles_characters f JOIN articles_current a ON a.id = f.rowid WHERE articles_characters MATCH ?"


def article(name: str, body: str) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(name, body=body, title="", entities=[])))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sink = SqliteSink(tmp_path / "a.sqlite")
    sink.open()
    sink.write([article(*text) for text in TEXTS.items()])
    sink.close()
    return sink.path


def found(path: Path, text: str) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute(FOUND, (phrase(text),))]


@pytest.mark.parametrize(("text", "language"), [
    ("北京", "zh"), ("会议", "zh"), ("京市长", "zh"), ("東京", "ja"), ("港", "ja"), ("火災", "ja"), ("กรุงเทพ", "th"), ("ท่าเรือ", "th"),
])  # fmt: skip
def test_words_are_found_where_the_script_has_no_spaces(path: Path, text: str, language: str) -> None:
    assert found(path, text) == [language]


@pytest.mark.parametrize("text", ["京北", "東海", "ไฟไหม้รถ", "fire"])
def test_what_does_not_stand_there_is_not_found(path: Path, text: str) -> None:
    assert found(path, text) == []


def test_a_text_that_changed_is_found_as_it_is_now(path: Path) -> None:
    sink = SqliteSink(path)
    sink.open()
    sink.write([Written(ENRICHED, orjson.dumps(enriched("ja", body="大阪の駅", title="", entities=[], versions={"cleaner": "2"})))])
    sink.close()
    assert found(path, "東京") == [] and found(path, "大阪") == ["ja"]


def test_a_file_of_the_second_form_learns_to_be_searched(path: Path) -> None:
    before = list(dump(path))
    as_form(path, 2)
    sink = SqliteSink(path)
    sink.open()
    sink.close()
    assert found(path, "東京") == ["ja"]
    assert list(dump(path)) == before


def test_twenty_readers_and_backups_while_it_is_written(tmp_path: Path) -> None:
    path, some = tmp_path / "a.sqlite", stream(400)
    SqliteSink(path).open()
    ended, seen, failures = threading.Event(), [0] * 20, []

    def read(number: int) -> None:
        try:
            last = False
            while not last:
                last = ended.wait(0.01)
                with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=60) as connection:
                    articles, entities = connection.execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM entities)").fetchone()
                    assert bool(articles) == bool(entities), "a reader sees whole batches"
                    seen[number] += 1
                connection.close()
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(20)]
    for reader in readers:
        reader.start()
    writer = threading.Thread(target=feed, args=(f"sqlite:{path}", some, 20))
    writer.start()
    counts = []
    while writer.is_alive():
        counts.append(back_up(path, tmp_path / "backup.sqlite", replace=True))
    writer.join()
    ended.set()
    for reader in readers:
        reader.join()
    assert failures == [] and all(seen)
    assert counts == sorted(counts)
    back_up(path, tmp_path / "last.sqlite")
    assert list(dump(tmp_path / "last.sqlite")) == list(dump(path))


def test_the_command_makes_a_backup_and_takes_no_file_s_place_unasked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SQLITE_PATH", str(path))
    target = path.with_name("backup.sqlite")
    done = CliRunner().invoke(app, ["backup", str(target)])
    assert done.exit_code == 0 and "4 articles" in done.output
    with pytest.raises(CopydeskError, match="already"):
        back_up(path, target)
    with pytest.raises(CopydeskError, match="no such file"):
        back_up(path.with_name("none"), path.with_name("other"))
