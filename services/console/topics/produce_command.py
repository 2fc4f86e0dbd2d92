"""copydesk produce"""

from __future__ import annotations

import typer

from copydesk.services.console import exits
from copydesk.services.console.offline.enrich_command import FormOption, InputsArgument, SourceOption, given


def produce(inputs: InputsArgument = None, source: SourceOption = None, form: FormOption = "auto") -> None:
    """Put articles onto articles.raw, each delivery acknowledged. What is too large or invalid is refused and named."""
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.services.console.topics.produce import produce as work
    from copydesk.shared.inputs import Reading

    reading = Reading(None if form == "auto" else form, source)
    tally = asyncio.run(work(given(inputs), reading, instance.settings()))
    refused = tally.refusals.total()
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in tally.refusals.most_common())
    typer.echo(f"{tally.sent:,} sent, {refused:,} refused" + (f" ({reasons})" if reasons else ""), err=True)
    if refused:
        raise typer.Exit(exits.REFUSED)
