"""What a person hands over, as records: texts, pages, folders, JSON lines and standard input, each with a name to report.

A text or page becomes a record of its own. JSON lines pass with their bytes as they are: they are judged by the stage
that reads them, so that a bad line is one refused record and not the end of the run.
"""

from __future__ import annotations

import base64
import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import orjson

from copydesk.shared.errors import CopydeskError

Form = Literal["text", "html", "jsonl", "json"]
STDIN = "-"
SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip
SNIFFED_BYTES = 4096
Stream = IO[bytes] | gzip.GzipFile


@dataclass(frozen=True, slots=True)
class Item:
    """One record: a name such as `news.jsonl:12`, its JSON, and how many bytes of all inputs are read with it."""

    name: str
    value: bytes
    consumed: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the form where it is not to be guessed, a source for records that name none, and what a text becomes.

    With `body`, a text file is the body of an article that is cleaned already; pages cannot be read so.
    """

    form: Form | None = None
    source: str | None = None
    shape: Literal["content", "body"] = "content"


def expand(inputs: Iterable[str]) -> list[str]:
    """The files that the inputs stand for; folders give theirs with a known ending, sorted by path.

    Raises CopydeskError for an input that does not exist and a folder that holds nothing to read.
    """
    return [file for given in inputs for file in ([given] if given == STDIN else _files(Path(given)))]


def _files(path: Path) -> list[str]:
    if not path.exists():
        raise CopydeskError(f"{path}: no such file or folder", "check the path")
    if not path.is_dir():
        return [str(path)]
    found = sorted(file for file in path.rglob("*") if file.is_file() and _form_of(file) is not None)
    if not found:
        raise CopydeskError(f"{path}: nothing to read", f"it needs files that end in {', '.join(SUFFIXES)}, or these with .gz")
    return [str(file) for file in found]


def _form_of(path: Path) -> Form | None:
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def total_bytes(files: Iterable[str]) -> int | None:
    """Bytes on disk of all files, for a progress bar; None when standard input is among them."""
    names = list(files)
    return None if STDIN in names else sum(Path(name).stat().st_size for name in names)


def read(files: Iterable[str], reading: Reading | None = None) -> Iterator[Item]:
    """All records of the files (see `expand`), in order.

    Raises CopydeskError for a file that cannot be read: its name and why.
    """
    before = 0
    for name in files:
        consumed = before
        for item in _read_file(name, reading or Reading(), before):
            consumed = item.consumed
            yield item
        before = consumed


def _read_file(name: str, reading: Reading, before: int) -> Iterator[Item]:
    with _opened(name) as (stream, raw):
        form = reading.form or (_form_of(Path(name)) if name != STDIN else None) or _sniff(stream)
        label = "<stdin>" if name == STDIN else name
        for part, value in _values(stream, form, reading, label):
            yield Item(f"{label}:{part}" if part else label, value, before + (0 if raw is None else raw.tell()))


@contextmanager
def _opened(name: str) -> Iterator[tuple[Stream, IO[bytes] | None]]:
    """The decompressed stream, and the file below it that tells how much is read."""
    if name == STDIN:
        yield sys.stdin.buffer, None
        return
    try:
        with Path(name).open("rb") as raw:
            if raw.peek(2)[:2] == b"\x1f\x8b":
                with gzip.open(raw) as unpacked:
                    yield unpacked, raw
            else:
                yield raw, raw
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CopydeskError(f"{name}: the gzip stream is broken ({error})", "fetch or pack the file again") from error
    except OSError as error:
        raise CopydeskError(f"{name}: cannot be read ({error.strerror})", "check the file and its permissions") from error


def _sniff(stream: Stream) -> Form:
    """Guess the form from the first bytes: an object a line, a page, or else text."""
    head = stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[union-attr]
    if head.startswith(b"{"):
        return "jsonl"
    return "html" if head[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")) else "text"


def _values(stream: Stream, form: Form, reading: Reading, label: str) -> Iterator[tuple[int, bytes]]:
    """Numbered records of one stream; number 0 for a file that is one record."""
    if form == "jsonl":
        yield from _lines(stream, reading)
    elif form == "json":
        yield from _document(stream.read(), reading)
    else:
        yield 0, orjson.dumps(_with_source(_record(stream.read(), form, reading, label), reading))


def _lines(stream: Iterable[bytes], reading: Reading) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(stream, 1):
        value = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if value:
            yield number, _sourced(value, reading)


def _document(data: bytes, reading: Reading) -> Iterator[tuple[int, bytes]]:
    """A .json file: one record, a list of records, or lines under another name."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        yield from _lines(data.splitlines(), reading)
        return
    if isinstance(value, list):
        for number, record in enumerate(value, 1):
            yield number, _sourced(orjson.dumps(record), reading)
    else:
        yield 0, _sourced(data.strip(), reading)


def _sourced(value: bytes, reading: Reading) -> bytes:
    if reading.source is None:
        return value
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
    return orjson.dumps(_with_source(data, reading)) if isinstance(data, dict) and not data.get("source") else value


def _with_source(data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    return data if reading.source is None else {**data, "source": reading.source}


def _record(data: bytes, form: Form, reading: Reading, label: str) -> dict[str, Any]:
    if reading.shape == "content":
        return {**_content(data), "content_type": "text/html" if form == "html" else "text/plain"}
    if form == "html":
        raise CopydeskError(f"{label}: a page has no clean body yet", "let the stages begin with clean")
    try:
        return {"body": data.decode()}
    except UnicodeDecodeError as error:
        raise CopydeskError(f"{label}: a body has to be UTF-8 ({error})", "convert it, or let the stages begin with clean") from error


def _content(data: bytes) -> dict[str, Any]:
    """The text where the bytes are plainly UTF-8; otherwise the bytes in base64, whose charset the cleaner detects."""
    if b"\0" not in data and b"\x1b" not in data:  # these bytes speak of UTF-16 and ISO-2022
        try:
            return {"content": data.decode()}
        except UnicodeDecodeError:
            pass
    return {"content": base64.b64encode(data).decode(), "encoding": "base64"}
