"""copydesk enrich into files: written as it can be, resumed after any interruption with the same bytes, and tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits
from copydesk.services.console.offline import journal
from copydesk.shared.computing import InThisProcess
from copydesk.shared.stage import Outcome
from tests.unit.console import tiny


class Fails(tiny.Dedup):
    """Works on so many records, and then is gone."""

    def __init__(self, records: int) -> None:
        super().__init__()
        self.left = records

    async def process(self, batch: Sequence[tiny.Node]) -> list[Outcome]:
        self.left -= len(batch)
        if self.left < 0:
            raise OSError("gone")
        return await super().process(batch)


@pytest.fixture(autouse=True)
def tiny_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.install(monkeypatch)
    monkeypatch.setattr(journal, "EVERY_S", 0.0)


def failing(monkeypatch: pytest.MonkeyPatch, records: int) -> None:
    tiny.install(monkeypatch, {"dedup": lambda workers: InThisProcess(Fails(records))})


def enrich(*arguments: object) -> int:
    return entry.run(["enrich", *map(str, arguments)])


def feed(path: Path, count: int = 300) -> Path:
    """Records with copies whose original comes last, and some that are refused, at the end as well."""

    def line(number: int) -> bytes:
        content = "one line" if number % 9 == 8 or number == count - 1 else f"T {number}\nBody {number % 100}"
        second = count - number
        return orjson.dumps({"article_id": f"a{number}", "content": content, "ingested_at": f"2024-05-18T09:{second // 60:02d}:{second % 60:02d}Z"})

    path.write_bytes(b"\n".join(map(line, range(count))))
    return path


@pytest.mark.parametrize("done", [1, 200])
def test_a_resumed_run_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str], done: int) -> None:
    given, whole, out = feed(tmp_path / "in.jsonl"), tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert enrich(given, "-o", whole, "--rejected", tmp_path / "whole-refused.jsonl") == exits.REFUSED
    told = capfd.readouterr().err
    with monkeypatch.context() as patch:
        failing(patch, done)
        assert enrich(given, "-o", out, "--rejected", tmp_path / "refused.jsonl") == exits.FAILURE
    assert out.read_bytes().count(b"\n") <= done
    assert enrich(given, "-o", out, "--rejected", tmp_path / "refused.jsonl", "--resume") == exits.REFUSED
    assert out.read_bytes() == whole.read_bytes()
    ours, theirs = (
        [orjson.loads(line)["headers"]["input"] for line in (tmp_path / name).read_bytes().splitlines()]
        for name in ("refused.jsonl", "whole-refused.jsonl")
    )
    assert ours == theirs
    assert told.splitlines()[-1].split(" written")[0] == capfd.readouterr().err.splitlines()[-1].split(" written")[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl", "refused.jsonl", "whole-refused.jsonl", "whole.jsonl"]


def test_half_a_line_is_written_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given, out = feed(tmp_path / "in.jsonl"), tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        failing(patch, 150)
        enrich(given, "-o", out)
    with out.open("ab") as stream:
        stream.write(b'{"article_id":"a3')
    enrich(given, "-o", out, "--resume")
    enrich(given, "-o", tmp_path / "whole.jsonl")
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("place", ["replace", "end"])
def test_the_second_pass_can_be_interrupted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str) -> None:
    given, out = feed(tmp_path / "in.jsonl"), tmp_path / "out.jsonl"
    enrich(given, "-o", tmp_path / "whole.jsonl")

    def gone(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(journal.Journal, place, gone)
        assert enrich(given, "-o", out) == exits.FAILURE
    assert enrich(given, "-o", out, "--resume") == exits.REFUSED
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_what_cannot_go_on_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    given, out = feed(tmp_path / "in.jsonl", 50), tmp_path / "out.jsonl"
    assert enrich(given, "--resume") == exits.FAILURE
    assert "name it with --output" in capfd.readouterr().err
    with monkeypatch.context() as patch:
        failing(patch, 0)
        enrich(given, "-o", out)
    assert enrich(given, "-o", out, "--resume", "--stages", "clean") == exits.FAILURE
    assert "begun with other stages" in capfd.readouterr().err
    feed(given, 51)
    assert enrich(given, "-o", out, "--resume") == exits.FAILURE
    assert "begun with other inputs" in capfd.readouterr().err
    assert enrich(given, "-o", out) == exits.REFUSED
    assert enrich(given, "-o", out, "--resume") == exits.FAILURE
    assert "not of an interrupted run" in capfd.readouterr().err


def test_resume_begins_where_nothing_was_begun(tmp_path: Path) -> None:
    given, out = feed(tmp_path / "in.jsonl", 20), tmp_path / "out.jsonl"
    assert enrich(given, "-o", out, "--resume") == exits.REFUSED
    assert out.read_bytes().count(b"\n") == 17


def test_an_output_among_its_inputs_is_none_of_them_when_it_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    feed(tmp_path / "in.jsonl", 100)
    with monkeypatch.context() as patch:
        failing(patch, 0)
        enrich(tmp_path, "-o", tmp_path / "out.jsonl", "--rejected", tmp_path / "refused.jsonl")
    assert enrich(tmp_path, "-o", tmp_path / "out.jsonl", "--rejected", tmp_path / "refused.jsonl", "--resume") == exits.REFUSED
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 88


def table(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text())))
    return [{name: "" if value is None else str(value) for name, value in row.items()} for row in pyarrow.parquet.read_table(path).to_pylist()]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_are_written_and_resumed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ending: str) -> None:
    given, out = feed(tmp_path / "in.jsonl"), tmp_path / f"x.{ending}"
    with monkeypatch.context() as patch:
        failing(patch, 150)
        assert enrich(given, "-o", out) == exits.FAILURE
    assert not out.exists()
    assert enrich(given, "-o", out, "--resume") == exits.REFUSED
    tables = {f"x{name}.{ending}" for name in ("", "-copies", "-entities", "-mentions", "-quotes")}
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", *tables}
    articles = {row["article_id"]: row for row in table(out)}
    assert len(articles) == 266
    assert (articles["a0"]["status"], articles["a0"]["title"], articles["a0"]["characters"]) == ("duplicate", "T 0", "6")
    copies = [row for row in table(tmp_path / f"x-copies.{ending}") if row["article_id"] == "a0"]
    assert {row["of"] for row in copies} == {"a100", "a200"}
    assert copies[0]["containment"] in ("1", "1.0")


def test_a_table_has_no_pretty_form(tmp_path: Path) -> None:
    assert enrich(feed(tmp_path / "in.jsonl", 3), "-o", tmp_path / "x.csv", "--format", "pretty") == exits.FAILURE
