"""copydesk feeds"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import orjson
import typer

from copydesk.services.console import completion
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from copydesk.shared.followed_sources import FollowedSource

app = typer.Typer(name="feeds", no_args_is_help=True, help="Feeds and sitemaps that are followed (`copydesk up --with feeder,fetcher` follows them).")


def _fetchable(given: str) -> str:
    from copydesk.shared.records.feeding import fetchable

    try:
        return fetchable(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} {error}") from error


UrlArgument = Annotated[str, typer.Argument(help="Its address, http or https.", show_default=False)]
FetchedArgument = Annotated[str, typer.Argument(help="Its address, http or https.", show_default=False, callback=_fetchable)]
SiteArgument = Annotated[str, typer.Argument(help="A page of the site.", show_default=False, callback=_fetchable)]
FileArgument = Annotated[Path, typer.Argument(help="A feeds.toml or an OPML file.", show_default=False)]
ArticlesSourceOption = Annotated[str | None, typer.Option(help="Source of its articles; their host unless given.", show_default=False)]
LanguageOption = Annotated[
    str | None, typer.Option(help="Language of its articles where it does not tell, BCP 47.", show_default=False, autocompletion=completion.languages)
]
ContentOption = Annotated[Literal["fetch", "feed"], typer.Option(help="Fetch the pages, or take the whole articles that the feed holds.")]
LeastOption = Annotated[float | None, typer.Option("--least", help="Least seconds between two looks.", show_default=False)]
MostOption = Annotated[float | None, typer.Option("--most", help="Most seconds between two looks.", show_default=False)]
PausedOption = Annotated[bool, typer.Option("--paused", help="Keep it, and do not look into it.")]


@app.command()
def add(
    url: UrlArgument,
    source: ArticlesSourceOption = None,
    language: LanguageOption = None,
    content: ContentOption = "fetch",
    least: LeastOption = None,
    most: MostOption = None,
    paused: PausedOption = False,
) -> None:
    """Follow a feed or sitemap, or change how one is followed."""
    import asyncio

    from pydantic import ValidationError

    from copydesk.services.console.running import instance
    from copydesk.shared.edge import explain
    from copydesk.shared.followed_sources import write_sources
    from copydesk.shared.kafka import producer
    from copydesk.shared.records.feeding import FeedSource

    given = {"url": url, "source": source, "language": language, "content": content, "least_interval_s": least, "most_interval_s": most}
    try:
        record = FeedSource.model_validate({**{name: value for name, value in given.items() if value is not None}, "paused": paused})
    except ValidationError as error:
        raise typer.BadParameter(explain(error)) from error

    async def write() -> None:
        async with producer(instance.settings()) as sender:
            await write_sources(sender, [record])

    asyncio.run(write())
    typer.echo(f"{record.url} is followed" if not paused else f"{record.url} is kept, and not looked into")


@app.command()
def remove(url: UrlArgument) -> None:
    """End a source, with all that is remembered of it."""
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.shared.followed_sources import end_sources
    from copydesk.shared.kafka import producer

    async def end() -> None:
        async with producer(instance.settings()) as sender:
            await end_sources(sender, [url])

    asyncio.run(end())
    typer.echo(f"{url} is followed no longer")


@app.command("import")
def import_(file: FileArgument) -> None:
    """Follow all that a file names; what it named before and names no more ends."""
    import asyncio

    from copydesk.services.console.printing.words import counted
    from copydesk.services.console.running import instance
    from copydesk.services.feeder.files import align_file
    from copydesk.shared.kafka import producer

    async def align() -> tuple[int, int]:
        settings = instance.settings()
        async with producer(settings) as sender:
            return await align_file(settings, sender, file)

    written, ended = asyncio.run(align())
    typer.echo(f"{counted(written, 'source')} written, {ended} ended")


@app.command("list")
def list_(form: Format = "pretty") -> None:
    """List what is followed: its last success, when it is due, items found, what is wrong with it."""
    import asyncio

    from copydesk.services.console.running import instance
    from copydesk.shared.followed_sources import followed

    _show(asyncio.run(followed(instance.settings())), form)


@app.command()
def check(url: FetchedArgument) -> None:
    """Look into a feed or sitemap once and show what is in it. Needs no Kafka."""
    import asyncio

    from copydesk.services.console.printing import terminal
    from copydesk.services.feeder.discovery import looked_into
    from copydesk.services.feeder.settings import FeederSettings
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.settings import load
    from copydesk.shared.web.answers import FetchError

    try:
        found = asyncio.run(looked_into(load(FeederSettings), url))
    except FetchError as error:
        raise CopydeskError(f"{url}: {error.detail} ({error.reason})", "`copydesk feeds discover` looks for those of a site") from error
    console = terminal.console()
    document = found.document
    console.print(f"a {document.kind} of {len(document.items) + len(document.maps)}", document.title or "", document.language or "", soft_wrap=True)
    for named in document.maps[:20]:
        console.print(f"{named.modified_at or '-'}  {named.url}", soft_wrap=True)
    for item in document.items[:20]:
        console.print(f"{item.published_at or '-'}  {item.title or '-'}  {item.url}", soft_wrap=True)


@app.command()
def discover(url: SiteArgument) -> None:
    """Find the feeds and sitemaps of a site, a line each, with how many items they have. Needs no Kafka."""
    import asyncio

    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.words import counted
    from copydesk.services.feeder.discovery import discovered
    from copydesk.services.feeder.settings import FeederSettings
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.settings import load
    from copydesk.shared.web.answers import FetchError

    async def find() -> int:
        count, console = 0, terminal.console()
        async for found in discovered(load(FeederSettings), url):
            count += 1
            number = len(found.document.items) + len(found.document.maps)
            console.print(f"{found.url}  {found.document.kind}, {counted(number, 'item')}  {found.document.title or ''}", soft_wrap=True)
        return count

    try:
        if not asyncio.run(find()):
            raise CopydeskError(f"{url}: no feed and no sitemap was found", "name its feed with `copydesk feeds add`, if it has one")
    except FetchError as error:
        raise CopydeskError(f"{url}: {error.detail} ({error.reason})", "give the address of a page of the site") from error


def _show(found: list[FollowedSource], form: str) -> None:
    from copydesk.services.console.printing import terminal
    from copydesk.shared.printable import json_line

    if form == "jsonl":
        for one in found:
            typer.echo(json_line(orjson.dumps({"url": one.source.url, **one.told()})))
        return
    from rich.table import Column, Table

    table = Table(*(Column(name, no_wrap=True) for name in ("source", "last success", "next due", "items", "found", "error")), box=None)
    for one in found:
        told = one.told()
        due = "paused" if one.source.paused else str(told["due_at"] or "at once")
        table.add_row(one.source.url, str(told["succeeded_at"] or "never"), due, str(told["items"]), str(told["found"]), str(told["error"]))
    console = terminal.console()
    if not console.is_terminal:
        console.width = 300
    console.print(table if found else "nothing is followed: `copydesk feeds add https://…`")
