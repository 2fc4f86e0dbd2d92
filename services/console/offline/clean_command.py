"""copydesk clean"""

from __future__ import annotations

from typing import Annotated

import typer

from copydesk.services.console import exits
from copydesk.services.console.offline.inputs_options import ColumnsOption, FormOption, InputsArgument, SourceOption, named_files, reading


def clean(
    inputs: InputsArgument = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the whole page: furniture struck through, reasons in the margin.")] = False,
    source: SourceOption = None,
    form: FormOption = "auto",
    columns: ColumnsOption = None,
) -> None:
    """Clean pages and show the articles, or why each block was kept or removed."""
    import asyncio

    from copydesk.services.console.offline import stages
    from copydesk.services.console.offline.clean import print_cleaned as work
    from copydesk.services.console.printing import terminal
    from copydesk.shared.inputs import read
    from copydesk.shared.settings import Settings, load

    items = read(named_files(inputs), reading(form, source, columns))
    with stages.opened_stages(["clean"]) as (stage,):
        account = asyncio.run(work(stage, items, terminal.console(), explain, load(Settings).raw_limit))
    if account.refused:
        raise typer.Exit(exits.REFUSED)
