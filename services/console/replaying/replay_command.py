"""copydesk replay"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.replaying.options import STAGE, OfSourceOption, WhereOption, WrittenUntilOption, asked_for
from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.services.console.replaying.replay import Replayed
    from copydesk.services.console.replaying.stretch import LogRequest

SHOWN = 3  # records of a dry run


def replay(
    stage: Annotated[str, STAGE],
    since: Annotated[str, since_option.since("Records that were written for it since 15m, 2h, 3d ago, or ISO 8601.")],
    until: WrittenUntilOption = None,
    source: OfSourceOption = None,
    where: WhereOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the last run of the same words stopped.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Send at most so many records.", show_default=False)] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, help="Send at most so many records a second.", show_default=False)] = None,
    max_lag: Annotated[int, typer.Option(min=1, help="Wait while any service has more records than this to process.")] = 1_000,
    dry: Annotated[bool, typer.Option("--dry-run", help="Count what would be sent, show the first records (3, or --limit), send nothing.")] = False,
) -> None:
    """Let a stage do again what it was given: after an upgrade, or with a new model or gazetteer. Later stages and sinks follow.

    Records are put onto the stage's own topic once more, between those that come in, with a header that says where they lay. They are the
    same articles with the same times, so the new results take the place of the old ones and nothing becomes a copy of itself. What is taken
    back, or was discarded among the dead letters, stays out; a dead letter whose record goes again is marked as replayed.
    """
    import asyncio

    from copydesk.services.console.replaying.replay import Replayed, ReplayManner
    from copydesk.services.console.replaying.replay import replay as work
    from copydesk.services.console.running import instance

    asked = asked_for(stage, since, until, source, where)
    _warn_of_the_window(asked)
    outcome = Replayed()
    if dry:
        asyncio.run(_show(asked, outcome, limit or SHOWN))
        typer.echo(outcome.summary("would be sent"), err=True)
        return
    try:
        asyncio.run(work(asked, instance.settings(), ReplayManner(resume, limit, rate, max_lag), outcome))
    finally:
        typer.echo(outcome.summary(), err=True)
    if outcome.refused:
        raise typer.Exit(exits.REFUSED)


def _warn_of_the_window(asked: LogRequest) -> None:
    """What the index has forgotten is no match any more, and the new verdict would take the place of the old one."""
    from datetime import UTC, datetime, timedelta

    from copydesk.shared.settings import load
    from copydesk.shared.subscribing.points_in_time import point_in_time
    from copydesk.shared.topics import RAW
    from copydesk.shared.topology import BY_NAME

    days = load(BY_NAME["deduplicator"].settings()).dedup_window_days  # type: ignore[attr-defined]
    asks_for_copies = asked.stage == "deduplicator" or asked.topic is RAW
    if asks_for_copies and datetime.now(UTC) - point_in_time(asked.since) > timedelta(days=days, minutes=1):
        told = f"the index knows articles of {days:g} days: copies of older ones would be found unique; --since {days:g}d is safe"
        typer.echo(f"warning: {told}", err=True)


async def _show(asked: LogRequest, outcome: Replayed, shown: int) -> None:
    from copydesk.services.console.replaying.replay import dry_run
    from copydesk.services.console.running import instance
    from copydesk.shared.again import place_of
    from copydesk.shared.printable import printable
    from copydesk.shared.records.times import from_ms

    async for message in dry_run(asked, instance.settings(), outcome):
        if outcome.sent <= shown:
            when, key = from_ms(message.timestamp_ms), (message.key or b"").decode("utf-8", "replace")
            time = f"{when:%Y-%m-%d %H:%M:%S}" if when else "no time"
            typer.echo(printable(f"{place_of(message)}  {time}  {key}  {len(message.value or b''):,} bytes"))
