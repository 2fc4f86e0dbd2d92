"""copydesk enrich"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from copydesk.services.console import completion, exits
from copydesk.services.console.offline.inputs_options import (
    ColumnsOption,
    FormOption,
    InputsArgument,
    SinceOption,
    SourceOption,
    UntilOption,
    named_files,
    reading,
)  # fmt: skip


def enrich(
    inputs: InputsArgument = None,
    stages: Annotated[
        str, typer.Option(help="Stages to run, in this order.", autocompletion=completion.listed(completion.stages))
    ] = "clean,dedup,tag",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File for the records, one JSON object a line, or tables (.csv, .parquet); - is standard output.")
    ] = "-",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run with the same --output ended.")] = False,
    rejected: Annotated[Path | None, typer.Option(help="File for refused records: dead letters with the original bytes.", show_default=False)] = None,
    source: SourceOption = None,
    form: FormOption = "auto",
    columns: ColumnsOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    layout: Annotated[Literal["jsonl", "pretty"], typer.Option("--format", help="For a program or for a person.")] = "jsonl",
    workers: Annotated[int, typer.Option(min=0, help="Processes for each stage; 0 takes one for each core.")] = 0,
) -> None:
    """Run the stages here, without Kafka: articles in, JSON lines out, in the order of the input.

    Where the first stage is a later one, records need only what it reads: dedup article_id, body and ingested_at; tag body.
    Into a file, records are written as they are ready, and with dedup their verdicts are completed when all input is read, since a later
    article may change one; standard output has to wait for that. Ctrl-C or a crash loses nothing of a file: --resume goes on behind it.
    An output x.csv or x.parquet has the articles, and beside it stand x-entities, x-mentions, x-quotes and x-copies.
    """
    import asyncio
    import time

    from copydesk.services.console.offline import enrich as work
    from copydesk.services.console.offline import stages as known
    from copydesk.services.console.offline.interruption import Interruption
    from copydesk.services.console.offline.outputs import Targets
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.inputs import read, total_bytes
    from copydesk.shared.settings import Settings, load

    begun = time.monotonic()
    try:
        names = known.parse_stages(stages)
    except CopydeskError as error:
        raise typer.BadParameter(str(error), param_hint="--stages") from error
    targets = Targets(output, rejected, layout)
    targets.check(resume)
    files = targets.apart(named_files(inputs), resume)
    how = reading(form, source, columns, "content" if names[0] == "clean" else "body", since, until)
    journal = targets.journal({"stages": names, "source": source, "form": form, "columns": columns, "since": since, "until": until}, files)
    if journal is not None and resume:
        journal.resume()
    interruption = Interruption(journal)
    with interruption, known.opened_stages(names, workers or known.cores()) as opened, ProgressBar("enriching", total_bytes(files)) as progress:
        raw_limit = load(Settings).raw_limit
        account = asyncio.run(work.enrich(opened, read(files, how), targets, progress, raw_limit, journal, interruption.tell))
    typer.echo(account.summary(targets.named, time.monotonic() - begun), err=True)
    if account.refused:
        raise typer.Exit(exits.REFUSED)
