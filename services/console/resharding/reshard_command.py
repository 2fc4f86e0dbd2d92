"""copydesk index"""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(name="index", no_args_is_help=True, help="The index of copies.")


@app.callback()
def index() -> None:
    """The index of copies."""


@app.command("reshard")
def reshard(
    shards: Annotated[int, typer.Option(min=1, help="How many shards the index is to have.", show_default=False)],
    partly: Annotated[bool, typer.Option("--partly", help="Go on where articles.cleaned no longer has all articles of the window.")] = False,
) -> None:
    """Make the index of copies anew with another number of shards: beside the old one, from articles.cleaned, exchanged when it has caught up.

    Deduplicator and index stand still for the exchange, nothing else does. What copydesk up runs here is stopped and started by this command; of
    replicas elsewhere it says when to, and waits. Interrupted, the same command goes on. Give it the settings that the services have.
    """
    import asyncio

    from copydesk.services.console.resharding import reshard as work
    from copydesk.services.console.running import instance
    from copydesk.services.console.running.machine import Local
    from copydesk.services.console.running.running_commands import say_steps

    if not asyncio.run(work.reshard(Local(instance.settings()), shards, say_steps(), partly)):
        typer.echo(f"the index has {shards} shards already")
