"""Options that take a time."""

from __future__ import annotations

from typing import Any

import typer


def checked_since(given: str | None) -> str | None:
    """A callback for such options. Raises typer.BadParameter for what is no time, or lies ahead."""
    from datetime import UTC, datetime

    from copydesk.shared.errors import CopydeskError
    from copydesk.shared.subscribing import points_in_time

    if given is None:
        return None
    try:
        moment = points_in_time.point_in_time(given)
    except CopydeskError as error:
        raise typer.BadParameter(str(error)) from error
    if moment > datetime.now(UTC):
        raise typer.BadParameter(f"{given!r} lies ahead: nothing was written since then")
    return given


def since(help_text: str) -> Any:
    """`--since`, checked."""
    return typer.Option("--since", help=help_text, show_default=False, callback=checked_since)


def until(help_text: str) -> Any:
    """`--until`, checked."""
    return typer.Option("--until", help=help_text, show_default=False, callback=checked_since)
