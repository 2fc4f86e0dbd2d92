"""Inputs say what they are: by their first bytes, whatever they are called; what is not read is refused with the remedy."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sqlite3
import tarfile
import zipfile
from pathlib import Path

import orjson
import pytest

from copydesk.shared.inputs import UNSUPPORTED, Item, expand, read


def items(path: Path, data: bytes) -> list[Item]:
    path.write_bytes(data)
    return list(read(expand([str(path)])))


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "Words.")
    return stream.getvalue()


def tarred() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("notes"), None)
    return stream.getvalue()


def database(folder: Path) -> bytes:
    connection = sqlite3.connect(folder / "x.sqlite")
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    return (folder / "x.sqlite").read_bytes()


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a", "a.txt.gz"])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF document: .*pdftotext"),
        (zipped("[Content_Types].xml", "word/document.xml"), "office document.*CSV"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(90), "7z archive: unpack"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"\x00\x00\x00\x20ftypisom", "sound or film"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7\nsize 12345\n", "git lfs pull"),
        (b'<opml version="2.0"><body/></opml>', "OPML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><urlset xmlns="a"><url/></urlset>', "sitemap"),
        (bytes(range(256)) * 8, "no text"),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (item,) = items(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    assert item.refused is not None
    assert item.refused.reason == UNSUPPORTED
    assert re.search(words, item.refused.detail)


def test_databases_are_known(tmp_path: Path) -> None:
    (item,) = items(tmp_path / "a.txt", database(tmp_path))
    assert item.refused is not None
    assert "SQLite" in item.refused.detail


@pytest.mark.parametrize(
    "text",
    [
        "ORCHARD PARK, N.Y. — Rain fell, and more, and more.\nA second line, with commas.",
        "ID3 buyers wait, says a dealer.\n\nThey have waited for long.",
        "MZANSI, the singer said, is home.\n",
        "From Monday on, trains run again in 2024\nDetails: see below\n",
        "Title: Rain\nAuthor: Ann Lee\nDate: 5 January 2024\n\nRain fell on the town.",
        "News | Sport | Title\nRain fell on the town. It was much.\nMore is to come.",
        "x" * 256 + " gustar a todos",
        "%PDF is a form of documents",
        "<p>Rain fell.</p>\n<p>More is to come.</p>",
        "{Rain} fell\n{and} fell",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_texts_stay_texts(tmp_path: Path, text: str, encoding: str) -> None:
    (item,) = items(tmp_path / "a.txt", (text * 30).encode(encoding))
    assert item.refused is None
    assert orjson.loads(item.value)["content_type"] == "text/plain"


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le", "utf-8"])
def test_texts_of_other_alphabets_are_no_noise(tmp_path: Path, encoding: str) -> None:
    (item,) = items(tmp_path / "a.txt", ("В городе идёт дождь, говорят жители.\n" * 60).encode(encoding))
    assert item.refused is None


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a"])
def test_packed_lines_are_lines_whatever_they_are_called(tmp_path: Path, pack: object, name: str) -> None:
    lines = b'{"content":"a"}\n{"content":"b"}\n'
    assert [orjson.loads(item.value) for item in items(tmp_path / name, pack(lines))] == [{"content": "a"}, {"content": "b"}]  # type: ignore[operator]


def test_standard_input_is_unpacked_and_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(data: bytes) -> list[Item]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
        return list(read(["-"]))

    assert [item.value for item in given(gzip.compress(b'{"content":"a"}\n'))] == [b'{"content":"a"}']
    assert [item.value for item in given(b'[{"content":"a"},\n{"content":"b"}]')] == [b'{"content":"a"}', b'{"content":"b"}']
    assert [orjson.loads(item.value) for item in given(b'{\n "content": "a"\n}\n')] == [{"content": "a"}]
    (pdf,) = given(b"%PDF-1.7\n")
    assert pdf.refused is not None
