"""Files as records, in order."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs.archives import members_of_tar, members_of_zip
from copydesk.shared.inputs.columnar import columnar
from copydesk.shared.inputs.content import content_of
from copydesk.shared.inputs.delimited import delimited
from copydesk.shared.inputs.form import recognised
from copydesk.shared.inputs.items import BROKEN, UNSUPPORTED, Form, Item, Reading, Values, too_large
from copydesk.shared.inputs.mail import message
from copydesk.shared.inputs.names import form_of
from copydesk.shared.inputs.opening import Opened, opened
from copydesk.shared.inputs.passed_over import PassedOver, why_not_taken
from copydesk.shared.inputs.web_archive import web_archive
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import STDIN, BrokenFileError, bounded_lines, unpacked, whole

ARCHIVES = ("zip", "tar")
UNCLEANED = ("feed", "mail", "warc")  # bring pages


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
        with opened(name, reading.bounds) as source:
            for part, value in _recognised_values(source, reading, label):
                read = before + (0 if source.raw is None else source.raw.tell())
                yield _item(f"{label}:{part}" if part else label, value, read)
    except BrokenFileError as error:
        yield _item(label, Rejected(BROKEN, str(error)), read)


def _item(name: str, value: bytes | Rejected, consumed: int) -> Item:
    return Item(name, b"", consumed, value) if isinstance(value, Rejected) else Item(name, value, consumed)


def _recognised_values(source: Opened, reading: Reading, label: str) -> Values:
    """Records of one input. An archive is one whatever form its members are said to have."""
    stream, form = source.stream, recognised(source.stream, source.name)
    if form in ARCHIVES:
        passed = PassedOver(label)
        members = (members_of_zip if form == "zip" else members_of_tar)(
            stream, reading, lambda member, its_name: _member(member, its_name, reading, label, passed)
        )
        first = next(members, None)
        yield from [] if first is None else chain([first], members)
        passed.tell(reading.tell)
        if first is None and not passed.read:
            yield 0, Rejected(UNSUPPORTED, "it is an archive in which nothing is read: unpack it, and name the files")
    else:
        yield from _values(stream, reading.form or form, reading, source.about)


def _member(stream: IO[bytes], name: str, reading: Reading, label: str, passed: PassedOver) -> Values:
    plain = unpacked(stream, reading.bounds)
    if form_of(Path(name)) is None and (why := why_not_taken(plain)) is not None:
        passed.note(f"{label}:{name}", why)
        return
    passed.read += 1
    form = recognised(plain, name)
    if form in ARCHIVES:
        yield 0, Rejected(UNSUPPORTED, "it is an archive within an archive: unpack it, and name the folder")
    else:
        yield from _values(plain, reading.form or form, reading, {"origin": f"{label}:{name}"})


def _values(stream: IO[bytes], form: Form | Rejected, reading: Reading, about: Mapping[str, Any]) -> Values:
    """Numbered records of one stream; number 0 for a file that is one record."""
    if isinstance(form, Rejected):
        yield 0, form
    elif reading.shape == "body" and form in UNCLEANED:
        raise _no_body(about)
    elif form == "jsonl":
        yield from _lines(stream, reading)
    elif form == "csv":
        yield from delimited(stream, reading)
    elif form == "warc":
        yield from web_archive(stream, reading)
    elif form in ("parquet", "arrow"):
        yield from columnar(stream, reading, form == "parquet")
    elif form in ("feed", "sitemap"):
        data = whole(stream, reading.bounds.document)
        yield from [(0, too_large(reading.bounds.document, "cut it into several"))] if data is None else _listed(data, form, reading)
    elif form == "json":
        data = whole(stream, reading.bounds.document)
        yield from [(0, too_large(reading.bounds.document, "JSON lines may be any number"))] if data is None else _document(data, reading)
    else:
        data = whole(stream, reading.bounds.record)
        yield 0, too_large(reading.bounds.record, "one file is one article") if data is None else _text(data, form, reading, about)


def _listed(data: bytes, form: Form, reading: Reading) -> Values:
    from copydesk.shared.inputs.feeds import feed  # with parsers that other files do not need
    from copydesk.shared.inputs.listings import listing

    return feed(data, reading) if form == "feed" else listing(data, reading)


def _text(data: bytes, form: Form, reading: Reading, about: Mapping[str, Any]) -> bytes | Rejected:
    if form == "mail":
        return message(data, reading, about)
    return orjson.dumps(_with_source({**_record(data, form, reading, about), **about}, reading))


def _lines(stream: IO[bytes], reading: Reading) -> Values:
    for number, line in enumerate(bounded_lines(stream, reading.bounds.record), 1):
        if line is None:
            yield number, too_large(reading.bounds.record, "one line is one record")
            continue
        value = line.strip(b"\xef\xbb\xbf \t\r\n") if number == 1 else line.strip()
        if value:
            yield number, _sourced(value, reading)


def _document(data: bytes, reading: Reading) -> Values:
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


def _record(data: bytes, form: Form, reading: Reading, about: Mapping[str, Any]) -> dict[str, Any]:
    if reading.shape == "content":
        return {**content_of(data), "content_type": "text/html" if form == "html" else "text/plain"}
    if form == "html":
        raise _no_body(about)
    try:
        return {"body": data.decode()}
    except UnicodeDecodeError as error:
        raise CopydeskError(f"{_named(about)}: a body has to be UTF-8 ({error})", "convert it, or let the stages begin with clean") from error


def _no_body(about: Mapping[str, Any]) -> CopydeskError:
    return CopydeskError(f"{_named(about)}: a page has no clean body yet", "let the stages begin with clean")


def _named(about: Mapping[str, Any]) -> str:
    return str(about.get("origin") or about.get("url"))
