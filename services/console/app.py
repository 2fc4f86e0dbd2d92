"""The commands of `copydesk`, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from copydesk.services.console.commands import common, deadletters, local, sources
from copydesk.services.console.commands.clean import clean
from copydesk.services.console.commands.duplicates import duplicates
from copydesk.services.console.commands.enrich import enrich
from copydesk.services.console.commands.produce import produce
from copydesk.services.console.commands.subscribe import subscribe

app = typer.Typer(
    name="copydesk",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from copydesk.shared.release import VERSION

        typer.echo(f"copydesk {VERSION}")
        raise typer.Exit


@app.callback()
def copydesk(
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback where a command fails.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """A newsroom's copy desk as a stream processor: clean, deduplicate and tag articles, here or on Kafka.

    Exit codes: 0 all is well, 1 it failed, 2 wrong usage, 3 some records were refused, 130 interrupted.
    """


app.command()(enrich)
app.command()(clean)
app.command()(duplicates)
app.command()(produce)
app.command()(subscribe)
app.add_typer(deadletters.app)
app.add_typer(sources.app)
app.add_typer(common.app)
app.command()(local.up)
app.command()(local.scale)
app.command()(local.down)
app.command()(local.status)
app.command()(local.demo)
app.add_typer(local.broker)
app.add_typer(local.topics)
