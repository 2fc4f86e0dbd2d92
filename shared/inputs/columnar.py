"""Parquet and Arrow (Feather) files, some rows at a time; pyarrow reads them where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import IO, Any

from copydesk.shared.inputs.items import UNSUPPORTED, Reading, Values
from copydesk.shared.inputs.rows import Columns
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import BrokenFileError, seekable

ROWS = 64


def columnar(stream: IO[bytes], reading: Reading, parquet: bool) -> Values:
    """Records of a stream, each with the number of its row, from 1 on."""
    try:
        arrow = import_module("pyarrow")
    except ModuleNotFoundError:
        yield 0, Rejected(UNSUPPORTED, "it is a Parquet or Arrow file, and pyarrow is not installed: pip install 'copydesk[frames]'")
        return
    with seekable(stream, reading.bounds) as file:
        try:
            yield from _records(_parquet(file) if parquet else _arrow(file), reading)
        except (arrow.ArrowException, ValueError) as error:
            raise BrokenFileError(f"it cannot be read as a table ({error}): fetch or write it again") from error


def _records(batches: Iterator[Any], reading: Reading) -> Values:
    number = 0
    columns = None
    for batch in batches:
        columns = columns or Columns(batch.schema.names, reading)
        if columns.missing is not None:
            yield 0, columns.missing
            return
        for row in batch.to_pylist():
            number += 1
            yield number, _record(columns, row)


def _record(columns: Columns, row: dict[str, Any]) -> bytes | Rejected:
    try:
        return columns.record(row)
    except TypeError as error:
        return Rejected("invalid_record", f"{error}: leave that column out")


def _parquet(file: IO[bytes]) -> Iterator[Any]:
    yield from import_module("pyarrow.parquet").ParquetFile(file, pre_buffer=False).iter_batches(batch_size=ROWS, use_threads=False)


def _arrow(file: IO[bytes]) -> Iterator[Any]:
    ipc = import_module("pyarrow.ipc")
    is_file = file.read(6) == b"ARROW1"
    file.seek(0)
    source = ipc.open_file(file) if is_file else ipc.open_stream(file)
    for batch in (source.get_batch(number) for number in range(source.num_record_batches)) if is_file else source:
        for start in range(0, batch.num_rows, ROWS):
            yield batch.slice(start, ROWS)
