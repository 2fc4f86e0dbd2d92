"""`copydesk demo`, and so `make run`: the whole pipeline once, for a newcomer to see."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.text import Text

from copydesk.services.console.printing import terminal
from copydesk.services.console.printing.article import print_record
from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.plan import free_base
from copydesk.services.console.topics.produce import produce
from copydesk.services.sink.settings import SinkSettings
from copydesk.shared.broker import free_ports
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Reading
from copydesk.shared.kafka import consume
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, ENRICHED

PATIENCE_S = 120.0


async def demo(seeds: str, settings: Settings, say: Say) -> None:
    """Run the articles of a folder or file through a pipeline of its own, below home/demo, and stop it again.

    Raises CopydeskError when something does not start, or when a record ends among the dead letters.
    """
    port = free_ports()
    here = settings.model_copy(update={"home": settings.home / "demo", "broker_port": port, "bootstrap_servers": f"127.0.0.1:{port}"})
    local = Local(here, base_port=free_base())
    await asyncio.to_thread(local.down)  # what an interrupted run left
    try:
        await local.up({}, True, say)
        await _through(seeds, here, say)
    finally:
        say("stopping everything")
        await asyncio.to_thread(local.down)
    stored = Text.assemble("\nStored in ", (str(SinkSettings(home=here.home).database), "bold"), " (SQLite)")
    terminal.console().print(stored, soft_wrap=True)
    terminal.console().print(
        Text.assemble(
            "To see articles arrive on the page: ", ("make demo", "bold"), ", or ", ("copydesk up", "bold"), " and ", ("copydesk open", "bold")
        )
    )


async def _through(seeds: str, settings: Settings, say: Say) -> None:
    began = datetime.now(UTC)
    tally = (await produce([seeds], Reading(), settings)).tally
    say(f"published {tally.sent} articles from {Path(seeds)}")
    async with asyncio.timeout(PATIENCE_S):
        records = await _collect(settings, began, tally.sent)
        while any((await lags(settings)).values()):
            await asyncio.sleep(0.2)
    console = terminal.console()
    for value in sorted(records, key=lambda value: str(orjson.loads(value)["ingested_at"])):
        print_record(console, orjson.loads(value))


async def _collect(settings: Settings, began: datetime, count: int) -> list[bytes]:
    found: list[bytes] = []
    async with aclosing(consume(settings, [ENRICHED, DEADLETTERS], since=began)) as messages:
        while len(found) < count and (message := await anext(messages, None)) is not None:
            if message.topic == DEADLETTERS.name:
                letter = orjson.loads(message.value or b"{}")
                raise CopydeskError(f"an article was rejected by the {letter['stage']}: {letter['reason']} {letter['detail']}", "see the logs")
            found.append(message.value or b"")
    return found
