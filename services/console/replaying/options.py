"""Options that choose a stretch of a stage's log: the same for every command that goes over one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.services.console.topics import since_option

if TYPE_CHECKING:
    from copydesk.services.console.replaying.stretch import LogRequest

STAGE = typer.Option(help="A stage by the name of its service, as cleaner or tagger.", show_default=False)
WrittenUntilOption = Annotated[str | None, since_option.until("Only records that were written before.")]
OfSourceOption = Annotated[str | None, typer.Option(help="Only articles of this source, or from this host or domain.", show_default=False)]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(help="Only records with FIELD=TEXT, FIELD!=TEXT or FIELD~PART; may be repeated, all count.", show_default=False),
]


def asked_for(stage: str, since: str, until: str | None, source: str | None, where: Sequence[str] | None) -> LogRequest:
    """The options in one. Raises typer.BadParameter that names what is wrong."""
    from copydesk.services.console.replaying.stretch import LogRequest
    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.subscribing.conditions import condition
    from copydesk.shared.subscribing.points_in_time import point_in_time
    from copydesk.shared.topology import STAGES

    if stage not in (stages := [service.name for service in STAGES.values()]):
        raise typer.BadParameter(f"there is no stage {stage}: name one of {', '.join(stages)}", param_hint="--stage")
    if until is not None and point_in_time(until) <= point_in_time(since):
        raise typer.BadParameter(f"{until!r} is not after {since!r}", param_hint="--until")
    try:
        for text in where or ():
            condition(text)
    except CopydeskError as error:
        raise typer.BadParameter(str(error), param_hint="--where") from error
    return LogRequest(stage, since, until, source, tuple(where or ()))
