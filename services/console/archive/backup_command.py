"""copydesk backup"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write; it is whole or not there.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of a file of that name.")] = False,
) -> None:
    """Copy the sink's SQLite file as it is at this moment, while the sink goes on writing. PostgreSQL has pg_dump for that."""
    from copydesk.services.sink.settings import SinkSettings
    from copydesk.shared.archive.sqlite.backup import back_up
    from copydesk.shared.settings import load

    count = back_up(load(SinkSettings).database, target, replace)
    typer.echo(f"{target}: {count:,} articles in their revisions")
