"""copydesk enrich"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from copydesk.services.console import exits

Inputs = Annotated[
    list[str] | None, typer.Argument(help="Files (.txt, .html, .jsonl, .json, also packed), folders, or - for standard input.", show_default=False)
]
Source = Annotated[str | None, typer.Option(help="Source of records that name none.", show_default=False)]
As = Annotated[
    Literal["auto", "text", "html", "jsonl"],
    typer.Option("--as", help="Form of the inputs; by default from the ending of the name or the first bytes."),
]


def given(inputs: list[str] | None) -> list[str]:
    """The inputs, or standard input where something is piped in. Raises typer.BadParameter where a person would wait for nothing."""
    if not inputs and sys.stdin.isatty():
        raise typer.BadParameter("name files or folders, or pipe something in (- reads what is typed)", param_hint="INPUTS")
    return inputs or ["-"]


def enrich(
    inputs: Inputs = None,
    stages: Annotated[str, typer.Option(help="Stages to run, in this order.")] = "clean,dedup,tag",
    output: Annotated[str, typer.Option("--output", "-o", help="File for the records, one JSON object a line; - is standard output.")] = "-",
    rejected: Annotated[Path | None, typer.Option(help="File for refused records: dead letters with the original bytes.", show_default=False)] = None,
    source: Source = None,
    form: As = "auto",
    layout: Annotated[Literal["jsonl", "pretty"], typer.Option("--format", help="For a program or for a person.")] = "jsonl",
    workers: Annotated[int, typer.Option(min=0, help="Processes for each stage; 0 takes one for each core.")] = 0,
) -> None:
    """Run the stages here, without Kafka: articles in, JSON lines out, in the order of the input.

    Where the first stage is a later one, records need only what it reads: dedup article_id, body and ingested_at; tag body.
    With dedup, records are written when all input is read, since a later article may change a verdict.
    """
    import asyncio

    from copydesk.services.console import enrich as work
    from copydesk.services.console import stages as known
    from copydesk.services.console.progress import Progress
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.inputs import Reading, expand, read, total_bytes
    from copydesk.shared.settings import Settings, load

    files = expand(given(inputs))
    if output != "-" and any(Path(output).resolve() == Path(file).resolve() for file in files):
        raise CopydeskError(f"{output} is an input and would be overwritten", "name another --output")
    try:
        names = known.parse(stages)
    except CopydeskError as error:
        raise typer.BadParameter(str(error), param_hint="--stages") from error
    reading = Reading(None if form == "auto" else form, source, "content" if names[0] == "clean" else "body")
    processes = workers or known.cores()
    with known.opened(names, processes) as opened, Progress("enriching", total_bytes(files)) as progress:
        targets = work.Targets(output, rejected, layout == "pretty")
        account = asyncio.run(work.enrich(opened, read(files, reading), targets, progress, load(Settings).raw_limit))
    if account.refused:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in account.refusals.most_common())
        typer.echo(f"{account.written:,} written, {account.refused:,} refused ({reasons})", err=True)
        raise typer.Exit(exits.REFUSED)
