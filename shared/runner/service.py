"""The life of a service that consumes topics: create them, start, run until a signal or a crash, stop in good order."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiokafka.errors import KafkaError
from faust.types import TP

from copydesk.shared.admin import brokers_answer, create_topics
from copydesk.shared.kafka import Sender
from copydesk.shared.runner import app as faust_app
from copydesk.shared.runner import logs, process
from copydesk.shared.runner.diary import Diary
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.group_lag import PATIENCE_S as LOOK_S
from copydesk.shared.runner.group_lag import GroupLag
from copydesk.shared.runner.hands import Hands
from copydesk.shared.runner.http import Http
from copydesk.shared.runner.loop import Handler, InHand, Loop, Opening, Sharded
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import persist
from copydesk.shared.runner.stall import Stall, Watchdog
from copydesk.shared.runner.transport import ConsumerCommits
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topology import group_of

S = TypeVar("S", bound=ServiceSettings)
WATCH_S = 1.0
READ_AHEAD_BATCHES = 3
READ_AHEAD_BYTES = 64_000_000
REVOKE_S = 3.0  # for the running batch, in a rebalance
FINISH_S = 15.0  # for the running batch, when asked to stop


class Service:
    """One process of one consumer group. `make` builds the handler once there are metrics and a Sender."""

    def __init__(self, name: str, settings: ServiceSettings, make: Callable[[Service], Handler]) -> None:
        self.name, self.settings = name, settings
        self.metrics = Metrics(name)
        self.metrics.restarts.set(settings.restarts)
        self.sender = Sender(settings)
        (settings.home / "faust" / settings.replica).mkdir(parents=True, exist_ok=True)
        self.hands = Hands(READ_AHEAD_BATCHES * settings.batch_size)
        self.gate = Gate(READ_AHEAD_BATCHES * settings.batch_size, READ_AHEAD_BYTES, self.metrics.in_flight)
        self.app = faust_app.build_app(group_of(name), settings, self.hands, self.gate)
        self.handler = make(self)
        self.commits = ConsumerCommits(self.app, frozenset(topic.name for topic in self.handler.sources))
        self.inhand = InHand(self.hands, self.commits, self.app.crash)
        self.loops = [Loop(self.handler, settings, self.metrics, self.gate, self.inhand) for _ in self.handler.sources]
        self.http = Http(self.metrics, settings, self._is_live, self._is_ready)
        self.stall = Stall(settings.stall_timeout_s)
        self.ends = GroupLag(settings, name)
        self.watchdog = Watchdog(settings.stall_timeout_s + LOOK_S + 2 * settings.delivery_timeout_s, self._end_at_once)
        self._stop = process.stop_signal()
        self._started = False

    async def run(self) -> int:
        """Serve until a signal (0) or a crash (1)."""
        await self.http.start()
        try:
            # the brokers may come later than this service, and a topic later than those
            for work in (persist(self._begin, self.settings, self.metrics.retried.inc), self.handler.start()):
                if not await self._done_unless_stopped(work):
                    return 0
            return await self._serve()
        finally:
            await self.handler.stop()
            await self.sender.stop()
            await self.http.stop()

    async def _done_unless_stopped(self, work: Coroutine[Any, Any, None]) -> bool:
        """Wait for it; False when the service is asked to stop meanwhile."""
        beginning = asyncio.create_task(work)
        stopping = asyncio.create_task(self._stop.wait())
        await asyncio.wait({beginning, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not beginning.done():
            beginning.cancel()
            return False
        beginning.result()
        return True

    async def _begin(self) -> None:
        prepared = await create_topics(self.settings)
        for line in prepared.lines():
            logs.logger().info("topics", done=line)
        faust_app.stretch(self.app, max(self.settings.session_timeout_s, prepared.least_session_s))
        await self.sender.start()

    async def _serve(self) -> int:
        for topic, loop in zip(self.handler.sources, self.loops, strict=True):
            self.app.agent(faust_app.source(self.app, topic), concurrency=1, name=f"{self.name}-{topic.name}")(loop.run)
        self.app.on_partitions_revoked.connect(self._on_revoked, weak=False)
        self.app.on_partitions_assigned.connect(self._on_assigned, weak=False)
        logs.logger().info("starting", sources=[topic.name for topic in self.handler.sources], http_port=self.http.port)
        await self.app.start()
        self._started = True
        watch = asyncio.create_task(self._watch())
        try:
            await self._stop.wait()
        finally:
            watch.cancel()
            self.watchdog.stop()
        crashed = self.app.crashed
        logs.logger().info("stopping", crashed=crashed)
        await self._finish(crashed)
        return 1 if crashed else 0

    async def _finish(self, crashed: bool) -> None:
        for loop in self.loops:
            loop.stopping = True
        try:
            if not crashed:
                async with asyncio.timeout(FINISH_S):
                    for loop in self.loops:
                        await loop.idle.wait()
                    await self.app.consumer.commit()
            await self.inhand.good_bye()
            await asyncio.wait_for(self.app.stop(), 15)
        except TimeoutError:
            logs.logger().warning("not all has ended in time; what is not committed is done again, leaving")

    async def _on_revoked(self, *_: Any, **__: Any) -> None:
        """Partitions go to another replica: end the running batch and commit it, so that little is done twice."""
        if isinstance(self.handler, Sharded):
            self.handler.revoked()
        await asyncio.wait([asyncio.create_task(loop.idle.wait()) for loop in self.loops], timeout=REVOKE_S)
        await self.app.consumer.commit()
        await self.inhand.good_bye()

    async def _on_assigned(self, _: Any, assigned: set[TP], **__: Any) -> None:
        self.metrics.rebalances.inc()
        self.gate.reset()
        with contextlib.suppress(KafkaError, TimeoutError):  # the next assignment reads them again
            await self.hands.take(self.commits)
        if isinstance(self.handler, Sharded):
            names = {topic.name for topic in self.handler.sources}
            await self.handler.assigned({tp.partition for tp in assigned if tp.topic in names}, self.app.consumer_generation_id)

    async def _watch(self) -> None:
        """Publish the lag, and end a service that is crashed or has stalled. The watch itself is watched by a thread."""
        diary = Diary(self.metrics)
        self.watchdog.start()
        while not self._stop.is_set():
            await asyncio.sleep(WATCH_S)
            self.watchdog.tick()
            try:
                await self._look(diary)
            except Exception as error:  # one look that fails must not be the last one
                logs.logger().warning("the watch could not look", error=repr(error))

    async def _look(self, diary: Diary) -> None:
        lags = self._lags()
        self.metrics.lag(lags)
        diary.note(self._is_ready(), sum(lags.values()))
        await self._observe()
        if self.app.crashed:
            self._stop.set()
        elif not self._is_live() and await brokers_answer(self.settings) and await self._observe(at_once=True) and not self._is_live():
            logs.logger().critical("stalled: there is lag but nothing moves", lag=self._lag)  # without brokers there is nothing to move
            os._exit(1)  # nothing in this process can be trusted to stop in order

    async def _observe(self, at_once: bool = False) -> bool:
        """Tell the stall what waits and what has moved; whether that is of this moment, not of the last look at the brokers."""
        assigned = {(tp.topic, tp.partition) for tp in self.app.consumer.assignment()} if not self.app.rebalancing else set()
        is_fresh = await self.ends.look(assigned, lambda partition: self.app.consumer.position(TP(*partition)), at_once)
        moved = sum(loop.progress.batches for loop in self.loops) + self.handler.computed + self.ends.moved
        self.stall.observe(self._lag, moved)
        return is_fresh

    @property
    def _lag(self) -> int:
        """Records to do, as far as this replica can do them now."""
        return 0 if any(loop.waiting for loop in self.loops) else self.gate.held + self.ends.unread

    def _end_at_once(self) -> None:
        logs.logger().critical("the event loop has not come round for too long")
        os._exit(1)

    def _lags(self) -> dict[tuple[str, int], int]:
        names = {topic.name for topic in self.handler.sources}
        found = {}
        for tp in self.app.consumer.assignment():
            end = self.app.consumer.highwater(tp)
            if tp.topic in names and end is not None:
                found[tp.topic, tp.partition] = max(0, end - self._next(tp))
        return found

    def _next(self, tp: TP) -> int:
        done = max((loop.progress.done.get((tp.topic, tp.partition), 0) for loop in self.loops), default=0)
        committed = self.app.consumer._committed_offset[tp]
        return max(done, committed or 0, self.app.consumer.reached(tp) if self.gate.empty else 0)

    def _is_live(self) -> bool:
        return not self._started or not self.stall.stalled

    def _is_ready(self) -> bool:
        waiting = any(loop.waiting for loop in self.loops)
        recovered = not isinstance(self.handler, Sharded) or self.handler.recovered
        opened = not isinstance(self.handler, Opening) or self.handler.is_open
        return (
            self._started and recovered and opened and not waiting and not self.app.rebalancing and not self.app.crashed and not self._stop.is_set()
        )


def main(name: str, settings_type: type[S], make: Callable[[Service, S], Handler], doc: str) -> None:
    """Entry point of `python -m copydesk.services.<name>` for what consumes topics."""
    process.main(name, settings_type, lambda settings: Service(name, settings, lambda service: make(service, settings)).run(), doc)
