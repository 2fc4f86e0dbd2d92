"""`python -m tests.faults.measure`: the faults of `make test-faults` again, under a steady feed, as a table for docs/measurements.md.

Silence is the longest time between two articles of one partition in the sink's table, from the begin of the fault's wait for work in hand;
the row "no fault" says how long that is when nothing happens. Done twice are the records beyond one of an article on articles.enriched.
Tables are compared as in the tests.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import tempfile
from pathlib import Path

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.settings import Settings
from tests.faults.kinds import FAULTS, LONG, QUICK_MODEL, Fault, Places, Scene, survive
from tests.load import Load


async def nothing(scene: Scene) -> None:
    await asyncio.sleep(5)


async def measure(wanted: re.Pattern[str], articles: int, per_second: float | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        load = Load.of(articles, home, QUICK_MODEL)
        broker = LocalBroker(home / "broker", free_ports())
        broker.start()
        places = Places(broker, home)
        print(f"| {articles} articles, {per_second or 'as many as go'} a second | seconds of silence | done twice |\n|---|---|---|", flush=True)
        try:
            for number, fault in enumerate((Fault("no fault", nothing), *FAULTS, LONG)):
                if wanted.search(fault.name):
                    settings = Settings(bootstrap_servers=broker.address)
                    found = await survive(fault, load, settings, home / str(number), places, per_second)
                    print(f"| {fault.name} | {found.silence_s:.1f} | {found.twice} |", flush=True)
        finally:
            places.stop()
            broker.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=re.compile, default=re.compile(""), help="a regular expression for the names of faults")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--per-second", type=float, default=10.0, help="0: all at once")
    given = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it tells of each broker that is gone
    asyncio.run(measure(given.only, given.articles, given.per_second or None))
