"""copydesk stories: what tells of one event, for a person and for a program."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits
from copydesk.shared.records.plain import JsonObject
from tests.unit.stories.test_threads import NEWS


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """The articles as `copydesk enrich` writes them, two revisions of one among them."""
    records: list[JsonObject] = [
        {
            "article_id": one.article_id,
            "published_at": f"2024-05-0{1 + int(one.time_s // 86400)}T{int(one.time_s // 3600) % 24:02}:00:00Z",
            "ingested_at": "2024-06-01T00:00:00Z",
            "title": one.title,
            "body": one.body,
            "source": f"{one.article_id}.example",
            "language": "en",
        }
        for one in NEWS
    ]
    earlier = {**records[0], "body": "Something else.", "ingested_at": "2024-05-31T00:00:00Z"}
    records[1]["entities"] = [{"canonical": "Izmir", "type": "GPE", "mentions": [], "count": 1, "salience": 0.9}]
    (tmp_path / "news.jsonl").write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in [*records, earlier]))
    return tmp_path / "news.jsonl"


def run(*arguments: str) -> int:
    return entry.run(["stories", "--no-clean", *arguments])


def test_json_lines_tell_a_story_with_its_timeline_and_reasons(news: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("--format", "jsonl", str(news)) == 0
    quake, strike = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert (quake["story"], quake["first_seen"], quake["last_update"]) == ("quake-1", "2024-05-01T00:00:00Z", "2024-05-02T06:00:00Z")
    assert [one["role"] for one in quake["articles"]] == ["opens", "joins", "follows"]
    assert [one["articles"] for one in quake["developments"]] == [["quake-1", "quake-2"], ["quake-3"]]
    assert [one["source"] for one in quake["outlets"]] == ["quake-1.example", "quake-2.example", "quake-3.example"]
    assert quake["places"] == ["Izmir"]
    assert quake["from"] in {one["article_id"] for one in quake["articles"]}
    assert strike["articles"][1]["nearest"]["article_id"] == "strike"


def test_pretty_lists_them_and_shows_one(news: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(news)) == 0
    assert "8 articles, 5 of them in 2 stories" in " ".join(capsys.readouterr().out.split())
    assert run("--show", "quake-2", str(news)) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Death toll of Izmir earthquake rises to 20" in shown
    assert "Lyon" not in shown


def test_what_is_not_there_is_told(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--show", "nothing", str(news)) == exits.FAILURE
    assert "no story and no article has the id nothing" in capsys.readouterr().err
    (tmp_path / "odd.jsonl").write_text('{"body": "A text", "title": ["x"]}\n')
    assert run(str(tmp_path / "odd.jsonl")) == exits.FAILURE
    assert "title" in capsys.readouterr().err
    (tmp_path / "raw.jsonl").write_text('{"content": "A text"}\n')
    assert run(str(tmp_path / "raw.jsonl")) == exits.FAILURE
    assert "is no record with a body" in capsys.readouterr().err


def test_a_story_is_dated_without_dates_and_past_wrong_ones(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    records: list[JsonObject] = [
        {"article_id": "undated", "body": "A fire."},
        {"article_id": "null", "body": "Another one.", "ingested_at": None},
        {"article_id": "ahead", "body": "Bees.", "published_at": "9999-12-31", "ingested_at": "2024-05-31T00:00:00Z"},
        {"article_id": "words", "body": "Trees.", "published_at": "yesterday evening", "ingested_at": "2024-05-31T00:00:00Z"},
    ]
    (tmp_path / "odd.jsonl").write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    assert run("--least", "1", str(tmp_path)) == 0
    assert b"4 articles" in capsysbinary.readouterr().out
    assert run("--least", "1", "--format", "jsonl", str(tmp_path)) == 0
    last = {story["story"]: story["last_update"] for story in map(orjson.loads, capsysbinary.readouterr().out.splitlines())}
    assert last["ahead"] == last["words"] == "2024-05-31T00:00:00Z"
    assert last["undated"] == last["null"] > "2024"
