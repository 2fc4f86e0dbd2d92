"""One partition's hosts: whose turn it is, and what becomes of the address. Implements `copydesk.shared.keeping.Keeper`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import orjson

from copydesk.services.fetcher import ends, pages, robots, waiting
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.ends import Ends
from copydesk.services.fetcher.equipment import Equipment
from copydesk.services.fetcher.hosts import HostBook
from copydesk.services.fetcher.outcomes import FetchFailed, FetchOutcome, Later, of_answer, of_error, of_passing
from copydesk.services.fetcher.robots import RobotsBook, Rules, Unknown
from copydesk.services.fetcher.schedule import Host, Schedule
from copydesk.services.fetcher.turns import Turns
from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.deadletters import Cause
from copydesk.shared.edge import article_url
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.policy import TRANSIENT
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import URLS
from copydesk.shared.web.answers import FetchError
from copydesk.shared.web.freshness import conditions

ROUND_S = 0.5
SWEEP_S, SWEPT = 60.0, 5_000  # so often so many remembered pages are looked at
COUNT_S = 60.0


class FetchShard:
    """Made anew whenever the shard comes to this replica."""

    def __init__(self, shard: int, state: ShardState, equipment: Equipment) -> None:
        self.shard, self.state, self.equipment = shard, state, equipment
        self.settings = equipment.settings
        self.rounds = 0
        self._schedule = Schedule(self.settings.fetcher_host_concurrency)
        self._woken = asyncio.Event()
        self._turns = Turns(equipment.client, state, self._schedule, self._woken.set)
        self._hosts = HostBook(state, self._schedule, self.settings)
        self._ends = Ends(shard, state, equipment)
        self._book = RobotsBook(self.settings.web_agent)
        self._tasks: set[asyncio.Task[None]] = set()
        self._taken: set[str] = set()  # keys of addresses under way
        self._failure: BaseException | None = None
        self._waiting = 0
        self._closed = False
        self._partition_of: Callable[[str], int] = lambda _: shard
        self._counted = self._swept = 0.0
        self._sweep_from = ""

    async def open(self) -> None:
        for count, (name, due_ms) in enumerate(waiting.all_hosts(self.state)):
            self._waiting += 1
            self._hosts.know(name, due_ms)
            if count % 5_000 == 0:
                await asyncio.sleep(0)

    async def take(self, messages: Sequence[Message]) -> None:
        while self._waiting >= self.settings.fetcher_waiting:  # the rest waits on the topic
            if self._closed:
                raise UnavailableError(f"shard {self.shard} of {URLS.name} is taken away, or claimed again")
            await asyncio.sleep(ROUND_S)
        self._partition_of = await self.equipment.sender.partitioning(URLS)
        changes: Changes = {}
        fresh: list[Waiting] = []
        for message in messages:
            found = await self._admitted(message)
            if found is not None:
                more, count = waiting.added(self.state, changes, found)
                changes |= more
                self._waiting += count
                fresh.append(found)
        if changes:
            await self.state.write(changes)
        for found in fresh:
            self._hosts.know(found.host, found.due_ms)
        self._woken.set()

    async def _admitted(self, message: Message) -> Waiting | None:
        """What waits from now on; None for what is refused, or sent on to where its host belongs."""
        record = article_url(message.value or b"")
        if isinstance(record, Rejected):
            await self._ends.buried(message, Cause("fetcher", record.reason, record.detail))
            return None
        due_ms = max(now_ms(), int(record.not_before.timestamp() * 1000)) if record.not_before else now_ms()
        found = Waiting(record, due_ms, message.offset, message.timestamp_ms, message.headers)
        if self._partition_of(found.host) != self.shard and ends.ROUTED not in message.headers:
            await self._ends.misplaced(found)
            return None
        return found

    async def run(self) -> None:
        self.equipment.slots.waiters.add(self._woken)
        try:
            while True:
                self.rounds += 1
                await self._round()
        finally:
            self._closed = True
            self.equipment.slots.waiters.discard(self._woken)
            self.equipment.waiting(self.shard, 0)
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _round(self) -> None:
        if self._failure is not None:
            raise self._failure
        self._woken.clear()
        now = asyncio.get_running_loop().time()
        self._begin_turns(now)
        await self._keep_house(now)
        pause_s = self._pause_s()
        try:
            await asyncio.wait_for(self._woken.wait(), pause_s)
        except TimeoutError:
            return

    def _pause_s(self) -> float:
        """Until the next turn, if nothing wakes the shard before."""
        soonest = self._schedule.soonest()
        if soonest is None or self.equipment.brake.on or not self.equipment.slots.free:
            return ROUND_S
        return min(ROUND_S, max(0.001, soonest - asyncio.get_running_loop().time()))

    def _begin_turns(self, now: float) -> None:
        while not self.equipment.brake.on and self.equipment.slots.take():
            host = self._schedule.next(now)
            if host is None or not self._begin_turn(host):
                self.equipment.slots.free += 1
                if host is None:
                    return

    def _begin_turn(self, host: Host) -> bool:
        """Begin the host's next request; False where none is due."""
        found = waiting.first_due(self.state, host.name, now_ms(), self._taken)
        if not isinstance(found, Waiting):
            self._hosts.rest(host, found)
            return False
        kept = self.state.get(robots.key_of(origin := robots.origin_of(found.record.url)))
        rules = self._book.look(origin, kept, now_ms())
        host.active, host.unsent, host.alone, host.idle = host.active + 1, True, isinstance(rules, Unknown), False
        self._taken.add(found.key)
        task = asyncio.create_task(self._turn(host, found, rules))
        self._tasks.add(task)
        task.add_done_callback(self._turn_ended)
        return True

    def _turn_ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._failure = self._failure or task.exception()
        self._woken.set()

    async def _turn(self, host: Host, found: Waiting, rules: Rules | Unknown) -> None:
        try:
            if self._partition_of(host.name) != self.shard and ends.ROUTED not in found.headers:  # the topic has more partitions now
                self._ended(await self._ends.misplaced_before(found))
            elif isinstance(rules, Unknown):
                await self._ask_robots(host, found, rules)
            elif not rules.allow(found.record.url):
                failed = FetchFailed("robots_disallowed", f"{robots.origin_of(found.record.url)}/robots.txt disallows it for {rules.agent}")
                self._ended(await self._ends.of(found, failed, {}))
            else:
                await self._ask_page(host, found)
        except TRANSIENT:
            raise
        except Exception as error:  # whatever strangers' pages make of our code: it costs this address, not the shard
            logger().error("an address made the fetcher fail", url=found.record.url[:300], error=repr(error), exc_info=error)
            self._ended(await self._ends.of(found, FetchFailed("stage_failed", repr(error)[:500]), {}))
        finally:
            host.active -= 1
            if host.unsent:  # nothing was asked
                host.unsent = False
            host.alone = False
            self._taken.discard(found.key)
            self._schedule.wake(host)
            self.equipment.slots.give()

    async def _ask_robots(self, host: Host, found: Waiting, asked: Unknown) -> None:
        """The address keeps its place: its turn comes once the rules are known."""
        now = datetime.now(UTC)
        try:
            answer = await self._turns.ask(host, asked.url, robots.MOST_BYTES)
        except FetchError as error:
            if error.reason != "too_large" or error.answer is None:
                await self._end(host, found, of_error(error))
                return
            answer = error.answer
        origin = robots.origin_of(found.record.url)
        value = robots.kept(answer, asked, now, self.settings.fetcher_robots_s)
        if value is None:
            passing = of_passing(answer, now)
            await self._end(host, found, replace(passing, reason="robots_unavailable", detail=f"{asked.url}: {passing.detail}"))
            return
        await self.state.write({robots.key_of(origin): value})
        rules = self._book.look(origin, value, now_ms())
        if isinstance(rules, Rules):
            await self._hosts.slow_down(host, rules.delay_s)

    async def _ask_page(self, host: Host, found: Waiting) -> None:
        remembered = orjson.loads(self.state.get(pages.key_of(found.record.url)) or b"{}")
        asked = {} if pages.knows_more(found.record, remembered) else conditions(remembered)
        try:
            answer = await self._turns.ask(host, found.record.url, self.settings.raw_limit, self.settings.types, asked)
        except FetchError as error:
            outcome: FetchOutcome = of_error(error)
        else:
            outcome = of_answer(found.record, answer, remembered, bool(asked), datetime.now(UTC))
        await self._end(host, found, outcome, remembered)

    async def _end(self, host: Host, found: Waiting, outcome: FetchOutcome, remembered: dict[str, object] | None = None) -> None:
        """What becomes of the address, and what the host has to do with it."""
        if isinstance(outcome, Later):
            await self._hosts.hold_back(host, outcome)
        elif not (isinstance(outcome, FetchFailed) and outcome.answer is None):
            await self._hosts.answered(host)
        self._ended(await self._ends.of(found, outcome, remembered or {}))

    def _ended(self, waiting_less: int) -> None:
        self._waiting -= waiting_less

    async def _keep_house(self, now: float) -> None:
        self.equipment.waiting(self.shard, self._waiting)
        if now - self._counted > COUNT_S:
            self._counted = now
            self._partition_of = await self.equipment.sender.partitioning(URLS)
        if now - self._swept > SWEEP_S:
            self._swept = now
            await self._sweep()

    async def _sweep(self) -> None:
        """Forget pages that nobody has asked for for long, a few at a time."""
        looked = list(islice(self.state.scan(pages.PAGES, self._sweep_from), SWEPT))
        self._sweep_from = looked[-1][0] if len(looked) == SWEPT else ""
        before_ms = now_ms() - self.settings.fetcher_remember_days * 86_400_000
        expired: Changes = {key: None for key, value in looked if pages.is_older(value, before_ms)}
        if expired:
            await self.state.write(expired)
