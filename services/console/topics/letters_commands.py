"""copydesk deadletters"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from copydesk.services.console import completion
from copydesk.services.console.topics import since_option
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from copydesk.shared.letters import Choice

app = typer.Typer(name="deadletters", no_args_is_help=True, help="What could not be processed: why, and back onto its topic.")

LetterIds = Annotated[list[str] | None, typer.Argument(help="TOPIC/PARTITION/OFFSET, as `list` prints them.", show_default=False)]
LetterId = Annotated[str, typer.Argument(help="TOPIC/PARTITION/OFFSET, as `list` prints it.", show_default=False)]
LettersFile = Annotated[Path | None, typer.Option("--file", help="Read a file that `enrich --rejected` wrote, not the topic.", show_default=False)]
AllOption = Annotated[bool, typer.Option("--all", help="All letters that the other options leave.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Only letters that were neither replayed nor discarded.")]
StageOption = Annotated[str | None, typer.Option(help="Only letters of this stage.", show_default=False, autocompletion=completion.services)]
ReasonOption = Annotated[str | None, typer.Option(help="Only letters with this reason.", show_default=False)]
LettersSince = Annotated[str | None, since_option.since("Only letters since 15m, 2h, 3d ago, or ISO 8601.")]


def _values(file: Path | None, since: str | None = None) -> AsyncIterator[bytes]:
    from copydesk.services.console.running import instance
    from copydesk.shared import letters
    from copydesk.shared.subscribing import points_in_time

    if file is not None:
        return letters.from_file(file)
    return letters.from_topic(instance.settings(), points_in_time.point_in_time(since) if since else "beginning")


def _choice(ids: list[str] | None = None, stage: str | None = None, reason: str | None = None, unsettled: bool = False) -> Choice:
    from copydesk.shared.letters import Choice

    return Choice(frozenset(ids or ()), stage, reason, unsettled)


@app.command("list")
def list_(
    stage: StageOption = None,
    reason: ReasonOption = None,
    since: LettersSince = None,
    unsettled: OpenOption = False,
    file: LettersFile = None,
    form: Format = "pretty",
) -> None:
    """List letters, the oldest first: when, which stage, the reason, the id, what was wrong, and whether it was replayed or discarded."""
    import asyncio

    asyncio.run(_list(_values(file, since), _choice(None, stage, reason, unsettled), form))


async def _list(values: AsyncIterator[bytes], choice: Choice, form: str) -> None:
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.printers import letter_line
    from copydesk.shared import letters
    from copydesk.shared.printable import json_line
    from copydesk.shared.records.base import timestamp

    console = terminal.console()
    found = await letters.listed(values, choice)
    for one in found:
        note = {"settled": one.settled.settled, "settled_at": timestamp(one.settled.time)} if one.settled else {}
        letter = {**one.letter.model_dump(exclude={"original", "settled"}), "time": timestamp(one.letter.time), **note}
        if form == "jsonl":
            typer.echo(json_line(orjson.dumps(letter)))
        else:
            console.print(letter_line(letter), soft_wrap=True)
    if form == "pretty":
        console.print(f"{len(found) or 'no'} dead letter{'' if len(found) == 1 else 's'}", style="dim")


@app.command()
def show(
    letter: LetterId,
    file: LettersFile = None,
    original: Annotated[bool, typer.Option("--original", help="Write the original bytes and nothing else: to mend and produce them.")] = False,
) -> None:
    """Show one letter with its traceback, headers and original."""
    import asyncio

    asyncio.run(_show(letter, file, original))


async def _show(name: str, file: Path | None, original: bool) -> None:
    import sys

    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.printers import letter
    from copydesk.shared import letters

    shown = False
    async for found in letters.whole_letters(_values(file), _choice([name])):
        shown = True
        if original:
            sys.stdout.buffer.write(found.original)
            break
        terminal.console().print(letter(found))
    if not shown:
        raise _missing(name)


@app.command()
def replay(
    ids: LetterIds = None,
    everything: AllOption = False,
    stage: StageOption = None,
    reason: ReasonOption = None,
    since: LettersSince = None,
    file: LettersFile = None,
) -> None:
    """Put originals back onto the topic that they were on, once the cause is mended. Doing so twice changes nothing.

    Letters are marked as replayed; those that were replayed or discarded before are left out unless their ids are given.
    """
    import asyncio

    _require_some(ids, everything, stage, reason, since, file)
    count = asyncio.run(_replay(partial(_values, file, since), _choice(ids, stage, reason), file is None))
    if ids and count < len(set(ids)):
        raise _missing(", ".join(ids))
    typer.echo(f"{count:,} replayed", err=True)


async def _replay(values: Callable[[], AsyncIterator[bytes]], choice: Choice, mark: bool) -> int:
    from copydesk.services.console.running import instance
    from copydesk.shared import letters
    from copydesk.shared.kafka import producer

    before = frozenset() if choice.ids else await letters.settled_places(values())
    async with producer(instance.settings()) as sender:
        return await letters.replay(letters.whole_letters(values(), choice, before), sender, mark)


@app.command()
def discard(
    ids: LetterIds = None, everything: AllOption = False, stage: StageOption = None, reason: ReasonOption = None, since: LettersSince = None
) -> None:
    """Mark letters as seen and not to be replayed. They stay on the topic, and `list` shows them as discarded."""
    import asyncio

    _require_some(ids, everything, stage, reason, since, None)
    count = asyncio.run(_discard(_values(None, since), _choice(ids, stage, reason, not ids)))
    if ids and count < len(set(ids)):
        raise _missing(", ".join(ids))
    typer.echo(f"{count:,} discarded", err=True)


async def _discard(values: AsyncIterator[bytes], choice: Choice) -> int:
    from copydesk.services.console.running import instance
    from copydesk.shared import letters
    from copydesk.shared.kafka import producer

    chosen = await letters.listed(values, choice)
    async with producer(instance.settings()) as sender:
        return await letters.discard(chosen, sender)


def _require_some(
    ids: list[str] | None, everything: bool, stage: str | None, reason: str | None, since: str | None, file: Path | None
) -> None:  # fmt: skip
    if not (ids or everything or stage or reason or since or file):
        raise typer.BadParameter("name letters by their ids, by --stage, --reason or --since, or say --all")


def _missing(name: str) -> Exception:
    from copydesk.shared.errors import CopydeskError

    return CopydeskError(f"not all of these dead letters are there: {name}", "see `copydesk deadletters list`")
