"""Rows as a table for a person, or as CSV, JSON or Parquet for a program."""

from __future__ import annotations

import base64
import csv
import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Literal, TextIO

import orjson
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from copydesk.services.console.archive.query import QueryRows
from copydesk.shared.errors import CopydeskError
from copydesk.shared.printable import printable
from copydesk.shared.records.base import timestamp

RowsForm = Literal["table", "csv", "json", "parquet"]
SHOWN = 1_000  # rows of a table at a time
SPOOLED = 2_000  # rows of Parquet in memory
ENDINGS: dict[str, RowsForm] = {".csv": "csv", ".json": "json", ".jsonl": "json", ".parquet": "parquet"}


def plain(value: Any) -> Any:
    """A value as JSON has it: times in the one form, bytes in base64."""
    match value:
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return value


def rows_of(answered: QueryRows) -> Iterator[list[Any]]:
    for row in answered.rows:
        yield [plain(value) for value in row]


def show_table(answered: QueryRows, console: Console) -> None:
    """A thousand rows at a time, each with its head: the widths of columns are those of the rows that are at hand."""
    rows = rows_of(answered)
    first = list(islice(rows, SHOWN))
    _show_rows(answered.names, first, console)
    while following := list(islice(rows, SHOWN)):
        console.print()
        _show_rows(answered.names, following, console)


def _show_rows(names: Sequence[str], rows: Sequence[Sequence[Any]], console: Console) -> None:
    table = Table(*(Column(Text(printable(name))) for name in names), box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)


def write_csv(answered: QueryRows, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answered.names)
    for row in rows_of(answered):
        writer.writerow([_text(value) for value in row])


def write_json(answered: QueryRows, out: TextIO) -> None:
    """A line for each row."""
    for row in rows_of(answered):
        out.write(orjson.dumps(dict(zip(answered.names, row, strict=True)), default=str).decode() + "\n")


def write_parquet(answered: QueryRows, path: Path) -> None:
    """One file, with types as the rows have them, which are known at the end: until then the rows wait in a temporary file.

    Raises CopydeskError where pyarrow is missing or a column is of several types.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise CopydeskError("pyarrow, which writes Parquet, is not installed", "pip install 'copydesk[parquet]'") from error
    rows = rows_of(answered)
    with TemporaryFile() as spool:
        try:
            schema = _spooled(answered.names, list(islice(rows, SPOOLED)), spool)
            while following := list(islice(rows, SPOOLED)):
                found = _spooled(answered.names, following, spool)
                schema = pa.unify_schemas([schema, found], promote_options="permissive")
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
            raise CopydeskError(f"a column holds values of several types: {error}", "CAST it in the query, or write CSV") from error
        end = spool.tell()
        spool.seek(0)
        with pq.ParquetWriter(path, schema) as out:
            while spool.tell() < end:
                out.write_table(pa.ipc.open_stream(spool).read_all().cast(schema))


def _spooled(names: Sequence[str], rows: Sequence[Sequence[Any]], spool: IO[bytes]) -> Any:
    """Append rows to the file, as a stream of Arrow of their own; its schema."""
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    table = pa.table([pa.array([_text(value) if isinstance(value, dict) else value for value in column]) for column in columns], names=list(names))
    with pa.ipc.new_stream(spool, table.schema) as out:
        out.write_table(table)
    return table.schema


WRITERS: dict[str, Callable[[QueryRows, TextIO], None]] = {"csv": write_csv, "json": write_json}


def _text(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return "" if value is None else value if isinstance(value, str) else orjson.dumps(value, default=str).decode()


def _cell(value: Any) -> str:
    return printable(_text(value))
