"""copydesk common"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console.learned import from_topics
from copydesk.services.console.offline.inputs_options import FormOption, named_files, reading
from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(
    name="common", no_args_is_help=True, help="Text that many articles share without being copies: learned, shown, published to the deduplicators."
)

ArticlesArgument = Annotated[
    list[str] | None, typer.Argument(help="Files or folders of articles; without them, articles.cleaned is read.", show_default=False)
]
CommonTextFile = Annotated[Path | None, typer.Option("--file", help="Show a file that `learn` wrote, not the topic.", show_default=False)]


@app.command()
def learn(
    inputs: ArticlesArgument = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write (COPYDESK_DEDUP_COMMON reads it).", show_default=False)] = None,
    publish: Annotated[bool, typer.Option("--publish", help="Put the result onto dedup.common: running deduplicators take it over.")] = False,
    since: Annotated[str | None, since_option.since("Read the log only from 2h, 3d ago, or ISO 8601.")] = None,
    least: Annotated[int, typer.Option(min=2, help="Articles that have to share a phrase, at least.")] = 10,
    clean: Annotated[bool, typer.Option("--clean/--no-clean", help="Take page furniture away first, or learn from the texts as they are.")] = True,
    form: FormOption = "auto",
) -> None:
    """Find legal notes, sign-offs and columns: phrases of many articles that share little else. What comes with the program stays among them.

    Without --output or --publish, they are only shown.
    """
    import asyncio
    from datetime import UTC, datetime

    from copydesk.services.console.learned import common_text as work
    from copydesk.services.console.printing import terminal
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.services.deduplicator.sketch.common_text import shipped_common_text, union
    from copydesk.services.deduplicator.sketch.learning import CommonTextLearner, LearningRule
    from copydesk.services.deduplicator.sketch.sampling import sketch_rule
    from copydesk.shared.records.base import timestamp
    from copydesk.shared.settings import load

    rule = sketch_rule(load(DeduplicatorSettings))
    learner = CommonTextLearner(rule, LearningRule(least=least))
    if inputs:
        work.from_bodies(_bodies(inputs, clean, form), learner)
    else:
        asyncio.run(from_topics.learned(since, lambda read, start, reached: work.learn_from_cleaned(read, start, learner, reached)))
    learned = learner.common(timestamp(datetime.now(UTC)))
    whole = union(learned, shipped_common_text(rule), rule)
    if output is not None:
        work.write_common_text(whole, rule, output)
    if publish:
        asyncio.run(from_topics.sent(lambda sender: work.publish_common_text(whole, rule, sender)))
    terminal.console().print(work.common_text_to_print(learned, learner.examples(learned)))
    typer.echo(
        f"{len(learned.hashes):,} shingles of common text in {learner.articles:,} articles; version {whole.version} with the shipped ones", err=True
    )


def _bodies(inputs: list[str], clean: bool, form: FormOption) -> Iterator[str]:
    from copydesk.services.console.offline.account import Recorder
    from copydesk.services.console.offline.duplicates_command import given_texts
    from copydesk.services.console.printing.progress import ProgressBar
    from copydesk.shared.inputs import read, total_bytes
    from copydesk.shared.settings import Settings, load

    files = named_files(inputs)
    items = read(files, reading(form))
    with ProgressBar("learning", total_bytes(files)) as progress:
        recorder = Recorder(progress.say, load(Settings).raw_limit)
        texts = given_texts(items, clean, recorder)
    return (text.body for text in texts)


@app.command()
def show(file: CommonTextFile = None) -> None:
    """Show how much is published, and the version that records name."""
    import asyncio

    from copydesk.services.console.learned import common_text as work
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.running import instance
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.services.deduplicator.sketch.common_text import from_record, read_file
    from copydesk.services.deduplicator.sketch.sampling import sketch_rule
    from copydesk.shared.kafka import consume
    from copydesk.shared.settings import load

    rule = sketch_rule(load(DeduplicatorSettings))
    reading = partial(consume, instance.settings())
    found = from_record(read_file(file), rule) if file is not None else asyncio.run(work.published_common_text(reading, rule))
    terminal.console().print(work.common_text_to_print(found, []))


@app.command()
def forget() -> None:
    """Withdraw what is published: deduplicators go back to the common text that comes with the program."""
    import asyncio

    from copydesk.services.console.learned import common_text as work
    from copydesk.services.deduplicator.settings import DeduplicatorSettings
    from copydesk.services.deduplicator.sketch.sampling import sketch_rule
    from copydesk.shared.settings import load

    rule = sketch_rule(load(DeduplicatorSettings))
    asyncio.run(from_topics.sent(lambda sender: work.withdraw_common_text(rule, sender)))
