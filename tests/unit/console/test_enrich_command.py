"""copydesk enrich: order, verdicts, refusals, outputs, exit codes."""

from __future__ import annotations

import gzip
import io
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console import exits
from copydesk.shared.deadletters import assemble
from tests.unit.console import tiny


@pytest.fixture(autouse=True)
def tiny_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.install(monkeypatch)


class Ran:
    """A finished command."""

    def __init__(self, code: int, out: bytes, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def records(self) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in self.out.splitlines()]


def copydesk(monkeypatch: pytest.MonkeyPatch, *arguments: object, stdin: bytes = b"") -> Ran:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", err)
        code = entry.run([*map(str, arguments)])
    return Ran(code, out.buffer.getvalue(), err.getvalue())


def raw(number: int, content: str, second: int | None = None) -> dict[str, Any]:
    record: dict[str, Any] = {"article_id": f"a{number}", "content": content}
    return record if second is None else {**record, "ingested_at": f"2024-05-18T09:00:{second:02d}Z"}


def lines(records: list[Any]) -> bytes:
    return b"".join(orjson.dumps(record) + b"\n" for record in records)


@pytest.mark.parametrize("factories", [tiny.IN_THIS_PROCESS, tiny.IN_WORKERS], ids=["in this process", "in workers"])
def test_all_stages_in_input_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, factories: dict[str, Any]) -> None:
    tiny.install(monkeypatch, factories)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines([raw(number, f"Title\nBody {number}", number % 60) for number in range(300)])))
    ran = copydesk(monkeypatch, "enrich", tmp_path)
    assert ran.code == 0
    assert re.fullmatch(r"300 records read, 300 written to standard output, \d+(\.\d)? s\n", ran.err)
    assert [record["article_id"] for record in ran.records] == [f"a{number}" for number in range(300)]
    assert ran.records[7]["versions"] == {"cleaner": "1", "deduplicator": "1", "tagger": "1"}
    assert ran.records[7]["ingested_at"] == "2024-05-18T09:00:07Z"
    assert ran.records[7]["words"] == 2


def test_verdicts_are_final_although_the_original_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = [raw(1, "T\nSame", 30), raw(2, "T\nSame", 20), raw(3, "T\nOther", 25), raw(4, "T\nSame", 10)]
    for order in (copies, copies[::-1], copies[2:] + copies[:2]):
        ran = copydesk(monkeypatch, "enrich", stdin=lines(order))
        assert [record["article_id"] for record in ran.records] == [record["article_id"] for record in order]
        verdicts = {record["article_id"]: record["duplicate"].get("duplicate_of") for record in ran.records}
        assert verdicts == {"a1": "a4", "a2": "a4", "a3": None, "a4": None}
        (first,) = [record for record in ran.records if record["article_id"] == "a1"]
        assert [match["article_id"] for match in first["duplicate"]["matches"]] == ["a4", "a2"]


def test_verdicts_are_final_for_records_that_name_no_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [{"article_id": f"a{second}", "body": "Same", "ingested_at": f"2024-05-18T09:00:{second}Z"} for second in (30, 20, 10)]
    ran = copydesk(monkeypatch, "enrich", "--stages", "dedup", stdin=lines(given))
    assert [record["duplicate"].get("duplicate_of") for record in ran.records] == ["a10", "a10", None]
    assert all("revision" not in record for record in ran.records)


def test_records_without_a_time_are_ordered_as_they_came(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = copydesk(monkeypatch, "enrich", stdin=lines([raw(number, "T\nSame") for number in (5, 3, 4)]))
    assert [record["duplicate"].get("duplicate_of") for record in ran.records] == [None, "a5", "a5"]


def test_the_same_input_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    given = lines([raw(number, f"T\nBody {number % 3}", number) for number in range(50)])
    assert copydesk(monkeypatch, "enrich", stdin=given).out == copydesk(monkeypatch, "enrich", stdin=given).out


def test_refused_records_are_reported_counted_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = b'{"content":"T\\nBody","article_id":"a"}\nnonsense\n{"content":"one line","article_id":"b"}\n'
    ran = copydesk(monkeypatch, "enrich", "-", "--rejected", tmp_path / "letters.jsonl", stdin=given)
    assert ran.code == exits.REFUSED
    assert [record["article_id"] for record in ran.records] == ["a"]
    assert "refused <stdin>:2 by cleaner: not_json" in ran.err
    assert "refused <stdin>:3 by cleaner: no_article, there is only one line" in ran.err
    assert "3 records read, 1 written to standard output, 2 refused (cleaner: not_json 1, cleaner: no_article 1), " in ran.err
    found = list(assemble((tmp_path / "letters.jsonl").read_bytes().splitlines()))
    assert [whole.original for whole in found] == given.splitlines()[1:]
    assert [whole.letter.headers["input"] for whole in found] == ["<stdin>:2", "<stdin>:3"]


def test_a_later_first_stage_needs_only_what_it_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert copydesk(monkeypatch, "enrich", "--stages", "tag", stdin=b'{"body":"Three small words","own":1}').records == [
        {"body": "Three small words", "own": 1, "words": 3, "versions": {"tagger": "1"}}
    ]
    (tmp_path / "a.txt").write_text("Only a body")
    assert copydesk(monkeypatch, "enrich", "--stages", "tag", tmp_path / "a.txt").records[0]["words"] == 3
    ran = copydesk(monkeypatch, "enrich", "--stages", "dedup", stdin=b'{"body":"x","article_id":"a"}')
    assert ran.code == exits.REFUSED
    assert "ingested_at" in ran.err


def test_output_file_and_pretty_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = lines([raw(1, "A title\nA body")])
    ran = copydesk(monkeypatch, "enrich", "-o", tmp_path / "out.jsonl", stdin=given)
    assert ran.out == b""
    assert orjson.loads((tmp_path / "out.jsonl").read_bytes())["title"] == "A title"
    assert f"1 record read, 1 written to {tmp_path}/out.jsonl, " in ran.err
    shown = copydesk(monkeypatch, "enrich", "--format", "pretty", "-o", tmp_path / "out.txt", stdin=given)
    assert shown.code == 0
    assert "A body" in (tmp_path / "out.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["enrich", "nowhere.txt"], exits.FAILURE, "nowhere.txt: no such file or folder — check the path"),
        (["enrich", "--stages", "tag,clean"], exits.USAGE, "out of order"),
        (["enrich", "--stages", "wash"], exits.USAGE, "no stage wash"),
        (["enrich", "-o", "no/such/folder/out"], exits.FAILURE, "no/such/folder/out: cannot be written"),
        (["enrich", "--as", "pdf"], exits.USAGE, "pdf"),
    ],
)
def test_errors_are_one_clear_line(monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str) -> None:
    ran = copydesk(monkeypatch, *arguments)
    assert ran.code == code
    assert words in " ".join(ran.err.replace("│", " ").split())
    assert "Traceback" not in ran.err
    if code == exits.FAILURE:
        assert ran.err.count("\n") == 1


def test_an_input_is_never_overwritten(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines([raw(1, "T\nB")]))
    assert "would be overwritten" in copydesk(monkeypatch, "enrich", path, "-o", path).err
    assert path.read_bytes() == lines([raw(1, "T\nB")])


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_RAW_LIMIT", "much")
    ran = copydesk(monkeypatch, "enrich", stdin=lines([raw(1, "T\nB")]))
    assert ran.code == exits.FAILURE
    assert "COPYDESK_RAW_LIMIT" in ran.err
    assert "docs/settings.md" in ran.err


def test_a_broken_stage_ends_the_run_with_a_line_and_debug_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.install(monkeypatch, tiny.BROKEN)
    many = lines([raw(number, f"T\nB {number}") for number in range(2_000)])
    ran = copydesk(monkeypatch, "enrich", stdin=many)
    assert (ran.code, ran.out) == (exits.FAILURE, b"")
    assert "fails on a record known to be good: OSError: the model's disk is gone" in ran.err
    with pytest.raises(OSError, match="disk is gone"):
        copydesk(monkeypatch, "enrich", "--stages", "tag", "--debug", stdin=b'{"body":"x"}')


def test_an_interrupt_ends_at_once_although_standard_input_stays_open() -> None:
    command = [sys.executable, "-m", "copydesk.services.console", "enrich", "--stages", "dedup", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write(b'{"body":"no id"}\n')
        process.stdin.flush()
        assert b"invalid_record" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == exits.INTERRUPTED


@pytest.mark.parametrize("options", [[], ["--source", "a.example"]])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_what_cannot_be_a_record_costs_itself_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], name: str) -> None:
    deep = b'{"content":"T\\nB","own":' + b"[" * 300 + b"]" * 300 + b"}"
    odd = [deep, b'{"content":"T\\nB","url":["a"]}', b'{"content":"T\\nB","ingested_at":-1}', b"[]", b'{"content":5}']
    broken = [b"\xff\xfe\x00", b'{"content":NaN}', b"[" * 5_000] if name == "a.jsonl" else []
    given = [orjson.dumps(raw(1, "T\nB")), *odd, *broken, orjson.dumps(raw(2, "T\nB"))]
    (tmp_path / name).write_bytes(b"\n".join(given) if name == "a.jsonl" else b"[" + b",".join(given) + b"]")
    ran = copydesk(monkeypatch, "enrich", tmp_path / name, *options)
    assert ran.code == exits.REFUSED
    assert [record["article_id"] for record in ran.records] == ["a1", "a2"]
    assert f"2 written to standard output, {len(odd) + len(broken)} refused" in ran.err
