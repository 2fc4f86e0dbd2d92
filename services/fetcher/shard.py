"""One partition's hosts: whose turn it is, and what becomes of the address. Implements `copydesk.shared.keeping.Keeper`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from copydesk.services.fetcher import pages, waiting
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.ends import Ends
from copydesk.services.fetcher.equipment import Equipment
from copydesk.services.fetcher.errands import BROUGHT
from copydesk.services.fetcher.hosts import HostBook
from copydesk.services.fetcher.intake import Intake
from copydesk.services.fetcher.outcomes import FetchFailed
from copydesk.services.fetcher.routing import Routing
from copydesk.services.fetcher.schedule import Host, Schedule
from copydesk.services.fetcher.site_files import Elsewhere
from copydesk.services.fetcher.site_rules import FileToAsk
from copydesk.services.fetcher.turns import Turns
from copydesk.services.fetcher.visits import Purpose, Visit, Visits
from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import ShardState
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.policy import TRANSIENT

ROUND_S = 0.5


class FetchShard:
    """Made anew whenever the shard comes to this replica."""

    def __init__(self, shard: int, state: ShardState, equipment: Equipment) -> None:
        self.shard, self.state, self.equipment = shard, state, equipment
        self.rounds = 0
        self._schedule = Schedule(equipment.settings.fetcher_host_concurrency)
        self._woken = asyncio.Event()
        self._hosts = HostBook(state, self._schedule, equipment.settings)
        turns = Turns(equipment.client, state, self._schedule, self._woken.set)
        self._visits = Visits(state, turns, self._hosts, equipment.settings)
        self._ends = Ends(shard, state, equipment)
        self._routing = Routing(shard, equipment.sender)
        self._intake = Intake(state, self._routing, self._ends)
        self._expiry = pages.Expiry(state, equipment.settings.fetcher_remember_days)
        self._tasks: set[asyncio.Task[None]] = set()
        self._taken: set[str] = set()  # keys of addresses whose turn has begun and whose end is not confirmed
        self._failure: BaseException | None = None
        self._waiting = 0

    async def open(self) -> None:
        for count, (name, due_ms) in enumerate(waiting.all_hosts(self.state)):
            self._waiting += 1
            self._hosts.know(name, due_ms)
            if count % 5_000 == 0:
                await asyncio.sleep(0)

    async def take(self, messages: Sequence[Message]) -> None:
        fresh, more = await self._intake.taken(messages)
        self._waiting += more
        for found in fresh:
            self._hosts.know(found.host, found.due_ms)
            if BROUGHT in found.headers:
                await self._visits.learned(self._schedule.hosts[found.host], found)
        self._woken.set()

    @property
    def is_full(self) -> bool:
        return self._waiting >= self.equipment.settings.fetcher_waiting

    async def run(self) -> None:
        self.equipment.slots.waiters.add(self._woken)
        try:
            while True:
                self.rounds += 1
                await self._round()
        finally:
            self.equipment.slots.waiters.discard(self._woken)
            self.equipment.waiting(self.shard, 0)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _round(self) -> None:
        if self._failure is not None:
            raise self._failure
        self._woken.clear()
        self._begin_turns(asyncio.get_running_loop().time())
        self.equipment.waiting(self.shard, self._waiting)
        await self._routing.recounted()
        await self._expiry.sweep()
        try:
            await asyncio.wait_for(self._woken.wait(), self._pause_s())
        except TimeoutError:
            return

    def _pause_s(self) -> float:
        """Until the next turn, if nothing wakes the shard before."""
        soonest = self._schedule.soonest()
        if soonest is None or self.equipment.brake.on or not self.equipment.slots.open:
            return ROUND_S
        return min(ROUND_S, max(0.001, soonest - asyncio.get_running_loop().time()))

    def _begin_turns(self, now: float) -> None:
        while not self.equipment.brake.on and self.equipment.slots.open and (host := self._schedule.next(now)) is not None:
            self._begin_turn(host)

    def _begin_turn(self, host: Host) -> None:
        """Begin the host's next request, if one is due."""
        found = waiting.first_due(self.state, host.name, now_ms(), self._taken)
        if not isinstance(found, Waiting):
            self._hosts.rest(host, found)
            return
        wanted = self._visits.wanted(found)
        if isinstance(wanted, FileToAsk) and isinstance(wanted.stands, Elsewhere):
            self._hosts.rest(host, wanted.stands.until_ms)
            return
        self.equipment.slots.take()
        host.active, host.ending, host.unsent, host.alone, host.idle = host.active + 1, host.ending + 1, True, isinstance(wanted, FileToAsk), False
        self._taken |= {found.key, found.id_key}
        task = asyncio.create_task(self._turn(host, found, wanted))
        self._tasks.add(task)
        task.add_done_callback(self._turn_ended)

    def _turn_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._failure = self._failure or task.exception()
        self._woken.set()

    async def _turn(self, host: Host, found: Waiting, wanted: Purpose) -> None:
        """The host's next turn waits for the answer alone, the address until its end is confirmed."""
        try:
            visit = await self._visited(host, found, wanted)
            with self.equipment.slots.unconfirmed(visit.size):
                await self._end(found, visit)
        finally:
            self._taken -= {found.key, found.id_key}
            host.ending -= 1
            self._schedule.wake(host)

    async def _visited(self, host: Host, found: Waiting, wanted: Purpose) -> Visit:
        try:
            return await self._visits.of(host, found, wanted) if self._routing.is_here(found) else Visit(None)
        except TRANSIENT:
            raise
        except Exception as error:
            return Visit(_broken(found, error))
        finally:
            host.active, host.unsent, host.alone = host.active - 1, False, False  # `unsent` is left where nothing was asked
            self._schedule.wake(host)
            self.equipment.slots.give()

    async def _end(self, found: Waiting, visit: Visit) -> None:
        if not self._routing.is_here(found):  # the topic has more partitions now
            self._count(await self._ends.misplaced_before(found))
            return
        try:
            await self._done(found, visit)
        except TRANSIENT:
            raise
        except Exception as error:
            self._count(await self._ends.of(found, _broken(found, error), {}))

    async def _done(self, found: Waiting, visit: Visit) -> None:
        if visit.errand is not None:
            await self._ends.sent(found, visit.errand)
        if visit.outcome is not None:
            self._count(await self._ends.of(found, visit.outcome, visit.remembered))

    def _count(self, fewer: int) -> None:
        """Apart from what is awaited: `count -= await …` reads the count before, and loses what others count meanwhile."""
        self._waiting -= fewer


def _broken(found: Waiting, error: Exception) -> FetchFailed:
    """Whatever strangers' pages make of our code: it costs this address, not the shard."""
    logger().error("an address made the fetcher fail", url=found.record.url[:300], error=repr(error), exc_info=error)
    return FetchFailed("stage_failed", repr(error)[:500])
