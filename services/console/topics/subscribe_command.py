"""copydesk subscribe"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from copydesk.services.console import completion
from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.shared.kafka import Since
    from copydesk.shared.settings import Settings
    from copydesk.shared.subscribing.records import Wanted

Format = Annotated[Literal["pretty", "jsonl"], typer.Option("--format", help="For a person or for a program.")]


def subscribe(
    topic: Annotated[
        str,
        typer.Option(help="What to read: a topic by its last word, as enriched, corrections, deadletters or raw.", autocompletion=completion.topics),
    ] = "enriched",
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Read all that Kafka still keeps.")] = False,
    since: Annotated[str | None, since_option.since("Read from a time: 15m, 2h, 3d ago, or ISO 8601.")] = None,
    entity: Annotated[str | None, typer.Option(help="Only articles that name this: part of a name, or a link id.", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Only articles with an entity of this type, such as ORG.", show_default=False)] = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source, or from this host or domain.", show_default=False)] = None,
    language: Annotated[
        str | None, typer.Option(help="Only articles in this language, such as en.", show_default=False, autocompletion=completion.languages)
    ] = None,
    title: Annotated[str | None, typer.Option(help="Only articles with this in their title.", show_default=False)] = None,
    published_from: Annotated[str | None, typer.Option("--from", help="Only articles published on this day or later.", show_default=False)] = None,
    published_to: Annotated[str | None, typer.Option("--to", help="Only articles published on this day or before.", show_default=False)] = None,
    story: Annotated[
        str | None, typer.Option(help="Only articles of this story, once it is told that they are: its id, or an article's.", show_default=False)
    ] = None,
    salience: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only articles in which what --entity and --type name has this salience.", show_default=False)
    ] = None,
    no_duplicates: Annotated[bool, typer.Option("--no-duplicates", help="Leave out copies of earlier articles.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="End after so many records.", show_default=False)] = None,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Wait for what is to come, or end at what is there now.")] = True,
    form: Format = "pretty",
) -> None:
    """Show articles as they come out of the pipeline, from now on unless told otherwise; Ctrl-C ends it.

    Corrections are folded in: a verdict is shown as it is known. When a later fact changes that of an article already shown,
    pretty tells so in a line and jsonl gives the record again. What was taken back is not shown; what is taken back meanwhile is told
    in a line, in jsonl an object with `state`. With --story it is told, too, that an article is of another story now; --since reads what came before.
    """
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.subscribing import points_in_time
    from copydesk.shared.subscribing.filters import Filter, PublishedBetween
    from copydesk.shared.subscribing.records import TOPICS, Wanted

    if topic not in TOPICS:
        raise typer.BadParameter(f"there is no topic {topic}: name one of {', '.join(TOPICS)}", param_hint="--topic")
    if story is not None and topic != "enriched":
        raise typer.BadParameter(f"the records of {topic} have no stories: leave out --topic, or read --topic stories", param_hint="--story")
    if since and from_beginning:
        raise typer.BadParameter("say --since or --from-beginning, not both")
    try:
        published = PublishedBetween.between(published_from, published_to)
    except CopydeskError as error:
        raise typer.BadParameter(str(error), param_hint="--from, --to") from error
    start: Since = "beginning" if from_beginning else points_in_time.point_in_time(since) if since else None
    chosen = Filter(entity, kind, source, no_duplicates, language, title, published, salience)
    wanted = Wanted(TOPICS[topic], start, follow, limit, chosen, story)
    asyncio.run(_show(instance.settings(), wanted, topic, form))


async def _show(settings: Settings, wanted: Wanted, topic: str, form: str) -> None:
    from copydesk.services.console.printing import printers, terminal
    from copydesk.shared.kafka import consume
    from copydesk.shared.subscribing.records import subscribe as records

    console = terminal.console()
    if wanted.follow and console.is_terminal:
        terminal.console(stderr=True).print(f"reading {wanted.topic.name}; Ctrl-C ends it", style="dim")
    printer = printers.json_lines if form == "jsonl" else printers.printer_for(topic, console)
    retractions = printers.json_lines if form == "jsonl" else printers.retraction_lines(console)
    left = printers.json_lines if form == "jsonl" else printers.left_lines(console)
    by_kind = {"unreadable": printers.unreadable, "retraction": retractions, "left": left}
    async for seen in records(partial(consume, settings), wanted):
        by_kind.get(seen.kind, printer)(seen)
