"""What was told of stories, in the SQLite sink: the last stands in whatever order it comes, and what was taken back leaves nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.services.console.archive.stories import told_in
from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import CopydeskError
from copydesk.shared.stage import Written
from copydesk.shared.stories.summary import summaries
from tests.old_files import as_form
from tests.story_samples import ARTICLES, TOLD, taken_back


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
