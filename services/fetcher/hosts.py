"""A shard's hosts: known once an address of theirs waits, at rest while none is due, held back while they fail.

h<tab>HOST → {"delay_s", "until_ms", "failures"}: what the next owner has to know of a host that is not as all are
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import orjson
from pydantic import Field

from copydesk.services.fetcher.clock import clock_of, loop_time_of
from copydesk.services.fetcher.outcomes import Later
from copydesk.services.fetcher.robots import LONGEST_DELAY_S
from copydesk.services.fetcher.schedule import Host, Schedule
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.turns import FRESH_S
from copydesk.shared.keeping import ShardState
from copydesk.shared.records.base import Count, Noted
from copydesk.shared.records.times import NotedMs

HOSTS = "h\t"
LATEST_S = 3_600.0  # that a failing host is left alone, unless it asks for more


class HostNote(Noted):
    """What is noted of a host."""

    delay_s: Annotated[float, Field(ge=0, le=LONGEST_DELAY_S)]
    until_ms: NotedMs
    failures: Count


class HostBook:
    """What is known of hosts, here and in the shard's state. Made when the shard comes to this replica."""

    def __init__(self, state: ShardState, schedule: Schedule, settings: FetcherSettings) -> None:
        self.state, self._schedule, self._settings = state, schedule, settings
        self._opened = asyncio.get_running_loop().time()

    def know(self, name: str, due_ms: int) -> None:
        """An address of the host waits. One that is new here waits its delay: the replica that had it may have asked a moment ago."""
        host = self._schedule.hosts.get(name)
        if host is None:
            known = orjson.loads(self.state.get(f"{HOSTS}{name}") or b"{}")
            delay_s = max(self._settings.web_host_delay_s, known.get("delay_s", 0.0))
            ready_at = max(self._opened + delay_s + FRESH_S, loop_time_of(known.get("until_ms", 0)))
            self._schedule.add(Host(name, delay_s, ready_at, failures=known.get("failures", 0)))
        elif host.idle and loop_time_of(due_ms) < host.ready_at:
            host.ready_at = max(loop_time_of(due_ms), host.rested_at)
            self._schedule.wake(host)

    def rest(self, host: Host, due_ms: int | None) -> None:
        """It is the host's turn, and none of its addresses is due before `due_ms`; None: none waits whose turn or end is not under way."""
        if due_ms is not None:
            host.idle, host.rested_at, host.ready_at = True, host.ready_at, loop_time_of(due_ms)
            self._schedule.wake(host)
        elif not host.active and not host.ending:
            self._schedule.drop(host)

    async def slow_down(self, host: Host, asked_s: float) -> None:
        """The host's robots.txt asks for so many seconds between two requests."""
        delay_s = max(self._settings.web_host_delay_s, asked_s)
        if delay_s != host.delay_s:
            host.ready_at, host.delay_s = host.ready_at + delay_s - host.delay_s, delay_s
            await self._note(host)

    async def hold_back(self, host: Host, later: Later) -> None:
        """The host waits: as long as it says, or longer each time; a first failure that is not its own wish costs it nothing."""
        host.failures += 1
        doublings = host.failures - 1 if later.busy else host.failures - 2
        own_s = 0.0 if doublings < 0 else min(LATEST_S, self._settings.fetcher_backoff_s * 2.0 ** min(doublings, 20))
        host.ready_at = max(host.ready_at, asyncio.get_running_loop().time() + (own_s if later.wait_s is None else later.wait_s))
        self._schedule.wake(host)
        await self._note(host)

    async def answered(self, host: Host) -> None:
        """The host is well."""
        if host.failures:
            host.failures = 0
            await self._note(host)

    async def _note(self, host: Host) -> None:
        usual = host.failures == 0 and host.delay_s == self._settings.web_host_delay_s
        note = {"delay_s": host.delay_s, "until_ms": clock_of(host.ready_at), "failures": host.failures}
        await self.state.write({f"{HOSTS}{host.name}": None if usual else orjson.dumps(note)})
