"""copydesk.Desk as a notebook uses it, with the real stages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson
import pandas
import pytest

import copydesk
from tests.data import ROOT
from tests.pipeline import enrich

SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def desk() -> copydesk.Desk:
    return copydesk.Desk(workers=1, progress=False)


def _lasting(record: dict[str, object]) -> dict[str, object]:
    """Without the time at which this run took the record in."""
    return {name: value for name, value in record.items() if name != "ingested_at"}


def test_a_folder_gives_what_the_command_gives(desk: copydesk.Desk) -> None:
    ours = [_lasting(dict(article)) for article in desk.enrich(SEEDS)]
    assert ours == [_lasting(orjson.loads(line)) for line in enrich(SEEDS)]


async def test_it_works_where_a_loop_runs_already(desk: copydesk.Desk) -> None:
    assert [article.is_copy for article in desk.enrich(SEEDS)] == [False, False]


def test_texts_records_and_rows_are_told_apart_from_copies(desk: copydesk.Desk) -> None:
    text = (sorted(SEEDS.glob("*.txt"))[0]).read_text("utf-8")
    table = pandas.DataFrame({"content": [text, text], "url": ["https://a.example/1", "https://b.example/2"]})
    first, second = desk.enrich(table)
    assert (first.is_copy, second.is_copy, second.copy_of) == (False, True, first.article_id)
    (alone,) = desk.enrich([text])
    assert not alone.is_copy, "copies are those of one call"
    assert copydesk.frames([first, second]).copies["of"].tolist() == [first.article_id]


def test_what_is_refused_is_named(desk: copydesk.Desk) -> None:
    results = desk.enrich(["", SEEDS, {"content": 5}], source="x.example")
    assert len(list(results)) == 2
    assert [(refusal.name, refusal.stage) for refusal in results.refused] == [("<1>", "cleaner"), ("<3>", "cleaner")]
    assert all(refusal.reason and refusal.detail for refusal in results.refused)


def test_an_iteration_that_is_left_ends_its_work(desk: copydesk.Desk) -> None:
    for article in desk.enrich(SEEDS):
        assert article.title
        break
    assert len(list(desk.enrich(SEEDS))) == 2


def test_later_stages_alone_take_bodies() -> None:
    with copydesk.Desk("tag", workers=1, progress=False) as desk:
        (article,) = desk.enrich("Olaf Scholz met Emmanuel Macron in Paris on Monday.")
    assert {entity["canonical"] for entity in article.entities} >= {"Olaf Scholz", "Emmanuel Macron"}
    with pytest.raises(copydesk.CopydeskError, match="there is no stage tags"):
        copydesk.Desk("tags")


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    code = [block.split("```")[0] for block in page.split("```python\n")[1:]]
    space: dict[str, object] = {}
    for block in code[:4]:  # those that need no Kafka
        exec(block, space)
    assert len(space["articles"]) == 2  # type: ignore[arg-type]


def test_the_newsroom_in_a_notebook_is_made_from_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOST", "40")
    examples = ROOT / "docs" / "examples"
    subprocess.run([sys.executable, examples / "page.py", examples / "newsroom.py", tmp_path / "newsroom.md"], cwd=ROOT, check=True, timeout=500)
    page = (tmp_path / "newsroom.md").read_text("utf-8")
    assert page.count("```python") == (ROOT / "docs" / "newsroom.md").read_text("utf-8").count("```python")
    assert "found a copy" in page
    assert len(list(tmp_path.glob("newsroom-*.svg"))) == 2
