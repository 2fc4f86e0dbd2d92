"""copydesk retract, copydesk restore"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from copydesk.services.console.topics.retract import Target
    from copydesk.shared.settings import Settings

T = TypeVar("T")
ArticleArgument = Annotated[str | None, typer.Argument(help="The id of an article, or its URL.", show_default=False)]
WithdrawnSource = Annotated[str | None, typer.Option(help="All articles of this source, also those that come later.", show_default=False)]


def retract(
    article: ArticleArgument = None,
    source: WithdrawnSource = None,
    reason: Annotated[str, typer.Option(help="Why, for those who ask later: it stays when the text is gone.", show_default=False)] = ...,  # type: ignore[assignment]
) -> None:
    """Take an article back: its text, entities and matches leave the sinks and the index of copies, and do not come in again.

    Its id, the time and the reason stay. Topics still have its text until their time is over (docs/retraction.md).
    """
    import asyncio

    from copydesk.services.console.printing.words import counted
    from copydesk.services.console.running import instance
    from copydesk.services.console.topics import retract as work

    settings = instance.settings()
    count = asyncio.run(_at(settings, article, source, reason, lambda target: work.retract(settings, target, reason)))
    typer.echo(f"taken back: {counted(count, 'article')}" + (f", and what comes of {source}" if source else ""), err=True)


def restore(
    article: ArticleArgument = None,
    source: WithdrawnSource = None,
    reason: Annotated[str, typer.Option(help="Why.", show_default=False)] = "",
) -> None:
    """Let in again what was taken back: what articles.raw still has of it goes through the pipeline once more."""
    import asyncio

    from copydesk.services.console.printing.words import counted
    from copydesk.services.console.running import instance
    from copydesk.services.console.topics import retract as work

    settings = instance.settings()
    count, gone = asyncio.run(_at(settings, article, source, reason, lambda target: work.restore(settings, target, reason)))
    typer.echo(f"on the way again: {counted(count, 'record')}", err=True)
    if gone:
        typer.echo(f"the text of {counted(len(gone), 'article')} is gone, to be fed again: {', '.join(sorted(gone)[:20])}", err=True)


async def _at(settings: Settings, article: str | None, source: str | None, reason: str, work: Callable[[Target], Awaitable[T]]) -> T:
    from copydesk.services.console.topics.retract import check_words, named_article, named_source
    from copydesk.services.sink.settings import SinkSettings
    from copydesk.shared.settings import load

    if (article is None) == (source is None):
        raise typer.BadParameter("name an article by its id or URL, or a source with --source")
    check_words(article, source, reason)
    database = load(SinkSettings, home=settings.home).database
    found = await (named_article(settings, article, database) if article is not None else named_source(settings, source or "", database))
    return await work(found)
