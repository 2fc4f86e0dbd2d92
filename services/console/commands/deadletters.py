"""copydesk deadletters"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console.commands.subscribe import Format

if TYPE_CHECKING:
    from copydesk.services.console.letters import Choice

app = typer.Typer(name="deadletters", no_args_is_help=True, help="What could not be processed: why, and back onto its topic.")

Ids = Annotated[list[str] | None, typer.Argument(help="TOPIC/PARTITION/OFFSET, as `list` prints them.", show_default=False)]
One = Annotated[str, typer.Argument(help="TOPIC/PARTITION/OFFSET, as `list` prints it.", show_default=False)]
File = Annotated[Path | None, typer.Option("--file", help="Read a file that `enrich --rejected` wrote, not the topic.", show_default=False)]
Stage = Annotated[str | None, typer.Option(help="Only letters of this stage.", show_default=False)]
Reason = Annotated[str | None, typer.Option(help="Only letters with this reason.", show_default=False)]
Since = Annotated[str | None, typer.Option(help="Only letters since 15m, 2h, 3d ago, or ISO 8601.", show_default=False)]


def _values(file: Path | None, since: str | None = None) -> AsyncIterator[bytes]:
    from copydesk.services.console import instance, letters, moments

    if file is not None:
        return letters.from_file(file)
    return letters.from_topic(instance.settings(), moments.parse(since) if since else "beginning")


def _choice(ids: list[str] | None = None, stage: str | None = None, reason: str | None = None) -> Choice:
    from copydesk.services.console.letters import Choice

    return Choice(frozenset(ids or ()), stage, reason)


@app.command("list")
def list_(stage: Stage = None, reason: Reason = None, since: Since = None, file: File = None, form: Format = "pretty") -> None:
    """List letters: when, which stage, the reason, the id, the article, and what was wrong."""
    import asyncio

    asyncio.run(_list(_values(file, since), _choice(None, stage, reason), form))


async def _list(values: AsyncIterator[bytes], choice: Choice, form: str) -> None:
    from copydesk.services.console import letters, terminal
    from copydesk.services.console.printing import letter_line
    from copydesk.shared.printable import json_line
    from copydesk.shared.records.common import timestamp

    console = terminal.console()
    count = 0
    async for letter in letters.first_parts(values, choice):
        count += 1
        if form == "jsonl":
            typer.echo(json_line(letter.model_dump_json(exclude={"original"}).encode()))
        else:
            console.print(letter_line({**letter.model_dump(), "time": timestamp(letter.time)}), soft_wrap=True)
    if form == "pretty":
        console.print(f"{count or 'no'} dead letter{'' if count == 1 else 's'}", style="dim")


@app.command()
def show(
    letter: One,
    file: File = None,
    original: Annotated[bool, typer.Option("--original", help="Write the original bytes and nothing else: to mend and produce them.")] = False,
) -> None:
    """Show one letter with its traceback, headers and original."""
    import asyncio

    asyncio.run(_show(letter, file, original))


async def _show(name: str, file: Path | None, original: bool) -> None:
    import sys

    from copydesk.services.console import letters, terminal
    from copydesk.services.console.printing import letter

    shown = False
    async for found in letters.whole(_values(file), _choice([name])):
        shown = True
        if original:
            sys.stdout.buffer.write(found.original)
            break
        terminal.console().print(letter(found))
    if not shown:
        raise _missing(name)


@app.command()
def replay(
    ids: Ids = None,
    everything: Annotated[bool, typer.Option("--all", help="All letters that the other options leave.")] = False,
    stage: Stage = None,
    reason: Reason = None,
    since: Since = None,
    file: File = None,
) -> None:
    """Put originals back onto the topic that they were on, once the cause is mended. Doing so twice changes nothing."""
    import asyncio

    if not (ids or everything or stage or reason):
        raise typer.BadParameter("name letters, --stage, --reason, or --all")
    count = asyncio.run(_replay(_values(file, since), _choice(ids, stage, reason)))
    if ids and count < len(set(ids)):
        raise _missing(", ".join(ids))
    typer.echo(f"{count:,} replayed", err=True)


async def _replay(values: AsyncIterator[bytes], choice: Choice) -> int:
    from copydesk.services.console import instance, letters
    from copydesk.shared.kafka import producer

    async with producer(instance.settings()) as sender:
        return await letters.replay(letters.whole(values, choice), sender)


def _missing(name: str) -> Exception:
    from copydesk.shared.errors import CopydeskError

    return CopydeskError(f"not all of these dead letters are there: {name}", "see `copydesk deadletters list`")
