"""`copydesk query` on each archive: docs/questions.md runs and says the same everywhere, in every form, and nothing can be changed by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from copydesk.services.console.app import app
from copydesk.services.console.archive.shown import ENDINGS
from copydesk.shared.errors import CopydeskError
from tests.data import ROOT
from tests.postgres import LocalPostgres
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says

QUESTIONS = re.findall(r"## (.*?)\n.*?```sql\n(.*?)```", (ROOT / "docs" / "questions.md").read_text("utf-8"), re.DOTALL)
ARCHIVES = ("sqlite", "postgres", "parquet")


@pytest.fixture(scope="module")
def archives(postgres: LocalPostgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same articles in each; where they lie, as settings."""
    folder, url = tmp_path_factory.mktemp("archives"), postgres.database("questions")
    for address in (f"sqlite:{folder / 'a.sqlite'}", f"postgres:{url}", f"parquet:{folder / 'lake'}"):
        feed(address, stream(120, seed=4), 200)
    return {"COPYDESK_SQLITE_PATH": str(folder / "a.sqlite"), "COPYDESK_POSTGRES_URL": url, "COPYDESK_PARQUET_URL": str(folder / "lake")}


@pytest.fixture(autouse=True)
def _settings(archives: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in archives.items():
        monkeypatch.setenv(name, value)
    yield


def asked(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["query", *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("title, question", QUESTIONS)
def test_each_question_has_an_answer_and_the_same_one_everywhere(title: str, question: str) -> None:
    answers = [[orjson.loads(line) for line in asked(question, "--on", archive, "--format", "json").splitlines()] for archive in ARCHIVES]
    assert answers[0], title
    assert answers[1] == answers[0] and answers[2] == answers[0]


@pytest.mark.parametrize("archive", ARCHIVES)
def test_an_answer_in_every_form(archive: str, tmp_path: Path) -> None:
    question = "SELECT article_id, title, capped FROM articles_current ORDER BY article_id LIMIT 3"
    rows = [list(orjson.loads(line).values()) for line in asked(question, "--on", archive, "--format", "json").splitlines()]
    assert len(rows) == 3
    assert "article_id" in asked(question, "--on", archive)
    for ending in ENDINGS:
        asked(question, "--on", archive, "--output", str(tmp_path / f"answer{ending}"))
    assert [list(row.values()) for row in pq.read_table(tmp_path / "answer.parquet").to_pylist()] == rows
    assert (tmp_path / "answer.csv").read_text("utf-8").splitlines()[0] == "article_id,title,capped"


def test_full_text_search_is_a_question_as_well() -> None:
    search = "SELECT count(*) AS found FROM articles_characters WHERE articles_characters MATCH '\"東 京\"'"
    assert orjson.loads(asked(search, "--format", "json"))["found"] > 10
    search = "SELECT count(*) AS found FROM articles WHERE search @@ phraseto_tsquery('simple', '東 京')"
    assert orjson.loads(asked(search, "--on", "postgres", "--format", "json"))["found"] > 10
    search = "SELECT count(*) AS found FROM articles WHERE search @@ to_tsquery('english', 'meeting & harbours')"
    assert orjson.loads(asked(search, "--on", "postgres", "--format", "json"))["found"] == 0
    search = "SELECT count(*) AS found FROM articles WHERE search @@ to_tsquery('english', 'harbours & closing')"
    assert orjson.loads(asked(search, "--on", "postgres", "--format", "json"))["found"] > 10


CHANGES = (
    "DELETE FROM articles", "DROP TABLE articles", "INSERT INTO facts SELECT * FROM facts", "COMMIT; DELETE FROM articles", "ATTACH '{0}/x' AS x",
    "COPY (SELECT 1) TO '{0}/x'", "SELECT 1; DROP TABLE facts", "CREATE TABLE x AS SELECT 1", "PRAGMA user_version = 7", "nonsense", "",
)  # fmt: skip


@pytest.mark.parametrize("archive", ARCHIVES)
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed(archive: str, change: str, archives: dict[str, str], tmp_path: Path) -> None:
    address = f"{archive}:{archives[f'COPYDESK_{archive.upper()}_' + ('PATH' if archive == 'sqlite' else 'URL')]}"
    before = says(address) if archive != "parquet" else []
    with pytest.raises(CopydeskError):
        asked(change.format(tmp_path), "--on", archive)
    assert (says(address) if archive != "parquet" else []) == before
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SQLITE_PATH": str(tmp_path / "none"), "PARQUET_URL": str(tmp_path / "none")}.items():
        monkeypatch.setenv(f"COPYDESK_{name}", value)
    monkeypatch.setenv("COPYDESK_POSTGRES_URL", f"postgresql://nobody@/none?host={tmp_path}")
    for archive in ARCHIVES:
        with pytest.raises(CopydeskError, match=r"none|PostgreSQL"):
            asked("SELECT 1", "--on", archive)
