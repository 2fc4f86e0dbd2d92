"""Rows as a table for a person, or as CSV, JSON or Parquet for a program."""

from __future__ import annotations

import base64
import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TextIO

import orjson
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from copydesk.services.console.archive.query import QueryRows
from copydesk.shared.errors import CopydeskError
from copydesk.shared.printable import printable
from copydesk.shared.records.base import timestamp

RowsForm = Literal["table", "csv", "json", "parquet"]
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
    table = Table(*(Column(Text(printable(name))) for name in answered.names), box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows_of(answered):
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
    """One file, with types as the rows have them. Raises CopydeskError where pyarrow is missing or a column is of several types."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise CopydeskError("pyarrow, which writes Parquet, is not installed", "pip install 'copydesk[parquet]'") from error
    columns: list[list[Any]] = [[] for _ in answered.names]
    for row in rows_of(answered):
        for column, value in zip(columns, row, strict=True):
            column.append(_text(value) if isinstance(value, dict) else value)
    try:
        pq.write_table(pa.Table.from_arrays([pa.array(column) for column in columns], names=answered.names), path)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise CopydeskError(f"a column holds values of several types: {error}", "CAST it in the query, or write CSV") from error


WRITERS: dict[str, Callable[[QueryRows, TextIO], None]] = {"csv": write_csv, "json": write_json}


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else orjson.dumps(value, default=str).decode()


def _cell(value: Any) -> str:
    return printable(_text(value))
