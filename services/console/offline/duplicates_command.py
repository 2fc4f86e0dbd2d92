"""copydesk duplicates"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.offline.inputs_options import ColumnsOption, FormOption, InputsArgument, named_files, reading
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.services.console.offline.account import Recorder
    from copydesk.services.console.offline.duplicates import Titled
    from copydesk.shared.inputs import Item


def duplicates(
    inputs: InputsArgument = None,
    clean: Annotated[bool, typer.Option("--clean/--no-clean", help="Take page furniture away first, or compare the texts as they are.")] = True,
    form: FormOption = "auto",
    columns: ColumnsOption = None,
    layout: Format = "pretty",
) -> None:
    """Find copies among texts: groups, with the evidence for each match. What is given first counts as the original."""
    from copydesk.services.console.offline import duplicates as work
    from copydesk.services.console.offline.account import Recorder
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.services.deduplicator.groups import groups_of_copies
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.shared.inputs import read, total_bytes
    from copydesk.shared.printable import json_line
    from copydesk.shared.settings import Settings, load

    files = named_files(inputs)
    items = read(files, reading(form, columns=columns))
    with ProgressBar("reading", total_bytes(files)) as progress:
        recorder = Recorder(progress.say, load(Settings).raw_limit)
        texts = given_texts(items, clean, recorder)
        found = groups_of_copies(texts, load(DeduplicatorSettings))
    by_name = {text.name: text for text in texts}
    if layout == "jsonl":
        for group in found:
            typer.echo(json_line(work.group_line(group)))
    else:
        terminal.console().print(*(work.group_to_print(group, by_name) for group in found), work.summary(found, texts), sep="\n")
    if recorder.account.refused:
        raise typer.Exit(exits.REFUSED)


def given_texts(items: Iterable[Item], clean: bool, recorder: Recorder) -> list[Titled]:
    """What the cleaner makes of the inputs, or the texts as they are. Raises CopydeskError where one holds no text."""
    import asyncio

    from copydesk.services.console.offline import duplicates as work
    from copydesk.services.console.offline import stages
    from copydesk.shared.errors import CopydeskError

    if clean:
        with stages.opened_stages(["clean"]) as (stage,):
            return asyncio.run(work.cleaned(stage, items, recorder))
    try:
        return list(work.as_given(items))
    except ValueError as error:
        raise CopydeskError(str(error), "give texts, or records with a body or content") from error
