"""copydesk replay"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.services.console.replaying.stretch import Asked

SHOWN = 3  # records of a dry run


def replay(
    stage: Annotated[str, typer.Option(help="Which stage does its records again: a service, as cleaner or tagger.", show_default=False)],
    since: Annotated[str, since_option.since("Records that were written for it since 15m, 2h, 3d ago, or ISO 8601.")],
    until: Annotated[str | None, since_option.until("Only records that were written before.")] = None,
    source: Annotated[str | None, typer.Option(help="Only articles of this source, or from this host or domain.", show_default=False)] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help="Only records with FIELD=TEXT, FIELD!=TEXT or FIELD~PART; may be repeated, all count.", show_default=False),
    ] = None,
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

    from copydesk.services.console.replaying.replay import Manner, Replayed
    from copydesk.services.console.replaying.replay import replay as work
    from copydesk.services.console.running import instance

    asked = _asked(stage, since, until, source, where or [])
    _warn_of_the_window(asked)
    outcome = Replayed()
    if dry:
        asyncio.run(_show(asked, outcome, limit or SHOWN))
        typer.echo(outcome.summary("would be sent"), err=True)
        return
    try:
        asyncio.run(work(asked, instance.settings(), Manner(resume, limit, rate, max_lag), outcome))
    finally:
        typer.echo(outcome.summary(), err=True)
    if outcome.refused:
        raise typer.Exit(exits.REFUSED)


def _asked(stage: str, since: str, until: str | None, source: str | None, where: list[str]) -> Asked:
    from copydesk.services.console.replaying.stretch import Asked
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.subscribing.conditions import condition
    from copydesk.shared.subscribing.points_in_time import point_in_time
    from copydesk.shared.topology import STAGES

    if stage not in (stages := [service.name for service in STAGES.values()]):
        raise typer.BadParameter(f"there is no stage {stage}: name one of {', '.join(stages)}", param_hint="--stage")
    if until is not None and point_in_time(until) <= point_in_time(since):
        raise typer.BadParameter(f"{until!r} is not after {since!r}", param_hint="--until")
    try:
        for text in where:
            condition(text)
    except CopydeskError as error:
        raise typer.BadParameter(str(error), param_hint="--where") from error
    return Asked(stage, since, until, source, tuple(where))


def _warn_of_the_window(asked: Asked) -> None:
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


async def _show(asked: Asked, outcome: object, shown: int) -> None:
    from copydesk.services.console.replaying.replay import Replayed, dry_run
    from copydesk.services.console.running import instance
    from copydesk.shared.again import place_of
    from copydesk.shared.printable import printable
    from copydesk.shared.records.times import from_ms

    assert isinstance(outcome, Replayed)
    async for message in dry_run(asked, instance.settings(), outcome):
        if outcome.sent <= shown:
            when, key = from_ms(message.timestamp_ms), (message.key or b"").decode("utf-8", "replace")
            typer.echo(printable(f"{place_of(message)}  {when:%Y-%m-%d %H:%M:%S}  {key}  {len(message.value or b''):,} bytes"))
