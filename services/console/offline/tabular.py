"""Enriched records as tables in files: `x.csv` has the articles, `x-entities.csv` and so on what was found in them; Parquet likewise."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import Record
from copydesk.shared.tables import COLUMNS, ColumnType, TableRow, rows

ENDINGS = (".csv", ".parquet")
OTHER_ENDINGS = (".xlsx", ".xls", ".ods", ".tsv", ".feather", ".arrow", ".dta", ".sav")  # tables of forms that are not written
ROWS = 5_000  # of one table that are written together


class Sheet(Protocol):
    """One table that grows."""

    def add(self, row: TableRow) -> None: ...


def is_table(output: str | Path) -> bool:
    """Whether the name of an output asks for tables."""
    return Path(output).suffix.lower() in ENDINGS


def check(output: Path) -> None:
    """Raises CopydeskError where tables of this form cannot be written here: better before the work than after it."""
    if output.suffix.lower() == ".parquet":
        _arrow()


def paths(output: Path) -> list[Path]:
    """The files that hold the tables, the articles first."""
    return [output if name == "articles" else output.with_name(f"{output.stem}-{name}{output.suffix}") for name in COLUMNS]


def write(records: Iterable[Record], output: Path) -> None:
    """Write all tables of the records. Raises CopydeskError where a file cannot be written."""
    opened = _csv if output.suffix.lower() == ".csv" else _parquet
    try:
        with ExitStack() as stack:
            sheets: dict[str, Sheet] = {
                name: stack.enter_context(opened(path, COLUMNS[name])) for name, path in zip(COLUMNS, paths(output), strict=True)
            }
            for record in records:
                for name, row in rows(record):
                    sheets[name].add(row)
    except OSError as error:
        raise CopydeskError(
            f"{error.filename or output}: cannot be written ({error.strerror or error})", "check the folder and its permissions"
        ) from error


class _Csv:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, row: TableRow) -> None:
        self._writer.writerow(row.values())


@contextmanager
def _csv(path: Path, columns: dict[str, ColumnType]) -> Iterator[Sheet]:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        yield _Csv(writer)


class _Parquet:
    def __init__(self, writer: Any, schema: Any) -> None:
        self._writer, self._schema = writer, schema
        self._rows: list[TableRow] = []

    def add(self, row: TableRow) -> None:
        self._rows.append(row)
        if len(self._rows) >= ROWS:
            self.flush()

    def flush(self) -> None:
        self._writer.write_table(_arrow().Table.from_pylist(self._rows, self._schema))
        self._rows = []


@contextmanager
def _parquet(path: Path, columns: dict[str, ColumnType]) -> Iterator[Sheet]:
    arrow = _arrow()
    types = {"text": arrow.string(), "whole": arrow.int64(), "real": arrow.float64()}
    schema = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
    with import_module("pyarrow.parquet").ParquetWriter(path, schema, compression="zstd") as writer:
        sheet = _Parquet(writer, schema)
        yield sheet
        sheet.flush()


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ModuleNotFoundError as error:
        raise CopydeskError("Parquet needs pyarrow, which is not installed", "pip install 'copydesk[frames]', or name a .csv") from error
