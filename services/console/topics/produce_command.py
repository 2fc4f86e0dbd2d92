"""copydesk produce"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.offline.inputs_options import (
    ColumnsOption,
    FormOption,
    InputsArgument,
    SinceOption,
    SourceOption,
    UntilOption,
    given,
    reading,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.shared.inputs import Reading


def produce(
    inputs: InputsArgument = None,
    source: SourceOption = None,
    form: FormOption = "auto",
    columns: ColumnsOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the last run stopped: no file that is as it was is sent again.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Send at most so many records.", show_default=False)] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, help="Send at most so many records a second.", show_default=False)] = None,
    max_lag: Annotated[
        int | None, typer.Option(min=1, help="Wait while any service has more records than this to process.", show_default=False)
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Watch folders for new files, sent once they are whole, until Ctrl-C.")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show the first records as they would be sent (3, or --limit), and send nothing.")] = False,
) -> None:
    """Put articles onto articles.raw, each delivery acknowledged. What is too large or invalid is refused and named.

    How far it came with each file is remembered as soon as the brokers have confirmed it, so that nothing is lost to Ctrl-C or kill -9:
    --resume goes on there. What is sent twice changes nothing. Addresses in sitemaps go onto articles.urls, for the fetcher.
    """
    import asyncio
    from dataclasses import replace

    from copydesk.services.console.running import instance
    from copydesk.services.console.topics.produce import Manner, Sending
    from copydesk.services.console.topics.produce import produce as work

    how, names = replace(reading(form, source, columns, since=since, until=until), addresses=True), given(inputs)
    if dry:
        _show(names, how, limit)
        return
    if "-" in names and (resume or follow):
        raise typer.BadParameter("standard input cannot be read again: name files or folders", param_hint="--follow" if follow else "--resume")
    outcome = Sending()
    try:
        asyncio.run(work(names, how, instance.settings(), Manner(resume, limit, rate, max_lag, follow), outcome))
    finally:
        typer.echo(outcome.summary(), err=True)
    if outcome.tally.refusals:
        raise typer.Exit(exits.REFUSED)


def _show(inputs: Sequence[str], how: Reading, limit: int | None) -> None:
    from copydesk.services.console.running import instance
    from copydesk.services.console.topics.produce import dry_run
    from copydesk.shared.printable import json_line
    from copydesk.shared.stage import Rejected

    sent = refused = 0
    for arrival, judged in dry_run(inputs, how, instance.settings(), limit):
        if isinstance(judged, Rejected):
            refused += 1
            typer.echo(f"would be refused {arrival.name}: {judged.reason}, {judged.detail}", err=True)
        else:
            sent += 1
            typer.echo(f"{arrival.name} → {judged.topic.name}, key {judged.key}, {len(judged.value):,} bytes", err=True)
            typer.echo(json_line(judged.value))
    typer.echo(f"nothing sent: {sent:,} of these would be, {refused:,} would be refused", err=True)
    if refused:
        raise typer.Exit(exits.REFUSED)
