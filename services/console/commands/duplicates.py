"""copydesk duplicates"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.commands.enrich import As, Inputs, given
from copydesk.services.console.commands.subscribe import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.services.console.account import Recorder
    from copydesk.services.console.duplicates import Titled
    from copydesk.shared.inputs import Item


def duplicates(
    inputs: Inputs = None,
    clean: Annotated[bool, typer.Option("--clean/--no-clean", help="Take page furniture away first, or compare the texts as they are.")] = True,
    form: As = "auto",
    layout: Format = "pretty",
) -> None:
    """Find copies among texts: groups, with the evidence for each match. What is given first counts as the original."""
    from copydesk.services.console import duplicates as work
    from copydesk.services.console import terminal
    from copydesk.services.console.account import Recorder
    from copydesk.services.console.progress import Progress
    from copydesk.services.deduplicator.groups import groups
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.shared.inputs import Reading, expand, read, total_bytes
    from copydesk.shared.printable import json_line
    from copydesk.shared.settings import Settings, load

    files = expand(given(inputs))
    items = read(files, Reading(None if form == "auto" else form))
    with Progress("reading", total_bytes(files)) as progress:
        recorder = Recorder(progress.say, load(Settings).raw_limit)
        texts = given_texts(items, clean, recorder)
        found = groups(texts, load(DeduplicatorSettings))
    by_name = {text.name: text for text in texts}
    if layout == "jsonl":
        for group in found:
            typer.echo(json_line(work.line(group)))
    else:
        terminal.console().print(*(work.pretty(group, by_name) for group in found), work.summary(found, texts), sep="\n")
    if recorder.account.refused:
        raise typer.Exit(exits.REFUSED)


def given_texts(items: Iterable[Item], clean: bool, recorder: Recorder) -> list[Titled]:
    """What the cleaner makes of the inputs, or the texts as they are. Raises CopydeskError where one holds no text."""
    import asyncio

    from copydesk.services.console import duplicates as work
    from copydesk.services.console import stages
    from copydesk.shared.errors import CopydeskError

    if clean:
        with stages.opened(["clean"]) as (stage,):
            return asyncio.run(work.cleaned(stage, items, recorder))
    try:
        return list(work.as_given(items))
    except ValueError as error:
        raise CopydeskError(str(error), "give texts, or records with a body or content") from error
