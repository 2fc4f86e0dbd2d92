"""copydesk rewind"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.shared.kafka import Since

TWICE = {"sink-jsonl": "lines are written", "sink-webhook": "requests are sent", "sink-mirror": "records are written"}  # what such a sink does again


def rewind(
    sink: Annotated[str, typer.Argument(help="A sink by the name of its service, as sink or sink-postgres.", show_default=False)],
    since: Annotated[str | None, since_option.since("From what was written since 15m, 2h, 3d ago, or ISO 8601; otherwise all that is kept.")] = None,
) -> None:
    """Let a sink read its topics again: its file or database was lost, or a backup is in its place. What is there already does not change.

    The sink stands still meanwhile, nothing else does. What copydesk up runs here is stopped and started by this command; of replicas
    elsewhere it says when to, and waits.
    """
    import asyncio

    from copydesk.services.console.printing.words import counted
    from copydesk.services.console.replaying.rewind import SINKS
    from copydesk.services.console.replaying.rewind import rewind as work
    from copydesk.services.console.running import instance
    from copydesk.services.console.running.machine import Local
    from copydesk.services.console.running.running_commands import say_steps
    from copydesk.shared.subscribing.points_in_time import point_in_time

    if sink not in SINKS:
        raise typer.BadParameter(f"there is no sink {sink}: name one of {', '.join(SINKS)}", param_hint="SINK")
    if sink in TWICE:
        typer.echo(f"warning: {TWICE[sink]} a second time", err=True)
    moment: Since = "beginning" if since is None else point_in_time(since)
    count = asyncio.run(work(Local(instance.settings()), sink, moment, say_steps()))
    typer.echo(f"{sink} reads {counted(count, 'record')} again")
