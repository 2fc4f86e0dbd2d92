"""copydesk sources"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console.learned import from_topics
from copydesk.services.console.offline.inputs_options import FormOption, SourceOption, named_files, reading
from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.services.cleaner.sources import Furniture, Learner

app = typer.Typer(name="sources", no_args_is_help=True, help="Lines that a source repeats: learned, shown, published to the cleaners.")

RawRecordsArgument = Annotated[
    list[str] | None, typer.Argument(help="Files or folders of raw records; without them, articles.raw is read.", show_default=False)
]
SourcesArgument = Annotated[list[str], typer.Argument(help="Sources, as `show` prints them.", show_default=False)]
FurnitureFile = Annotated[Path | None, typer.Option("--file", help="Show a file that `learn` wrote, not the topic.", show_default=False)]


@app.command()
def learn(
    inputs: RawRecordsArgument = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write (COPYDESK_FURNITURE reads it).", show_default=False)] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Put the result onto sources.furniture: running cleaners take it over.")] = False,
    since: Annotated[str | None, since_option.since("Read the log only from 2h, 3d ago, or ISO 8601.")] = None,
    min_documents: Annotated[int, typer.Option(min=2, help="Articles of its source that a line has to stand on, at least.")] = 8,
    source: SourceOption = None,
    form: FormOption = "auto",
) -> None:
    """Find the lines that recur over many articles of one source. Without --output or --publish, they are only shown."""
    import asyncio

    from copydesk.services.cleaner.sources import Evidence, Learner, write_furniture
    from copydesk.services.console.learned import sources as work
    from copydesk.services.console.printing import terminal

    learner = Learner(Evidence(min_documents=min_documents))
    if inputs:
        furniture = _from_files(learner, inputs, source, form)
    else:
        furniture = asyncio.run(from_topics.learned(since, lambda read, start, reached: work.learn_from_raw(read, start, learner, reached)))
    if output is not None:
        write_furniture(furniture, output)
    if publish:
        asyncio.run(from_topics.sent(lambda sender: work.publish_furniture(furniture, sender)))
    if output is None and not publish:
        terminal.console().print(work.furniture_to_print(furniture))
    lines = sum(len(one.lines) for one in furniture)
    skipped = f"; {learner.skipped:,} records taught nothing (seen before, or without source or text)" if learner.skipped else ""
    typer.echo(f"{lines:,} lines of {len(furniture):,} sources{skipped}", err=True)


def _from_files(learner: Learner, inputs: list[str], source: str | None, form: FormOption) -> Furniture:
    from copydesk.services.console.learned import sources as work
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.shared.inputs import read, total_bytes

    files = named_files(inputs)
    with ProgressBar("learning", total_bytes(files)) as progress:
        items = read(files, reading(form, source))
        return work.from_items(items, learner, lambda consumed, number: progress.reached(consumed, number, 0))


@app.command()
def show(file: FurnitureFile = None) -> None:
    """Show what is published, by source, with the version that records name."""
    import asyncio

    from copydesk.services.cleaner.sources import read_furniture
    from copydesk.services.console.learned import sources as work
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.running import instance
    from copydesk.shared.kafka import consume

    furniture = read_furniture(file) if file is not None else asyncio.run(work.published_furniture(partial(consume, instance.settings())))
    terminal.console().print(work.furniture_to_print(furniture))


@app.command()
def forget(names: SourcesArgument) -> None:
    """Withdraw what is published of a source."""
    import asyncio

    from copydesk.services.console.learned import sources as work

    asyncio.run(from_topics.sent(lambda sender: work.withdraw_furniture(names, sender)))
