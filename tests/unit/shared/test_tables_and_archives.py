"""Tables give a record a row, archives what their members give; what is broken costs itself."""

from __future__ import annotations

import base64
import bz2
import csv
import gzip
import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pyarrow
import pyarrow.feather
import pyarrow.parquet
import pytest

from copydesk.shared.inputs import BROKEN, UNSUPPORTED, Item, Reading, expand, read
from copydesk.shared.unpacking import Bounds

NAMES = ["id", "Headline", "Publish Date", "link", "Article Text"]
ROWS = [
    ["1", "Rain, again", "2024-01-05", "https://example.com/1", 'It rained.\nThe mayor, Ann Lee, said "enough".'],
    ["2", "Ågot Müller", "yesterday", "", "Über den Dächern regnet es."],
]
EXPECTED = [
    {"id": "1", "title": ROWS[0][1], "published_at": "2024-01-05", "url": ROWS[0][3], "content": ROWS[0][4], "content_type": "text/plain"},
    {"id": "2", "title": ROWS[1][1], "Publish Date": "yesterday", "content": ROWS[1][4], "content_type": "text/plain"},
]


def items(path: Path, data: bytes, reading: Reading | None = None) -> list[Item]:
    path.write_bytes(data)
    return list(read(expand([str(path)]), reading))


def records(path: Path, data: bytes, reading: Reading | None = None) -> list[Any]:
    found = items(path, data, reading)
    assert [item.refused for item in found if item.refused] == []
    return [orjson.loads(item.value) for item in found]


def written(delimiter: str = ",", **options: Any) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, **options).writerows([NAMES, *ROWS])
    return stream.getvalue()


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "a", "a.csv.gz"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rows_of_any_dialect_and_charset(tmp_path: Path, name: str, delimiter: str, charset: str) -> None:
    if charset == "utf-16" and name in ("a", "a.txt"):
        return  # only a name tells it from a text
    data = written(delimiter).encode(charset)
    found = records(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    for record in found:
        if record.pop("encoding", None):
            record["content"] = base64.b64decode(record["content"]).decode(charset)
    assert found == EXPECTED


def test_quotes_may_be_escaped(tmp_path: Path) -> None:
    data = written(doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL, lineterminator="\n").encode()
    assert [record["content"] for record in records(tmp_path / "a.csv", data)] == [ROWS[0][4], ROWS[1][4]]


def test_names_count_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    found = items(tmp_path / "a.csv", b"content,own\nOne.,nan\n\nTwo.,x\nThree.,y,z\n")
    assert [item.name for item in found] == [f"{tmp_path}/a.csv:{row}" for row in (2, 4, 5)]
    assert orjson.loads(found[0].value) == {"content": "One.", "content_type": "text/plain"}
    assert orjson.loads(found[1].value)["own"] == "x"
    assert found[2].refused is not None
    assert "3 cells" in found[2].refused.detail


def test_pages_in_cells_are_pages_and_bodies_are_bodies(tmp_path: Path) -> None:
    assert records(tmp_path / "a.csv", b"html\n<p>Rain.</p>\n") == [{"content": "<p>Rain.</p>", "content_type": "text/html"}]
    assert records(tmp_path / "b.csv", b"text,n\nRain.,1\n", Reading(shape="body", source="s")) == [{"source": "s", "body": "Rain.", "n": "1"}]


def test_a_table_without_texts_is_refused_once(tmp_path: Path) -> None:
    (item,) = items(tmp_path / "a.csv", b"name,price\na,1\nb,2\n")
    assert item.refused is not None
    assert item.refused.reason == UNSUPPORTED
    assert "name, price" in item.refused.detail
    assert "call it content" in item.refused.detail


def test_a_quote_that_is_not_closed_is_no_article(tmp_path: Path) -> None:
    first, second = items(tmp_path / "a.csv", b'title,content,x\nA,One.,1\nB,"Two.,2\n' + b"C,Three.,3\n" * 2_000)
    assert first.refused is None
    assert second.refused is not None
    assert "quote" in second.refused.detail


def columns() -> Any:
    return pyarrow.table(
        {
            "content": ["Rain.", "Snow.", None],
            "date": pyarrow.array([1704441600, None, None], pyarrow.timestamp("s", "UTC")),
            "article_id": [1, 2, 3],
            "score": [1.5, float("nan"), None],
            "tags": [["a", "b"], [], None],
        }
    )


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.txt", "a.parquet.gz"])
@pytest.mark.parametrize("form", ["parquet", "file", "stream"])
def test_parquet_and_arrow(tmp_path: Path, name: str, form: str) -> None:
    stream = pyarrow.BufferOutputStream()
    if form == "parquet":
        pyarrow.parquet.write_table(columns(), stream)
    else:
        with (pyarrow.ipc.new_file if form == "file" else pyarrow.ipc.new_stream)(stream, columns().schema) as writer:
            writer.write_table(columns())
    data = stream.getvalue().to_pybytes()
    found = records(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    assert found == [
        {
            "content": "Rain.",
            "content_type": "text/plain",
            "published_at": "2024-01-05T08:00:00+00:00",
            "article_id": "1",
            "score": 1.5,
            "tags": ["a", "b"],
        },
        {"content": "Snow.", "content_type": "text/plain", "article_id": "2", "tags": []},
        {"article_id": "3"},
    ]


def test_bytes_in_a_column_keep_their_charset(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"html": ["<p>é</p>".encode("latin-1")]}), tmp_path / "b.parquet")
    (record,) = records(tmp_path / "a.parquet", (tmp_path / "b.parquet").read_bytes())
    assert base64.b64decode(record["content"]) == "<p>é</p>".encode("latin-1")
    assert (record["encoding"], record["content_type"]) == ("base64", "text/html")


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.zip", "a.tar"])
@pytest.mark.parametrize("data", [b"PAR1\x15\x04broken", b"ARROW1\x00\x00broken", b"PK\x03\x04broken", b"x" * 257 + b"ustar\x0000" + b"y" * 300])
def test_broken_files_are_named(tmp_path: Path, name: str, data: bytes) -> None:
    (item,) = items(tmp_path / name, data)
    assert item.refused is not None
    assert (item.name, item.refused.reason) == (f"{tmp_path}/{name}", BROKEN)


MEMBERS = {
    "b/a.txt": b"Rain.", "b/": b"", "b/page.html": b"<p>Rain.</p>", "b/x.jsonl": b'{"content":"a"}\n{"content":"b"}\n', "t.csv": b"content\nSnow.\n",
    "__MACOSX/._a.txt": b"x", ".hidden.txt": b"x", "logo.svg": b"<svg/>", "b/z.txt.gz": gzip.compress(b"Packed."), "report.txt": b"%PDF-1.7\n",
}  # fmt: skip


def packed(kind: str, members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return stream.getvalue()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.type = len(data), tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            tar.addfile(info, io.BytesIO(data))
    return bz2.compress(stream.getvalue()) if kind == "tar.bz2" else stream.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.bz2"])
@pytest.mark.parametrize("named", ["", "txt"])
def test_members_are_files_like_others(tmp_path: Path, kind: str, named: str) -> None:
    path = tmp_path / f"a.{named or kind}"
    told: list[str] = []
    found = items(path, packed(kind, MEMBERS), Reading(tell=told.append))
    assert told == [f"{path}:logo.svg is passed over: it is an image: name pages or texts"]
    assert [(item.name.removeprefix(f"{path}:"), item.refused is None) for item in found] == [
        ("b/a.txt", True), ("b/page.html", True), ("b/x.jsonl:1", True), ("b/x.jsonl:2", True), ("t.csv:2", True), ("b/z.txt.gz", True),
        ("report.txt", False),
    ]  # fmt: skip
    assert orjson.loads(found[0].value) == {"content": "Rain.", "content_type": "text/plain", "origin": f"{path}:b/a.txt"}
    assert orjson.loads(found[5].value)["content"] == "Packed."


def test_archives_come_through_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("zip", "tar.bz2"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(packed(kind, {"a.txt": b"Rain."})))))
        assert [item.name for item in read(["-"])] == ["<stdin>:a.txt"]


def test_an_archive_of_nothing_and_one_within_another_say_what_to_do(tmp_path: Path) -> None:
    with pytest.warns(match=r"a\.zip:logo\.png is passed over"):
        (nothing,) = items(tmp_path / "a.zip", packed("zip", {"logo.png": b"x"}))
    (within,) = items(tmp_path / "b.zip", packed("zip", {"c.zip": packed("zip", {"a.txt": b"x"})}))
    assert nothing.refused is not None
    assert "in which nothing is read" in nothing.refused.detail
    assert within.refused is not None
    assert "within an archive" in within.refused.detail


def test_a_broken_or_swollen_member_costs_itself(tmp_path: Path) -> None:
    data = packed("zip", {"a.txt": b"Rain." * 20, "b.txt": b"Snow.", "c.jsonl": b'{"content":"a"}\n' * 100_000})
    place = data.index(b"a.txt") + len("a.txt")
    found = items(tmp_path / "a.zip", data[: place + 2] + b"\x00\x00\x00" + data[place + 5 :], Reading(bounds=Bounds(ratio=50, free=10_000)))
    outcomes = {item.name.rpartition("zip:")[2]: item.refused and item.refused.reason for item in found if "jsonl:" not in item.name}
    assert outcomes == {"a.txt": BROKEN, "b.txt": None, "c.jsonl": BROKEN}
