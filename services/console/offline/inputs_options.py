"""Arguments and options that say what to read, and how: the same for every command."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from copydesk.shared.printable import printable

if TYPE_CHECKING:
    from copydesk.shared.inputs import Reading

InputsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files (.txt, .html, .jsonl, .csv, .parquet, .warc, .rss, .zip, …), folders, patterns as 'news/**/*.gz', or - for standard input.",
        show_default=False,
    ),
]
SourceOption = Annotated[str | None, typer.Option(help="Source of records that name none.", show_default=False)]
FormName = Literal["auto", "text", "html", "jsonl", "csv", "feed", "mail", "warc"]
FormOption = Annotated[FormName, typer.Option("--as", help="Form of the inputs; by default from the first bytes and the ending of the name.")]
ColumnsOption = Annotated[
    str | None,
    typer.Option(help="Which column of a table is which field: text=body,title=headline. Others are told by their names.", show_default=False),
]


def _time(given: str | None) -> str | None:
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.subscribing.points_in_time import point_in_time

    try:
        return given and point_in_time(given).isoformat()
    except CopydeskError as error:
        raise typer.BadParameter(str(error)) from error


SinceOption = Annotated[
    str | None, typer.Option("--since", help="Of web archives, only pages fetched since 3d ago, or ISO 8601.", show_default=False, callback=_time)
]
UntilOption = Annotated[str | None, typer.Option("--until", help="Of web archives, only pages fetched before.", show_default=False, callback=_time)]


def say(line: str) -> None:
    """One line on standard error."""
    typer.echo(printable(line), err=True)


def given(inputs: list[str] | None) -> list[str]:
    """The inputs, or standard input where something is piped in. Raises typer.BadParameter where a person would wait for nothing."""
    if not inputs and sys.stdin.isatty():
        raise typer.BadParameter("name files or folders, or pipe something in (- reads what is typed)", param_hint="INPUTS")
    return inputs or ["-"]


def named_files(inputs: list[str] | None) -> list[str]:
    """The files that they stand for. Raises CopydeskError as `expand` does."""
    from copydesk.shared.inputs import expand

    return expand(given(inputs), say)


def reading(
    form: FormName = "auto",
    source: str | None = None,
    columns: str | None = None,
    shape: Literal["content", "body"] = "content",
    since: str | None = None,
    until: str | None = None,
) -> Reading:
    """How to read, of the options as they were given. Raises typer.BadParameter for columns that are not pairs."""
    from copydesk.shared.inputs import Reading

    start, end = (None if moment is None else datetime.fromisoformat(moment) for moment in (since, until))
    return Reading(None if form == "auto" else form, source, shape, columns=_pairs(columns), since=start, until=end, tell=say)


def _pairs(columns: str | None) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in columns.split(",")] if columns else []
    if any(not field.strip() or not column.strip() for field, _, column in pairs):
        raise typer.BadParameter("say FIELD=COLUMN, with commas between them: text=body,title=headline", param_hint="--columns")
    return {field.strip(): column.strip() for field, _, column in pairs}
