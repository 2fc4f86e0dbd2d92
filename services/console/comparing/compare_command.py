"""copydesk compare"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from copydesk.services.console import exits
from copydesk.services.console.replaying.options import STAGE, OfSourceOption, WhereOption, WrittenUntilOption, asked_for
from copydesk.services.console.topics import since_option
from copydesk.services.console.topics.subscribe_command import Format

if TYPE_CHECKING:
    from copydesk.services.console.comparing.comparison import Comparison
    from copydesk.services.console.replaying.stretch import LogRequest


def compare(
    old: Annotated[str | None, typer.Argument(help="JSON lines that the old version wrote.", show_default=False)] = None,
    new: Annotated[str | None, typer.Argument(help="JSON lines that the new version wrote, of the same articles.", show_default=False)] = None,
    stage: Annotated[str | None, STAGE] = None,
    since: Annotated[str | None, since_option.since("With --stage: records that were written for it since 15m, 2h, 3d ago, or ISO 8601.")] = None,
    until: WrittenUntilOption = None,
    source: OfSourceOption = None,
    where: WhereOption = None,
    limit: Annotated[int, typer.Option(min=1, help="With --stage: the first so many articles.")] = 1_000,
    examples: Annotated[int, typer.Option(min=0, help="Show so many articles of each kind of change.")] = 5,
    form: Format = "pretty",
) -> None:
    """Show what two versions of a stage make of the same articles, before one takes the place of the other: texts, entities, quotes, verdicts.

    Either two files that copydesk enrich wrote, or, with --stage, what the services wrote to Kafka beside what the version that is installed here
    makes of the same records now; nothing is written. Exit code 4 says that something differs.
    """
    from copydesk.services.console.comparing import printed
    from copydesk.services.console.comparing.comparison import Comparison
    from copydesk.services.console.printing import terminal
    from copydesk.shared.printable import json_line

    if (stage is None) == (old is None or new is None):
        raise typer.BadParameter("name two files, or a stage of Kafka with --stage and --since")
    if stage is not None and since is None:
        raise typer.BadParameter("say from when on, as --since 1h", param_hint="--since")
    comparison = Comparison(examples)
    if stage is not None:
        _log(comparison, asked_for(stage, since or "", until, source, where), limit)
    else:
        _files(comparison, old or "", new or "")
    if form == "jsonl":
        typer.echo(json_line(orjson.dumps(comparison.as_json())))
    else:
        terminal.console().print(printed.picture(comparison), soft_wrap=True)
    typer.echo(printed.summary(comparison), err=True)
    if comparison.differs:
        raise typer.Exit(exits.DIFFERENT)


def _files(comparison: Comparison, old: str, new: str) -> None:
    from copydesk.services.console.comparing.files import pairs

    for article_id, was, now in pairs(old, new):
        comparison.take(article_id, was, now)


def _log(comparison: Comparison, asked: LogRequest, limit: int) -> None:
    import asyncio

    from copydesk.services.console.comparing.from_log import compare_with_log
    from copydesk.services.console.running import instance

    left_out = asyncio.run(compare_with_log(asked, instance.settings(), limit, comparison))
    if left_out:
        typer.echo(f"{left_out:,} records are left out: the services have not come to them yet", err=True)
