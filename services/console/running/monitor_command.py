"""copydesk monitor"""

from __future__ import annotations

from typing import Annotated

import typer


def monitor(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port of /metrics.")] = 9_180,
    every: Annotated[float, typer.Option(min=1, help="Seconds between two looks at the brokers.")] = 15.0,
) -> None:
    """Offer to Prometheus what only the brokers know: lag and oldest age of each service, records lost unread, open dead letters."""
    import asyncio
    from functools import partial

    from copydesk.services.console.running import instance
    from copydesk.services.console.running.monitor import monitor as serve

    asyncio.run(serve(instance.settings(), host, port, every, partial(typer.echo, err=True)))
