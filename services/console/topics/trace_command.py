"""copydesk trace"""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from copydesk.services.console.topics import since_option
from copydesk.services.console.topics.subscribe_command import Format


def trace(
    article: Annotated[str, typer.Argument(help="The id of an article, or its URL.", show_default=False)],
    since: Annotated[str | None, since_option.since("Look from this time on: 15m, 2h, 3d ago, or ISO 8601; a day ago where it is not given.")] = None,
    form: Format = "pretty",
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
    if form == "jsonl":
        typer.echo(json_line(orjson.dumps(found.as_json())))
    if not found.steps:
        raise CopydeskError(f"{article}: no record of it since {found.since}", "look further back with --since 7d, or check the id or URL")
    if form == "pretty":
        for line in trace_lines(found):
            terminal.console().print(line, soft_wrap=True)
