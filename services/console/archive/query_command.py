"""copydesk query"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from copydesk.services.console.archive.query import QueryRows

OnOption = Annotated[Literal["sqlite", "postgres", "parquet"], typer.Option("--on", help="Which archive to ask; its sink's settings say where.")]
RowsFormOption = Annotated[
    Literal["table", "csv", "json", "parquet"] | None,
    typer.Option("--format", help="How to print it; told by the ending of --output, else a table. json is a line a row.", show_default=False),
]


def query(
    sql: Annotated[str, typer.Argument(help="A SELECT; - reads it from standard input.", show_default=False)],
    on: OnOption = "sqlite",
    form: RowsFormOption = None,
    output: Annotated[Path | None, typer.Option(help="File to write it to.", show_default=False)] = None,
) -> None:
    """Ask the archive in SQL; nothing can be changed by it. docs/archive.md lists the tables, docs/questions.md has questions."""
    import sys

    from copydesk.services.console.archive import shown
    from copydesk.services.console.printing import terminal
    from copydesk.shared.errors import CopydeskError

    wanted = form or (shown.ENDINGS.get(output.suffix.lower(), "table") if output else "table")
    if wanted == "parquet" and output is None:
        raise CopydeskError("Parquet is written to a file", "name it with --output")
    asked = sys.stdin.read() if sql == "-" else sql
    if any("\ud800" <= character < "\ue000" for character in asked):  # bytes that are no UTF-8, as the command line gives them
        raise CopydeskError("the query is no text in UTF-8", "write it in UTF-8")
    for answered in _asked(on, asked):
        try:
            if wanted == "table" and output is None:
                shown.show_table(answered, terminal.console())
            elif wanted == "parquet" and output is not None:
                shown.write_parquet(answered, output)
            elif output is None:
                shown.WRITERS[wanted](answered, sys.stdout)
            else:
                with output.open("w", encoding="utf-8", newline="") as out:
                    shown.WRITERS.get(wanted, shown.write_csv)(answered, out)
        except OSError as error:
            raise CopydeskError(f"{output or 'standard output'} cannot be written: {error}", "check the folder and its permissions") from error


def _asked(on: str, sql: str) -> Iterator[QueryRows]:
    from copydesk.services.console.archive.query import ask_parquet, ask_postgres, ask_sqlite
    from copydesk.services.sink.parquet.settings import ParquetSettings
    from copydesk.services.sink.postgres.settings import PostgresSettings
    from copydesk.services.sink.settings import SinkSettings
    from copydesk.shared.settings import load

    match on:
        case "postgres":
            return ask_postgres(load(PostgresSettings).postgres_url.get_secret_value(), sql)
        case "parquet":
            return ask_parquet(load(ParquetSettings).url, sql)
        case _:
            return ask_sqlite(load(SinkSettings).database, sql)
