"""copydesk compact"""

from __future__ import annotations

from typing import Annotated

import typer


def compact(least: Annotated[int, typer.Option("--files", min=2, help="Days with fewer files are left as they are.")] = 2) -> None:
    """Make few files of the many that sink-parquet has written for a day, while it goes on writing."""
    from copydesk.services.sink.parquet.compaction import compact as work
    from copydesk.services.sink.parquet.settings import ParquetSettings
    from copydesk.shared.settings import load

    settings = load(ParquetSettings)
    for one in work(settings.url, settings.parquet_bytes, least):
        typer.echo(f"{one.table} {one.day}: {one.files_before} files → {one.files_after}, {one.rows_before:,} rows → {one.rows_after:,}")
