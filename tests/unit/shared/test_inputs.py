"""Inputs of every form become records, each with a name."""

from __future__ import annotations

import base64
import gzip
import io
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import BROKEN, Reading, expand, read, total_bytes
from copydesk.shared.unpacking import Bounds


def records(path: Path | str, reading: Reading | None = None) -> list[Any]:
    """The records, without the file that they came from."""
    found = [orjson.loads(item.value) for item in read(expand([str(path)]), reading)]
    return [{name: value for name, value in record.items() if name != "origin"} for record in found]


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_text_keeps_every_character(tmp_path: Path) -> None:
    text = "Title\r\n\n  A “body”\u00a0with\ttabs \n"
    assert records(put(tmp_path / "a.txt", text.encode())) == [{"content": text, "content_type": "text/plain"}]


def test_html_by_its_ending(tmp_path: Path) -> None:
    assert records(put(tmp_path / "a.HTM", b"<p>x</p>")) == [{"content": "<p>x</p>", "content_type": "text/html"}]


@pytest.mark.parametrize("data", ["é".encode("latin-1"), "text".encode("utf-16"), "日本".encode("iso2022_jp"), b"\x00\x01"])
def test_bytes_that_are_not_plainly_utf8_go_in_base64(tmp_path: Path, data: bytes) -> None:
    (record,) = records(put(tmp_path / "a.txt", data))
    assert record["encoding"] == "base64"
    assert base64.b64decode(record["content"]) == data


def test_lines_pass_as_they_are_with_their_numbers(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", b'\xef\xbb\xbf{"content": "a" }\n\n  nonsense\r\n{"content":"b"}')
    items = list(read([str(path)]))
    assert [(item.name, item.value) for item in items] == [
        (f"{path}:1", b'{"content": "a" }'),
        (f"{path}:3", b"nonsense"),
        (f"{path}:4", b'{"content":"b"}'),
    ]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl"])
def test_gzip_is_known_by_its_bytes(tmp_path: Path, name: str) -> None:
    assert records(put(tmp_path / name, gzip.compress(b'{"content":"a"}\n{"content":"b"}\n'))) == [{"content": "a"}, {"content": "b"}]


@pytest.mark.parametrize(
    ("data", "count"),
    [(b'{\n "content": "a"\n}', 1), (b'[{"content":"a"},{"content":"b"}]', 2), (b'{"content":"a"}\n{"content":"b"}\n', 2)],
)
def test_json_is_a_record_a_list_or_lines(tmp_path: Path, data: bytes, count: int) -> None:
    assert [record["content"] for record in records(put(tmp_path / "a.json", data))] == ["a", "b"][:count]


def test_folder_gives_known_files_in_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/a.html", "a.jsonl.gz", "notes.pdf"):
        put(tmp_path / name, b"x")
    with pytest.warns(match=r"notes\.pdf is passed over"):
        assert [Path(name).name for name in expand([str(tmp_path)])] == ["a.jsonl.gz", "b.txt", "a.html"]


def test_missing_input_and_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="nowhere"):
        expand([str(tmp_path / "nowhere")])
    with pytest.raises(CopydeskError, match="nothing to read"):
        expand([str(tmp_path)])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'  {"content":"a"}\n', {"content": "a"}),
        (b"<!DOCTYPE html><p>", {"content": "<!DOCTYPE html><p>", "content_type": "text/html"}),
        (b"Plain words", {"content": "Plain words", "content_type": "text/plain"}),
    ],
)
def test_standard_input_is_sniffed(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: dict[str, str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert records("-") == [expected]


def test_source_is_given_to_records_without_one(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", b'{"content":"a"}\n{"content":"b","source":"own"}\nnonsense\n')
    values = [item.value for item in read([str(path)], Reading(source="given"))]
    assert [orjson.loads(value)["source"] for value in values[:2]] == ["given", "own"]
    assert values[2] == b"nonsense"


def test_text_may_be_a_body_but_a_page_may_not(tmp_path: Path) -> None:
    assert records(put(tmp_path / "a.txt", b"Words."), Reading(shape="body")) == [{"body": "Words."}]
    with pytest.raises(CopydeskError, match=r"b\.html"):
        records(put(tmp_path / "b.html", b"<p>"), Reading(shape="body"))
    with pytest.raises(CopydeskError, match="UTF-8"):
        records(put(tmp_path / "c.txt", b"\xff"), Reading(shape="body"))


def test_broken_gzip_names_its_file_after_what_could_be_read(tmp_path: Path) -> None:
    lines = b"".join(b'{"content":"%d"}\n' % number for number in range(20_000))
    path = put(tmp_path / "a.jsonl.gz", gzip.compress(lines)[:-2000])
    after = put(tmp_path / "b.txt", b"Words.")
    *found, broken, last = read([str(path), str(after)])
    assert found
    assert all(item.refused is None for item in found)
    assert broken.name == str(path)
    assert broken.refused is not None
    assert broken.refused.reason == BROKEN
    assert "broken" in broken.refused.detail
    assert last.name == str(after)


def test_a_text_or_page_says_where_it_came_from(tmp_path: Path) -> None:
    for name in ("sub/a.txt", "b.html", "c.jsonl"):
        put(tmp_path / name, b'{"content":"x"}')
    found = {item.name: orjson.loads(item.value).get("origin") for item in read(expand([str(tmp_path)]))}
    assert found == {f"{tmp_path}/sub/a.txt": f"{tmp_path}/sub/a.txt", f"{tmp_path}/b.html": f"{tmp_path}/b.html", f"{tmp_path}/c.jsonl:1": None}


def reasons(path: Path, bounds: Bounds) -> list[str | None]:
    return [None if item.refused is None else item.refused.reason for item in read([str(path)], Reading(bounds=bounds))]


def test_what_is_too_large_costs_itself(tmp_path: Path) -> None:
    small = Bounds(record=100, document=200)
    long = b'{"content":"%b"}' % (b"x" * 300_000)
    assert reasons(put(tmp_path / "a.jsonl", b'{"content":"a"}\n' + long + b"\n" + long + b'\n{"content":"b"}\n' + long), small) == [
        None, "too_large", "too_large", None, "too_large",
    ]  # fmt: skip
    assert reasons(put(tmp_path / "a.txt", b"x" * 101), small) == ["too_large"]
    assert reasons(put(tmp_path / "b.txt", b"x" * 100), small) == [None]
    assert reasons(put(tmp_path / "c.html.gz", gzip.compress(b"x" * 101)), small) == ["too_large"]
    assert reasons(put(tmp_path / "a.json", b"[" + b"1," * 100 + b"1]"), small) == ["too_large"]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.json.gz"])
def test_a_small_file_does_not_unpack_without_bound(tmp_path: Path, name: str) -> None:
    bomb = put(tmp_path / name, gzip.compress(b'{"content":"a"}\n' * 200_000, 9))
    assert bomb.stat().st_size < 20_000
    assert reasons(bomb, Bounds(ratio=100, free=10_000))[-1] == BROKEN
    assert reasons(bomb, Bounds(free=10_000_000))[-1] is None


def test_consumed_bytes_grow_to_the_total(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"x" * 100)
    put(tmp_path / "b.jsonl.gz", gzip.compress(b'{"content":"a"}\n' * 50))
    files = expand([str(tmp_path)])
    consumed = [item.consumed for item in read(files)]
    assert consumed == sorted(consumed)
    assert consumed[-1] == total_bytes(files)
    assert total_bytes(["-"]) is None
