"""Services that stand still while something is changed which they may not see half done."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.plan import Plan
from copydesk.shared.confirmed import closed
from copydesk.shared.kafka import client_options, start, within
from copydesk.shared.settings import Settings
from copydesk.shared.topology import BY_NAME

LOOK_S = 0.5


def running(local: Local) -> Counter[str]:
    """How many replicas of each service are meant to run on this machine."""
    return Counter(replica.service for replica in Plan.read(local.home).replicas)


@asynccontextmanager
async def stopped(local: Local, names: Collection[str], say: Say, least: int = 1) -> AsyncIterator[None]:
    """Within: no replica of these services is in its group. What `copydesk up` runs here is stopped, and started again whatever happens; of what
    runs elsewhere a person is told when to stop and to start it. At `least` so many of each are started here, also where an interrupted run has
    left none; with 0 only what ran."""
    before = _to_start_again(local, names, least)
    told = " and ".join(names)
    if before:
        say(f"stopping {told}")
        await local.scale(dict.fromkeys(before, 0), quietly)
    try:
        await until_nobody_is_in(local.settings, names, say)
        yield
    finally:
        if before:
            say(f"starting {told}")
            await local.scale(before, say)
        else:
            say(f"start {told} again")


def _to_start_again(local: Local, names: Collection[str], least: int) -> dict[str, int]:
    if not (local.is_up() and (found := running(local))):
        return {}
    return {name: count for name in names if (count := max(least, found[name]))}


async def until_nobody_is_in(settings: Settings, names: Collection[str], say: Say) -> None:
    """Wait until the groups of these services have no members."""
    await until(lambda: members(settings, names), lambda left: say(f"waiting for {', '.join(left)} to stop"))


async def until(look: Callable[[], Awaitable[Mapping[str, int]]], told: Callable[[Mapping[str, int]], None]) -> None:
    """Look until nothing is left; who is waited for is told whenever that changes."""
    before: frozenset[str] = frozenset()
    while left := await look():
        if left.keys() != before:
            told(left)
        before = frozenset(left)
        await asyncio.sleep(LOOK_S)


async def members(settings: Settings, names: Collection[str]) -> dict[str, int]:
    """How many replicas each service's group has, of those that have any."""
    async with administration(settings) as admin:
        found = [(name, await admin.describe_consumer_groups([BY_NAME[name].group])) for name in names]
    counts = {name: sum(len(group[5]) for response in responses for group in response.groups) for name, responses in found}
    return {name: count for name, count in counts.items() if count}


@asynccontextmanager
async def administration(settings: Settings) -> AsyncIterator[Any]:
    """A client that may change topics. Raises UnavailableError when the brokers do not answer in time."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        async with within(settings):
            yield admin
    finally:
        await closed(admin.close())


def quietly(line: str) -> None:
    """What is stopped for a while is not told replica by replica."""
