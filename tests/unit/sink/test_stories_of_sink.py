"""What was told of stories, in the SQLite sink: the last stands in whatever order it comes, and what was taken back leaves nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.services.console.archive.stories import told_in
from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.story import NearestArticle, Role, StoryTold
from copydesk.shared.stage import Written
from copydesk.shared.stories.summary import summaries
from copydesk.shared.topics import ENRICHED, RETRACTIONS, STORIES
from tests.old_files import as_form
from tests.samples import enriched


def article(name: str, second: int) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(name, second=second, source=f"{name}.example", title=f"Title of {name}")))


def told(name: str, story: str, nearest: str | None = None, minute: int = 0) -> Written:
    near = None if nearest is None else NearestArticle(
        article_id=nearest, published_s=1.5, score=0.9, copied=False, names=["Samos"], terms=["quake"], hours=2.5)  # fmt: skip
    role: Role = "joins" if near else "opens"
    one = StoryTold(article_id=name, story=story, role=role, nearest=near, version="1", at=f"2026-01-05T10:{minute:02d}:00.000Z")
    return Written(STORIES, one.value())


def taken_back(name: str) -> Written:
    return Written(RETRACTIONS, orjson.dumps({"article_id": name, "state": "retracted", "at": "2026-01-05T11:00:00.000Z"}))


ARTICLES = [article(name, number) for number, name in enumerate("abcd")]
TOLD = [told("a", "a"), told("b", "b"), told("b", "a", "a", 5), told("c", "b", "b", 1), told("c", "a", "b", 5), told("d", "d")]


def rows(path: Path, *batches: list[Written]) -> list[str]:
    path.unlink(missing_ok=True)
    sink = SqliteSink(path)
    sink.open()
    for batch in batches:
        assert sink.write(batch) == [None] * len(batch)
    sink.close()
    return list(dump(path))


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([*ARTICLES, *TOLD, taken_back("b"), TOLD[3]]), st.integers(0, 12))
def test_rows_depend_on_what_was_told_not_on_when(tmp_path: Path, came: list[Written], cut: int) -> None:
    path = tmp_path / "a.sqlite"
    rows(path, came[:cut], came[cut:])
    assert ask(path, "SELECT article_id, story, nearest, names, role, substr(at, 15, 2) FROM article_stories") == [
        ("a", "a", None, "[]", "opens", "00"), ("c", "a", None, "[]", "joins", "05"), ("d", "d", None, "[]", "opens", "00")]  # fmt: skip


def test_a_view_of_stories_and_what_the_command_tells(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    rows(path, [*ARTICLES, *TOLD])
    stories = ask(path, "SELECT story, articles, outlets, title FROM stories ORDER BY articles DESC")
    assert stories == [("a", 3, 3, "Title of a"), ("d", 1, 1, "Title of d")]
    (story,) = summaries(told_in(path, None, 2))
    assert [(one["article_id"], one.get("nearest", {}).get("article_id")) for one in story["articles"]] == [("a", None), ("b", "a"), ("c", "b")]
    assert story["articles"][1]["nearest"]["names"] == ["Samos"]
    assert summaries(told_in(path, "c", 99)) == [story]


def test_what_is_deleted_takes_its_story_along(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    rows(path, [*ARTICLES, *TOLD])
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM articles WHERE article_id = 'a'")
        file.commit()
    assert [name for (name,) in ask(path, "SELECT article_id FROM article_stories")] == ["b", "c", "d"]
    (story,) = summaries(told_in(path, "c", 1))
    assert [development["article_id"] for development in story["developments"]] == ["b"], "the link to what is gone is told, not followed"


def test_a_file_of_before_gets_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    rows(path, ARTICLES)
    as_form(path, 9)
    with pytest.raises(CopydeskError, match="cannot tell of stories"):
        list(told_in(path, None, 1))
    sink = SqliteSink(path)
    sink.open()
    assert sink.write(TOLD) == [None] * len(TOLD)
    sink.close()
    assert ask(path, "SELECT count(*) FROM stories") == [(2,)]
