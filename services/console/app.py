"""The commands of `copydesk`, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from copydesk.services.console import keys_commands
from copydesk.services.console.archive.backup_command import backup
from copydesk.services.console.archive.compact_command import compact
from copydesk.services.console.archive.query_command import query
from copydesk.services.console.comparing.compare_command import compare
from copydesk.services.console.examples import show_examples
from copydesk.services.console.learned import common_text_commands, sources_commands
from copydesk.services.console.offline.clean_command import clean
from copydesk.services.console.offline.duplicates_command import duplicates
from copydesk.services.console.offline.enrich_command import enrich
from copydesk.services.console.offline.stories_command import stories
from copydesk.services.console.replaying.replay_command import replay
from copydesk.services.console.replaying.rewind_command import rewind
from copydesk.services.console.resharding import reshard_command
from copydesk.services.console.running import running_commands
from copydesk.services.console.running.monitor_command import monitor
from copydesk.services.console.topics import feeds_commands, letters_commands
from copydesk.services.console.topics.produce_command import produce
from copydesk.services.console.topics.retract_command import restore, retract
from copydesk.services.console.topics.subscribe_command import subscribe
from copydesk.services.console.topics.trace_command import trace

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

    Exit codes: 0 all is well, 1 it failed, 2 wrong usage, 3 some records were refused, 4 what was compared differs, 130 interrupted.
    """


app.command()(enrich)
app.command()(clean)
app.command()(duplicates)
app.command()(stories)
app.command()(produce)
app.command()(subscribe)
app.command()(trace)
app.command()(replay)
app.command()(rewind)
app.command()(compare)
app.command()(retract)
app.command()(restore)
app.command()(query)
app.command()(backup)
app.command()(compact)
app.add_typer(letters_commands.app)
app.add_typer(feeds_commands.app)
app.add_typer(keys_commands.app)
app.add_typer(sources_commands.app)
app.add_typer(common_text_commands.app)
app.command()(running_commands.up)
app.command()(running_commands.scale)
app.command()(running_commands.down)
app.command()(running_commands.status)
app.command()(monitor)
app.command("open")(running_commands.open_page)
app.command()(running_commands.demo)
app.add_typer(running_commands.broker)
app.add_typer(running_commands.topics)
app.add_typer(reshard_command.app)
show_examples(app)
