"""CSV, TSV and their like: delimiter, quotes and charset are told from the file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO

from charset_normalizer import from_bytes

from copydesk.shared.inputs.items import Reading, Values
from copydesk.shared.inputs.rows import TEXT, Columns
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE, BrokenFileError, bounded_lines

DELIMITERS = ",\t;|"
LOOKED_AT = 6  # rows, to tell the delimiter
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LATIN = 0.5  # bytes beyond ASCII for each letter in it, at most
NAME = 40  # characters of a column's name
KNOWN = frozenset([
    "id", "content", "title", "headline", "url", "link", "author", "authors", "date", "published", "published_at", "publish_date",
    "publication", "source", "language", *TEXT,
])  # fmt: skip
ABSENT = frozenset(["", "nan", "NaN", "NaT", "NULL", "null", "None", "\\N", "#N/A", "<NA>"])  # how programs write no value into a cell
ABSENT_IN_FIELDS = frozenset(["NA", "N/A", "n/a"])  # R writes the first; elsewhere it may be Namibia
SEPARATOR = re.compile(r"sep=(.)\r?\n?")  # Excel's first line
END = "\0end\0"  # behind the last line: a quote that is not closed swallows it
UNCLOSED = Rejected("invalid_record", "a quote is not closed in it, and what follows is a part of it: close the quote")
csv.field_size_limit(64_000_000)


def is_delimited(head: bytes) -> bool:
    """`id,title,content\\n1,"Rain, again",…` → True: a first row that names columns of articles, above rows with as many cells."""
    text = _text(head)
    return any(_names_columns(_rows(text, delimiter)) for delimiter in DELIMITERS)


def _names_columns(rows: list[list[str]]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):
        return False
    return sum(name.strip().lower().replace(" ", "_") in KNOWN for name in rows[0]) > 1 and max(map(len, rows[0])) < NAME


def delimited(stream: IO[bytes], reading: Reading) -> Values:
    """Records of a stream, each with the number of its row as a spreadsheet counts; the first row has the names of the columns."""
    head = stream.peek(PIECE)[:PIECE]  # type: ignore[attr-defined]
    text, said = _text(head), SEPARATOR.match(_text(head))
    delimiter = said[1] if said else max(DELIMITERS, key=lambda one: _likely(_rows(text, one)))
    escaped = '\\"' in text and '""' not in text.replace(f'{delimiter}""', "")
    lines = islice(_lines(stream, head, reading), 1 if said else 0, None)
    rows = csv.reader(chain(lines, [END]), delimiter=delimiter, doublequote=not escaped, escapechar="\\" if escaped else None)
    charset = _charset(head)
    first = number = 2 if said else 1
    try:
        names = [str(_cell(cell, charset)).strip() for cell in next(rows, [])]
        if names == [END.strip()]:
            yield 0, Rejected("empty", "the table is empty")
            return
        columns = Columns(names, reading)
        if columns.missing is not None:
            yield 0, columns.missing
            return
        for number, row in enumerate(rows, first + 1):
            if row and row[-1].endswith(END):
                yield from [] if row == [END] else [(number, UNCLOSED)]
            elif any(row):
                yield number, _record(names, row, charset, columns)
    except csv.Error as error:
        raise BrokenFileError(f"row {number + 1} cannot be read ({error}): is a quote not closed?") from error


def _record(names: list[str], row: list[str], charset: str | None, columns: Columns) -> bytes | Rejected:
    if len(row) > len(names) or (len(row) < len(names) and "\n" in row[-1].strip()):
        return Rejected("invalid_record", f"the row has {len(row)} cells, the first row {len(names)}: quote cells that hold the delimiter or quotes")
    cells = ((name, cell) for name, cell in zip(names, row, strict=False) if not _is_absent(cell, name, columns))
    return columns.record({name: _cell(cell, charset, columns.is_content(name)) for name, cell in cells})


def _is_absent(cell: str, name: str, columns: Columns) -> bool:
    return cell in ABSENT or (cell in ABSENT_IN_FIELDS and columns.fills(name))


def _likely(rows: list[list[str]]) -> tuple[bool, int]:
    """More columns are likelier, as far as the rows agree on them."""
    width = len(rows[0]) if rows else 0
    return all(len(row) == width for row in rows[1:-1]) and width > 1, width


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LOOKED_AT))
    except csv.Error:
        return []


def _lines(stream: IO[bytes], head: bytes, reading: Reading) -> Iterator[str]:
    """Lines as texts of one byte a character, which a row's cells are decoded from; those of UTF-16 as they are."""
    if head.startswith(UTF_16):
        text = io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")
        yield from text
        text.detach()  # or it would close the stream
        return
    stream.read(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
    is_old_mac = b"\r" in head and b"\n" not in head
    for line in bounded_lines(stream, reading.bounds.record):
        if line is None:
            raise BrokenFileError(f"it has a line of more than {reading.bounds.record:,} bytes: is it a table?")
        yield from (one.decode("latin-1") for one in (line.splitlines(keepends=True) if is_old_mac else [line]))


def _text(head: bytes) -> str:
    if head.startswith(UTF_16):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8-sig", "replace")


def _charset(head: bytes) -> str | None:
    """What the cells are in that are not UTF-8; None where lines are decoded already (UTF-16).

    Letters beyond ASCII are few where the letters are Latin; short cells are too little to tell more.
    """
    if head.startswith(UTF_16):
        return None
    beyond = sum(byte > 0x7F for byte in head)
    letters = sum(chr(byte).isalpha() for byte in head if byte < 0x80)
    best = from_bytes(head).best() if beyond > LATIN * letters else None
    return "cp1252" if best is None or best.encoding in ("ascii", "utf_8") else best.encoding


def _cell(text: str, charset: str | None, is_content: bool = False) -> str | bytes:
    """A cell that was read as one byte a character; as bytes where the cleaner is to find its charset."""
    if text.isascii() or charset is None:
        return text
    data = text.encode("latin-1")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data if is_content else data.decode(charset, "replace")
