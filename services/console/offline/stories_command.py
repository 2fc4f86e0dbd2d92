"""copydesk stories"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.offline.inputs_options import ColumnsOption, FormOption, InputsArgument, named_files, reading
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from copydesk.services.console.offline.account import Recorder
    from copydesk.shared.inputs import Item
    from copydesk.shared.records.plain import JsonObject


def stories(
    inputs: InputsArgument = None,
    from_sink: Annotated[bool, typer.Option("--from-sink", help="Stories that the service has told, from the sink's SQLite file.")] = False,
    show: Annotated[str | None, typer.Option(help="One story, its timeline and reasons: its id, or an article's.", show_default=False)] = None,
    least: Annotated[int, typer.Option(min=1, help="Fewest articles that a story has to have.")] = 2,
    clean: Annotated[bool, typer.Option("--clean/--no-clean", help="Clean and find copies first, or take records that have a body.")] = True,
    tag: Annotated[bool, typer.Option("--tag/--no-tag", help="Name people and places too; takes several times as long.")] = False,
    form: FormOption = "auto",
    columns: ColumnsOption = None,
    layout: Format = "pretty",
) -> None:
    """Find stories among articles: what tells of one event, across outlets and wordings, and why."""
    from copydesk.services.console.offline.account import Recorder
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.services.stories.offline import stories_of_records
    from copydesk.services.stories.settings import StoriesSettings
    from copydesk.shared.inputs import read, total_bytes
    from copydesk.shared.settings import Settings, load

    if from_sink:
        found = _from_sink(show, least)
        _print(_chosen(found, show, least), sum(len(story["articles"]) for story in found), show is not None, layout)
        return
    files = named_files(inputs)
    with ProgressBar("reading", total_bytes(files)) as progress:
        recorder = Recorder(progress.say, load(Settings).raw_limit, reached=progress.reached)
        found = stories_of_records(_records(read(files, reading(form, columns=columns)), clean, tag, recorder), load(StoriesSettings))
    articles = sum(len(story["articles"]) for story in found)
    _print(_chosen(found, show, least), articles, show is not None, layout)
    if recorder.account.refused:
        raise typer.Exit(exits.REFUSED)


def _from_sink(show: str | None, least: int) -> Sequence[JsonObject]:
    from copydesk.services.console.archive.stories import told_in
    from copydesk.services.sink.settings import SinkSettings
    from copydesk.shared.settings import load
    from copydesk.shared.stories.summary import summaries

    return summaries(told_in(load(SinkSettings).database, show, least))


def _records(items: Iterable[Item], clean: bool, tag: bool, recorder: Recorder) -> Iterable[JsonObject]:
    """Raises CopydeskError where a record that is taken as it is has no body."""
    import asyncio

    from copydesk.services.console.offline import stages
    from copydesk.services.console.offline import stories as work
    from copydesk.shared.errors import CopydeskError

    if clean:
        with stages.opened_stages(["clean", "dedup", *(["tag"] if tag else [])]) as opened:
            return asyncio.run(work.through_stages(opened, items, recorder))
    try:
        return list(work.as_given(items))
    except ValueError as error:
        raise CopydeskError(str(error), "give records that `copydesk enrich` wrote, or leave out --no-clean") from error


def _chosen(found: Sequence[JsonObject], show: str | None, least: int) -> Sequence[JsonObject]:
    """Raises CopydeskError where the story to show is not there."""
    from copydesk.shared.errors import CopydeskError

    if show is None:
        return [story for story in found if len(story["articles"]) >= least]
    for story in found:
        if any(article["article_id"] == show for article in story["articles"]):
            return [story]
    raise CopydeskError(f"no story and no article has the id {show}", "see the ids with: copydesk stories --least 1")


def _print(chosen: Sequence[JsonObject], articles: int, one: bool, layout: Format) -> None:
    import orjson

    from copydesk.services.console.offline import stories as work
    from copydesk.services.console.printing import terminal
    from copydesk.shared.printable import json_line

    if layout == "jsonl":
        for story in chosen:
            typer.echo(json_line(orjson.dumps(story)))
    elif one:
        terminal.console().print(work.whole(chosen[0]))
    else:
        terminal.console().print(work.overview(chosen), work.summary(chosen, articles), sep="")
