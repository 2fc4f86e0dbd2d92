"""copydesk duplicates: groups with their evidence, for a person and for a program."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits
from tests.unit.console import tiny

WORDS = [f"{noun} {verb} {noun}s" for noun in ("market", "minister", "river", "player") for verb in ("watches", "leaves", "wins", "buys", "fears")]


def story(start: int, count: int = 90) -> str:
    """Prose that no other start shares: a run of numbered clauses."""
    return " ".join(f"{WORDS[number % len(WORDS)]} number{number}." for number in range(start, start + count))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    records = [story(0), story(1_000), "\n".join(["Heading", story(0, 30)]), "Too short"]
    (tmp_path / "texts.jsonl").write_bytes(b"".join(orjson.dumps({"content": f"Title\n{text}"}) + b"\n" for text in records))
    return tmp_path / "texts.jsonl"


def test_json_lines_name_each_group_and_its_evidence(texts: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert entry.run(["duplicates", "--no-clean", "--format", "jsonl", str(texts)]) == 0
    (group,) = [orjson.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert group["names"] == [f"{texts}:1", f"{texts}:3"]
    (evidence,) = group["evidence"]
    assert (evidence["name"], evidence["article_id"], evidence["kind"]) == (f"{texts}:3", f"{texts}:1", "excerpt")
    assert evidence["passages"]


def test_pretty_shows_the_shared_words(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["duplicates", "--no-clean", str(texts)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "excerpt of" in out
    assert "ministers number5." in out
    assert "4 texts, 1 copy in 1 group" in out


def test_cleaned_texts_leave_out_what_is_no_article(texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    tiny.install(monkeypatch)
    with texts.open("ab") as more:
        more.write(b'{"content":"one line"}\n')
    assert entry.run(["duplicates", str(texts)]) == exits.REFUSED
    shown = capsys.readouterr()
    assert "4 texts, 1 copy in 1 group" in shown.out
    assert "texts.jsonl:5 by cleaner: no_article" in shown.err


@pytest.mark.parametrize("line", [b"nonsense", b'{"url":"x"}', b'{"content":"eA==","encoding":"base64"}', b"[1]"])
def test_what_holds_no_text_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(line)
    assert entry.run(["duplicates", "--no-clean", str(tmp_path)]) == exits.FAILURE
    assert "a.jsonl:1 holds no text" in capsys.readouterr().err
