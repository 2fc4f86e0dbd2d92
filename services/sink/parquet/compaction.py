"""Many small files of a day made few, and what came twice made one. Nothing is folded: the views find the same as before.

The new files are there before the old ones go, so whatever ends this in between leaves rows twice, which the views take once. A query that has listed
the old files may miss one at that moment and has to be asked again. A sink may erase what was taken back from the same files meanwhile: what was
said by then is left out here as well, and what is said later a sink looks for a minute later, when the new files are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

import orjson

from copydesk.services.sink.parquet.erasing import Erasing
from copydesk.services.sink.parquet.files import EMPTY, read_rows, write_rows
from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.rows import schemas
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import JsonObject


class Compacted(NamedTuple):
    """What became of a table's day."""

    table: str
    day: str
    files_before: int
    files_after: int
    rows_before: int
    rows_after: int


def compact(url: str, most_bytes: int, least_files: int = 2) -> Iterator[Compacted]:
    """Each table's day that has so many files or more, one after the other. Raises CopydeskError where no such tables are."""
    lake = Lake(url)
    if not lake.has(next(iter(schemas()))):
        raise CopydeskError(f"{url}: no Parquet files of Copydesk are there", "set COPYDESK_PARQUET_URL, or run sink-parquet first")
    erasing = Erasing(most_bytes)
    for table in schemas():
        for day, found in groupby(list(lake.names(table)), key=lambda file: file[0]):
            paths = [path for _, path, _ in found if not path.endswith(EMPTY)]
            if len(paths) >= least_files:
                yield _day(lake, erasing, table, day, paths, most_bytes)


def _day(lake: Lake, erasing: Erasing, table: str, day: str, paths: list[str], most_bytes: int) -> Compacted:
    rows = [row for path in paths for row in _rows(lake, path)]
    erasing.open(lake)
    kept = _once(erasing.without(lake, table, rows))
    write_rows(lake, table, sorted(kept, key=lambda row: (row["article_id"] or "", row.get("revision") or "")), most_bytes)
    for path in paths:
        lake.remove(path)
    after = sum(one == day for one, _, _ in lake.names(table))
    return Compacted(table, day, len(paths), after, len(rows), len(kept))


def _rows(lake: Lake, path: str) -> list[JsonObject]:
    """Those of a file; none where it was erased meanwhile: what is left of it is in another."""
    try:
        return read_rows(lake, path)
    except FileNotFoundError:
        return []


def _once(rows: Iterable[JsonObject]) -> list[JsonObject]:
    """Rows that differ at most in the time at which Kafka got them are one, at the latest of those times."""
    kept: dict[bytes, JsonObject] = {}
    for row in rows:
        key = orjson.dumps({**row, "written_ms": None}, option=orjson.OPT_SORT_KEYS)
        if key not in kept or (row.get("written_ms") or 0) > (kept[key].get("written_ms") or 0):
            kept[key] = row
    return list(kept.values())
