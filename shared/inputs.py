"""What a person hands over, as records: texts, pages, folders, JSON lines and standard input, each with a name to report.

A text or page becomes a record of its own, which names the file as its `origin`. JSON lines pass with their bytes as they are: they are
judged by the stage that reads them. What cannot be read (a broken file, a line without end) is an item that is refused already, so
that it costs itself and not the run.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import STDIN, Bounds, BrokenFileError, bounded_lines, unpacked_stream, whole

Form = Literal["text", "html", "jsonl", "json"]
SUFFIXES: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip
SNIFFED_BYTES = 4096
BROKEN = "broken_file"
Numbered = tuple[int, bytes | Rejected]


@dataclass(frozen=True, slots=True)
class Item:
    """One record: a name such as `news.jsonl:12`, its JSON, and how many bytes of all inputs are read with it.

    With `refused` it is none: a file (reason `broken_file`) that could not be read to its end, or what is too large to be taken.
    """

    name: str
    value: bytes
    consumed: int
    refused: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the form where it is not to be guessed, a source for records that name none, and what a text becomes.

    With `body`, a text file is the body of an article that is cleaned already; pages cannot be read so.
    """

    form: Form | None = None
    source: str | None = None
    shape: Literal["content", "body"] = "content"
    bounds: Bounds = field(default_factory=Bounds)


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
    found = sorted(file for file in path.rglob("*") if file.is_file() and form_of(file) is not None)
    if not found:
        raise CopydeskError(f"{path}: nothing to read", f"it needs files that end in {', '.join(SUFFIXES)}, or these with .gz")
    return [str(file) for file in found]


def form_of(path: Path) -> Form | None:
    """What the ending of a name says, with or without .gz behind it; None for an ending that is not known."""
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return SUFFIXES.get(suffixes[-1]) if suffixes else None


def total_bytes(files: Iterable[str]) -> int | None:
    """Bytes on disk of all files, for a progress bar; None when standard input is among them."""
    names = list(files)
    return None if STDIN in names else sum(Path(name).stat().st_size for name in names)


def read(files: Iterable[str], reading: Reading | None = None) -> Iterator[Item]:
    """All records of the files (see `expand`), in order. Raises CopydeskError where `shape` asks for what a file is not."""
    before = 0
    for name in files:
        consumed = before
        for item in _read_file(name, reading or Reading(), before):
            consumed = item.consumed
            yield item
        before = consumed


def _read_file(name: str, reading: Reading, before: int) -> Iterator[Item]:
    label = "<stdin>" if name == STDIN else name
    read = before
    try:
        with unpacked_stream(name, reading.bounds) as (stream, raw):
            form = reading.form or (form_of(Path(name)) if name != STDIN else None) or _sniff(stream)
            for part, value in _values(stream, form, reading, label):
                read = before + (0 if raw is None else raw.tell())
                yield _item(f"{label}:{part}" if part else label, value, read)
    except BrokenFileError as error:
        yield _item(label, Rejected(BROKEN, str(error)), read)


def _item(name: str, value: bytes | Rejected, consumed: int) -> Item:
    return Item(name, b"", consumed, value) if isinstance(value, Rejected) else Item(name, value, consumed)


def _sniff(stream: IO[bytes]) -> Form:
    """Guess the form from the first bytes: an object a line, a page, or else text."""
    head = stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")  # type: ignore[attr-defined]
    if head.startswith(b"{"):
        return "jsonl"
    return "html" if head[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")) else "text"


def _values(stream: IO[bytes], form: Form, reading: Reading, label: str) -> Iterator[Numbered]:
    """Numbered records of one stream; number 0 for a file that is one record."""
    if form == "jsonl":
        yield from _lines(stream, reading)
    elif form == "json":
        data = whole(stream, reading.bounds.document)
        yield from [(0, _too_large(reading.bounds.document, "JSON lines may be any number"))] if data is None else _document(data, reading)
    else:
        data = whole(stream, reading.bounds.record)
        yield 0, _too_large(reading.bounds.record, "one file is one article") if data is None else _text(data, form, reading, label)


def _too_large(most: int, remedy: str) -> Rejected:
    return Rejected("too_large", f"more than {most:,} bytes: {remedy}")


def _text(data: bytes, form: Form, reading: Reading, label: str) -> bytes:
    return orjson.dumps(_with_source({**_record(data, form, reading, label), "origin": label}, reading))


def _lines(stream: IO[bytes], reading: Reading) -> Iterator[Numbered]:
    for number, line in enumerate(bounded_lines(stream, reading.bounds.record), 1):
        if line is None:
            yield number, _too_large(reading.bounds.record, "one line is one record")
            continue
        value = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if value:
            yield number, _sourced(value, reading)


def _document(data: bytes, reading: Reading) -> Iterator[Numbered]:
    """A .json file: one record, a list of records, or lines under another name."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        yield from _lines(io.BytesIO(data), reading)
        return
    if isinstance(value, list):
        for number, record in enumerate(value, 1):
            yield number, _sourced(_again(record, data), reading)
    else:
        yield 0, _sourced(data.strip(), reading)


def _sourced(value: bytes, reading: Reading) -> bytes:
    if reading.source is None:
        return value
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError:
        return value
    return _again(_with_source(data, reading), value) if isinstance(data, dict) and not data.get("source") else value


def _again(record: object, otherwise: bytes) -> bytes:
    """A record as JSON; the other bytes where it is nested too deeply to be written again, which is for the edge to refuse."""
    try:
        return orjson.dumps(record)
    except TypeError:
        return otherwise


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
