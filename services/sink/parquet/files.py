"""Rows as Parquet files: in one piece, of bounded size, a folder a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from copydesk.services.sink.parquet.lake import FIRST_DAY, Lake, new_name
from copydesk.services.sink.parquet.rows import day_of, schemas
from copydesk.shared.records.plain import JsonObject

EMPTY = f"day={FIRST_DAY}/empty.parquet"  # so that a table is there, with its columns, before anything came


def prepare(lake: Lake) -> None:
    """Make the tables that are not there."""
    for table, schema in schemas().items():
        if not lake.has(f"{table}/{EMPTY}"):
            lake.write(f"{table}/{EMPTY}", encoded(schema.empty_table()))


def read_rows(lake: Lake, path: str, columns: Sequence[str] | None = None) -> list[JsonObject]:
    """The rows of a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: Any = pq.ParquetFile(pa.BufferReader(lake.read(path))).read(columns=columns)
    rows: list[JsonObject] = found.to_pylist()
    return rows


def write_rows(lake: Lake, table: str, rows: Iterable[JsonObject], most_bytes: int) -> None:
    """Write rows, durable when this returns. Raises UnavailableError: some files may be there then, which does no harm when all come again."""
    import pyarrow as pa

    days: dict[str, list[JsonObject]] = defaultdict(list)
    for row in rows:
        days[day_of(row)].append(row)
    for day, some in sorted(days.items()):
        for part in _parts(some, most_bytes):
            lake.write(new_name(table, day), encoded(pa.Table.from_pylist(part, schema=schemas()[table])))


def encoded(table: Any) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = pa.BufferOutputStream()
    pq.write_table(table, out, compression="zstd", row_group_size=20_000)
    return out.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _parts(rows: Sequence[JsonObject], most_bytes: int) -> Iterator[list[JsonObject]]:
    part: list[JsonObject] = []
    size = 0
    for row in rows:
        weight = len(row.get("record") or row.get("value") or "") + len(row.get("body") or "")
        if part and size + weight > most_bytes:
            yield part
            part, size = [], 0
        part.append(row)
        size += weight
    if part:
        yield part
