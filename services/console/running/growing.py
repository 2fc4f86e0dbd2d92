"""`copydesk topics grow`: more partitions, without an article's records being read out of their order.

1. What takes articles in is stopped. 2. Every service deals with what there is. 3. The services are stopped, so that none writes or reads by the
old number. 4. Partitions are added. 5. All is started again. What `copydesk up` runs here is stopped and started; of what runs elsewhere a person
is told when to, and it is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.printing.words import counted
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.pausing import LOOK_S, administration, members, quietly, running, until, until_nobody_is_in
from copydesk.shared.errors import CopydeskError
from copydesk.shared.growing import FIXED, add_partitions, may_grow
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, RAW, URLS
from copydesk.shared.topology import BY_NAME, SERVICES

STILL = 3  # looks in a row at which nothing waits: a stage that has just committed may have written for the next
GROWING = tuple(topic for topic in ALL if may_grow(topic))


async def grow(local: Local, partitions: int, say: Say) -> list[str]:
    """Bring all topics of articles to so many partitions; the names of those that grew.

    Raises CopydeskError where one has more already, where a topic is missing, and where records come in all the while.
    """
    short = await _short(local.settings, partitions)
    if not short:
        return []
    for topics, remedy in FIXED.items():
        say(f"{' and '.join(topic.name for topic in topics)} stay as they are: {remedy}")
    async with _stopped(local, say) if local.is_up() else _awaited(local.settings, say):
        await _require_nothing_waits(local.settings)
        async with administration(local.settings) as admin:
            await add_partitions(admin, dict.fromkeys(short, partitions))
        say(f"{counted(len(short), 'topic')} grown to {counted(partitions, 'partition')}")
    return short


@asynccontextmanager
async def _stopped(local: Local, say: Say) -> AsyncIterator[None]:
    """Within: all has been dealt with, and no service of this machine runs. Whatever happens, those that ran are started again."""
    before = running(local)
    intake = {service.name: 0 for service in SERVICES if service.name in before and {RAW, URLS} & set(service.writes)}
    try:
        if intake:
            say(f"stopping what takes articles in: {', '.join(intake)}")
            await local.scale(intake, quietly)
        await _until_nothing_waits(local.settings, say)
        say("stopping the services")
        await local.scale(dict.fromkeys(before, 0), quietly)
        yield
    finally:
        say("starting the services")
        await local.scale(before, say)


@asynccontextmanager
async def _awaited(settings: Settings, say: Say) -> AsyncIterator[None]:
    """Within: all has been dealt with, and no service has a replica in its group."""
    say(f"stop what writes to {RAW.name} and {URLS.name} now: producers, feeder, fetcher, gateway")
    await _until_nothing_waits(settings, say)
    if left := await members(settings, BY_NAME):
        say(f"nothing waits: stop the services now ({', '.join(left)})")
    await until_nobody_is_in(settings, BY_NAME, say)
    yield
    say("start the services again; what reads topics without a group (gateway, subscribers) has to be started anew as well")


async def _until_nothing_waits(settings: Settings, say: Say) -> None:
    async def behind() -> dict[str, int]:
        return {name: lag for name, lag in (await lags(settings)).items() if lag}

    def told(left: Mapping[str, int]) -> None:
        say(f"waiting for {', '.join(f'{name} ({lag:,} behind)' for name, lag in left.items())}")

    for _ in range(STILL):
        await until(behind, told)
        await asyncio.sleep(LOOK_S)


async def _require_nothing_waits(settings: Settings) -> None:
    left = {name: lag for name, lag in (await lags(settings)).items() if lag}
    if left:
        name, lag = next(iter(left.items()))
        raise CopydeskError(f"{counted(lag, 'record')} for {name} came in meanwhile", f"stop what writes to {RAW.name}, and begin again")


async def _short(settings: Settings, partitions: int) -> list[str]:
    async with administration(settings) as admin:
        found = {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}
    for topic in GROWING:
        if topic.name not in found:
            raise CopydeskError(f"topic {topic.name} does not exist", "create it with `copydesk topics create`")
        if found[topic.name] > partitions:
            raise CopydeskError(f"{topic.name} has {found[topic.name]} partitions", "Kafka cannot take partitions away: name a larger number")
    return [topic.name for topic in GROWING if found[topic.name] < partitions]
