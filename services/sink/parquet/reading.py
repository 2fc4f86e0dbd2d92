"""The files as tables that SQL is asked of, by DuckDB: the names are those of the SQLite file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.rows import ARTICLES, CORRECTIONS, RETRACTIONS
from copydesk.shared.archive import rows
from copydesk.shared.errors import CopydeskError

VIEWS = Path(__file__).with_name("views.sql")
FILES_OF_RETRACTIONS = "read_parquet('RETRACTIONS', hive_partitioning = true)"
EMPTY_COLUMNS = ", ".join(f'NULL::VARCHAR AS "{name}"' for name in (*rows.RETRACTION, "day"))
NO_RETRACTIONS = f"(SELECT {EMPTY_COLUMNS} WHERE false)"


def connect(url: str) -> Any:
    """A connection of DuckDB, in memory, that knows the tables and views over the files there.

    Raises CopydeskError where DuckDB is missing, or where no such files are.
    """
    try:
        import duckdb
    except ImportError as error:
        raise CopydeskError("DuckDB, which reads Parquet here, is not installed", "pip install 'copydesk[parquet]'") from error
    lake = Lake(url)
    if not lake.has(ARTICLES):
        raise CopydeskError(f"{url}: no Parquet files of Copydesk are there", "set COPYDESK_PARQUET_URL, or run sink-parquet first")
    connection = duckdb.connect()
    if not lake.is_local:
        connection.register_filesystem(lake.files)
    connection.execute(views_of(lake))
    return connection


def views_of(lake: Lake) -> str:
    """The statements that make the views, for whoever has a DuckDB of his own."""
    script = VIEWS.read_text("utf-8")
    if not lake.has(RETRACTIONS):  # of a version before there were any
        script = script.replace(FILES_OF_RETRACTIONS, NO_RETRACTIONS)
    for table, stands_for in ((ARTICLES, "'ARTICLES'"), (CORRECTIONS, "'CORRECTIONS'"), (RETRACTIONS, "'RETRACTIONS'")):
        address = lake.address(f"{table}/*/*.parquet").replace("'", "''")
        script = script.replace(stands_for, f"'{address}'")
    return script
