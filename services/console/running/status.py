"""`copydesk status`: what runs on this machine, and how far each service is behind."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Column, Table
from rich.text import Text

from copydesk.services.console.printing.words import duration
from copydesk.services.console.running.machine import Local
from copydesk.shared.errors import CopydeskError
from copydesk.shared.lag import Behind, behind

LOOK_S = 2.0  # between the two looks that a rate is made of: offsets are committed once a second
COLUMNS = ("replica", "state", "pid", "up", "restarts", "lag", "rate", "to zero", "oldest", "health, metrics")
PIPE_WIDTH = 200  # columns, where there is no terminal to be cut by
TwoLooks = tuple[Mapping[str, Behind], Mapping[str, Behind]]


async def show_status(local: Local, console: Console, watch: bool) -> None:
    """Print it once, or again and again. Raises CopydeskError where nothing runs, or no broker answers."""
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    before = await _look(local)
    console.print(f"Kafka at {local.settings.bootstrap_servers}, everything else in {local.home}", style="dim", soft_wrap=True)
    await asyncio.sleep(LOOK_S)
    if not watch:
        console.print(picture(local.replicas(), local.is_up(), (before, await _look(local))))
        return
    with Live(console=console, auto_refresh=False) as live:
        while True:
            now = await _look(local)
            live.update(picture(local.replicas(), local.is_up(), (before, now)), refresh=True)
            before = now
            await asyncio.sleep(LOOK_S)


async def _look(local: Local) -> dict[str, Behind]:
    if not local.replicas():
        raise CopydeskError("no services are running here", "start them with `copydesk up`")
    return await behind(local.settings)


def picture(replicas: list[dict[str, Any]], supervised: bool, looks: TwoLooks) -> RenderableType:
    """A table with a line for each replica; what is so for a service as a whole stands beside its first one."""
    table = Table(*(Column(name, no_wrap=True) for name in COLUMNS), box=None, header_style="bold", padding=(0, 2, 0, 0))
    told: set[str] = set()
    for replica in sorted(replicas, key=lambda replica: (replica["port"], replica["number"])):
        service = str(replica["service"])
        table.add_row(*_process(replica), *(("", "", "", "") if service in told else _flow(service, looks)), f"http://127.0.0.1:{replica['port']}")
        told.add(service)
    if supervised:
        return table
    return Group(table, Text("the supervisor is gone: what dies is not started again; `copydesk up` starts all anew", style="red"))


def _process(replica: Mapping[str, Any]) -> tuple[str | Text, ...]:
    up = duration(time.time() - replica["started"]) if replica["pid"] else ""
    return f"{replica['service']}-{replica['number']}", _state(replica), str(replica["pid"] or ""), up, str(replica["restarts"])


def _state(replica: Mapping[str, Any]) -> Text:
    if replica["leaving"]:
        return Text("stopping", "yellow")
    if replica["pid"]:
        return Text("ready", "green") if replica["ready"] else Text("not ready", "yellow")
    return Text(f"down ({replica['ended']})" if replica["ended"] else "down", "red")


def _flow(service: str, looks: TwoLooks) -> tuple[str, ...]:
    """Lag, rate, time to zero and age of the oldest record, in words."""
    before, now = (look[service] for look in looks)
    seconds = max(0.1, now.at - before.at)
    rate, inflow = (now.processed - before.processed) / seconds, (now.written - before.written) / seconds
    oldest = "" if now.oldest is None else duration(now.at - now.oldest)
    return f"{now.lag:,}", f"{rate:,.1f}/s" if rate else "0/s", to_zero(now.lag, rate, inflow), oldest


def to_zero(lag: int, rate: float, inflow: float) -> str:
    """When nothing will wait any more, if all goes on as it does: records that wait, records a second that go and that come."""
    if lag == 0:
        return ""
    return duration(lag / (rate - inflow)) if rate > inflow else "never" if rate < inflow or rate == 0 else "as it is"
