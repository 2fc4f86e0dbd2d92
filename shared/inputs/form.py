"""What form a file has: by its first bytes, then by its name."""

from __future__ import annotations

import csv
import re
from itertools import islice
from pathlib import Path
from typing import IO

import orjson

from copydesk.shared.inputs.foreign import foreign
from copydesk.shared.inputs.items import UNSUPPORTED, Form
from copydesk.shared.inputs.names import form_of
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE, STDIN

BLANK = b"\xef\xbb\xbf \t\r\n"
PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
DELIMITERS = ",\t;|"
LINES = 6  # that are looked at
TABLE_ENDINGS = (".csv", ".tsv")
COLUMNS = frozenset({
    "id", "content", "text", "body", "article", "title", "headline", "url", "link", "author", "authors", "date", "published",
    "published_at", "publish_date", "publication", "source", "language",
})  # fmt: skip
NAME = 40  # characters of a column's name
LISTED = re.compile(rb"\[\s*\{")


def recognised(stream: IO[bytes], name: str) -> Form | Rejected:
    """The form of a stream that stands at its beginning, which it keeps. Rejected says what it is that is not read, and what to do."""
    head = stream.peek(PIECE)[:PIECE]  # type: ignore[attr-defined]
    named = None if name == STDIN else form_of(Path(name))
    return foreign(head) or _table(head, name, named) or _by_lines(head, named) or named or _sniffed(head.lstrip(BLANK))


def _sniffed(head: bytes) -> Form:
    if head.startswith(b"{"):
        return "jsonl" if _is_object(_first_lines(head)[0]) or b"\n" not in head or b"\n{" in head else "json"
    if LISTED.match(head):
        return "json"
    return "html" if head[:14].lower().startswith(PAGE) else "text"


def _by_lines(head: bytes, named: Form | None) -> Form | None:
    """JSON lines under another name: two objects, each on a line of its own."""
    first = _first_lines(head)
    return "jsonl" if named in ("text", "html") and len(first) > 1 and all(_is_object(line) for line in first[:2]) else None


def _first_lines(head: bytes) -> list[bytes]:
    """Whole lines that are not empty; what the head cuts off is left out, unless it is all there is."""
    lines = [line.strip(BLANK) for line in head.split(b"\n")]
    whole = lines[:-1] if len(head) >= PIECE and len(lines) > 1 else lines
    return [line for line in whole if line][:LINES] or [b""]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _table(head: bytes, name: str, named: Form | None) -> Rejected | None:
    """A table by its name, or by a first row that names columns of articles above rows that have as many cells."""
    if named in ("html", "jsonl", "json"):
        return None
    ending = next((suffix for suffix in reversed(Path(name).suffixes) if suffix.lower() in TABLE_ENDINGS), None)
    if ending is None and not _has_columns(head):
        return None
    return Rejected(UNSUPPORTED, f"it is a table ({(ending or '.csv')[1:].upper()}): turn its rows into JSON lines, one object a line, with content")


def _has_columns(head: bytes) -> bool:
    """`id,title,content\\n1,"Rain, again",…` → True; prose with commas → False."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    return any(_is_table(_rows(text, delimiter)) for delimiter in DELIMITERS)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), LINES))
    except csv.Error:
        return []


def _is_table(rows: list[list[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[1]) != len(rows[0]):
        return False
    return sum(cell.strip().lower().replace(" ", "_") in COLUMNS for cell in rows[0]) > 1 and all(len(cell) < NAME for cell in rows[0])
