"""copydesk trace"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from copydesk.services.console.topics import since_option
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from copydesk.shared.trace import Trace


def trace(
    article: Annotated[str, typer.Argument(help="The id of an article, or its URL.", show_default=False)],
    since: Annotated[str | None, since_option.since("Look from this time on: 15m, 2h, 3d ago, or ISO 8601; a day ago where it is not given.")] = None,
    form: Format = "pretty",
    content: Annotated[bool, typer.Option("--content", help="Print what was fetched instead, byte for byte, from articles.raw.")] = False,
) -> None:
    """Tell how far an article came: where it came from, when each stage passed it on, what changed, and where it ended or waits.

    Topics are read by their index of time and, where the article's key tells it, in one partition.
    """
    import asyncio

    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.traces import trace_lines
    from copydesk.services.console.running import instance
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.printable import json_line
    from copydesk.shared.subscribing import points_in_time
    from copydesk.shared.trace import trace as work

    found = asyncio.run(work(instance.settings(), article, points_in_time.point_in_time(since) if since else None))
    if form == "jsonl" and not content:
        typer.echo(json_line(orjson.dumps(found.as_json())))
    if not found.steps:
        raise CopydeskError(f"{article}: no record of it since {found.since}", "look further back with --since 7d, or check the id or URL")
    if content:
        typer.echo(asyncio.run(_content(found)), nl=False)
    elif form == "pretty":
        for line in trace_lines(found):
            terminal.console().print(line, soft_wrap=True)


async def _content(found: Trace) -> bytes:
    """What the article was last made of. Raises CopydeskError where it is gone, and where the article is taken back."""
    from copydesk.services.console.running import instance
    from copydesk.shared.errors import ContentGoneError, CopydeskError
    from copydesk.shared.topics import RAW
    from copydesk.shared.trace import found_at

    if any(end.state == "retracted" for end in found.ends):
        raise ContentGoneError(f"{found.asked} is taken back", "`copydesk restore` lets it in again")
    if not found.contents:
        raise CopydeskError(f"{found.asked}: no record of it since {found.since} names its content", "look further back with --since 7d")
    settings, last = instance.settings(), found.contents[-1]
    there = await found_at(settings, last.at, last.sha256) if last.at else None
    if there is None:
        raise ContentGoneError(f"{found.asked}: its content is no longer on {RAW.name}", "fetch it anew; docs/records.md says how long it stays")
    return there[1]
