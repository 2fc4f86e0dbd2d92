"""Keepers on Kafka (see `copydesk.shared.keeping`): their shards are the partitions of one topic, each with a store and a changelog.

A record is acknowledged once what is to be remembered of it is in the changelog. A keeper's work runs beside the loop, so that what takes
its time there (a server that is slow, a host whose turn comes in an hour) holds up neither the offsets nor other shards. Nothing is read for
a keeper that is full until it has room; the others go on. A replica that
lost a shard learns it at its next write (store.py); whoever gets the shard goes on where the last confirmed write left it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from faust.types import TP

from copydesk.shared.deadletters import Cause
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.keeping import EntryRules, Keeper
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.following import note_unusable
from copydesk.shared.runner.ledger import Ledger
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import TRANSIENT, pause_s
from copydesk.shared.runner.stages import Startable
from copydesk.shared.runner.store import LostShardError, ShardStore
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import Topic

READY_S = 60.0  # for a shard that is being recovered, before the batch counts as tried

HOLD_S = 0.5  # between two looks at which shards have room

MakeKeeper = Callable[[int, Ledger], Keeper]


class KeeperHandler:
    """Runs a keeper for every shard that is here."""

    def __init__(
        self,
        name: str,
        topics: tuple[Topic, Topic],
        make: MakeKeeper,
        rules: EntryRules,
        service: Any,  # the Service that this is the handler of: its settings, metrics, sender, and app.crash
        needs: Sequence[Startable] = (),
    ) -> None:
        """`topics`: the one whose partitions are the shards, and the changelog of their state, whose entries follow the `rules`."""
        self.name, self._make, self._rules, self._needs = name, make, rules, needs
        source, self._state = topics
        self.sources: tuple[Topic, ...] = (source,)
        self.settings: ServiceSettings = service.settings
        self.metrics: Metrics = service.metrics
        self.sender: Sender = service.sender
        self._app = service.app
        self._stores: dict[int, ShardStore] = {}
        self._tended: dict[int, asyncio.Task[None]] = {}
        self._ready: dict[int, Keeper] = {}
        self._changed = asyncio.Condition()  # of what is ready
        self._known = False
        self._generation = -1
        self._rounds = 0  # of keepers that have ended
        self._lock = asyncio.Lock()
        self._holding: asyncio.Task[None] | None = None

    async def start(self) -> None:
        for need in self._needs:
            await need.start()
        self._holding = asyncio.create_task(self._keep_holding())

    async def stop(self) -> None:
        if self._holding is not None:
            self._holding.cancel()
        await self.assigned(set(), self._generation)
        for need in self._needs:
            await need.stop()

    def revoked(self) -> None:
        self._known = False

    @property
    def recovered(self) -> bool:
        return self._known and self._tended.keys() == self._ready.keys()

    async def assigned(self, shards: set[int], generation: int) -> None:
        """Work on shards that stay goes on: if another replica had one meanwhile, the next write tells."""
        self._generation = generation
        async with self._lock:
            gone = [self._tended.pop(shard) for shard in self._tended.keys() - shards]
            for task in gone:
                task.cancel()
            await asyncio.gather(*gone, return_exceptions=True)
            for shard in self._stores.keys() - shards:
                self._stores.pop(shard).close()
            for shard in shards - self._tended.keys():
                self._tended[shard] = asyncio.create_task(self._tend(shard))
        self._known = True

    async def _tend(self, shard: int) -> None:
        """Claim the shard and let its keeper work, again and again while something is unavailable."""
        failures = 0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._work(shard)
            except LostShardError as error:
                await self._yielded(shard, error)
            except TRANSIENT as error:
                failures = 0 if asyncio.get_running_loop().time() - began > READY_S else failures + 1
                logger().warning("a shard's work was interrupted, it is claimed again", shard=shard, error=repr(error))
                await asyncio.sleep(pause_s(failures, self.settings.retry_base_s))
            except Exception as error:
                logger().critical("a shard's work has failed", shard=shard, error=repr(error), exc_info=error)
                await self._app.crash(error)
                raise

    async def _work(self, shard: int) -> None:
        ledger = await self._claimed(shard)
        keeper = self._make(shard, ledger)
        try:
            await keeper.open()
            await self._tell(shard, keeper)
            await keeper.run()
        finally:
            self._rounds += keeper.rounds
            await self._tell(shard, None)
            await ledger.ended()

    async def _claimed(self, shard: int) -> Ledger:
        if shard not in self._stores:
            folder = self.settings.home / "stores" / self.settings.replica
            self._stores[shard] = ShardStore(folder, shard, self._state, self.settings, self._rules, partial(note_unusable, self.metrics))
        store = self._stores[shard]
        changes = await store.claim(self.sender, self._generation)
        logger().info("a shard is here", topic=self._state.name, shard=shard, changes=changes)
        return Ledger(store, self.sender)

    async def _yielded(self, shard: int, error: LostShardError) -> None:
        """Of two owners the one of the later generation goes on; the other waits until the group takes the shard from it, or leaves it here."""
        rival = await self._rival(shard)
        logger().warning("someone else has written to a shard", shard=shard, generation=self._generation, rival=rival, error=str(error))
        if rival > self._generation:
            await asyncio.sleep(2 * self.settings.session_timeout_s)  # cancelled by `assigned` where the group says so

    async def _rival(self, shard: int) -> int:
        with contextlib.suppress(*TRANSIENT):
            return await self._stores[shard].rival()
        return -1

    async def _tell(self, shard: int, keeper: Keeper | None) -> None:
        async with self._changed:
            if keeper is None:
                self._ready.pop(shard, None)
            else:
                self._ready[shard] = keeper
            self._changed.notify_all()

    async def handle(self, messages: Sequence[Message]) -> None:
        by_shard: dict[int, list[Message]] = defaultdict(list)
        for message in messages:
            by_shard[message.partition].append(message)
        for shard in sorted(by_shard, key=lambda shard: shard not in self._ready):
            keeper = await self._keeper(shard)
            if keeper is not None:  # otherwise the shard's new owner takes them
                await keeper.take(by_shard[shard])
        self._hold()

    async def _keep_holding(self) -> None:
        while True:
            await asyncio.sleep(HOLD_S)
            self._hold()

    def _hold(self) -> None:
        """Read for the shards that have room, and for no others."""
        full = {TP(self.sources[0].name, shard) for shard, keeper in self._ready.items() if keeper.is_full}
        if paused := hold(self._app.consumer, full):
            logger().info("full: no more is read until there is room", topic=self.sources[0].name, partitions=sorted(tp.partition for tp in paused))

    async def _keeper(self, shard: int) -> Keeper | None:
        """Raises UnavailableError for a shard that does not get ready."""
        try:
            async with asyncio.timeout(READY_S), self._changed:
                await self._changed.wait_for(lambda: shard in self._ready or (self._known and shard not in self._tended))
        except TimeoutError as error:
            raise UnavailableError(f"shard {shard} of {self._state.name} is not recovered yet") from error
        return self._ready.get(shard)

    @property
    def pace_s(self) -> float:
        return 0.0

    @property
    def computed(self) -> int:
        return self._rounds + sum(keeper.rounds for keeper in self._ready.values())

    async def check(self) -> None:
        """A keeper refuses what is no record; what fails besides is no record's fault."""
        raise RuntimeError("a shard does not take records")

    async def bury(self, message: Message, cause: Cause) -> None:
        delivery = Delivery(self.name, self.sender, self.metrics)
        delivery.bury(message, cause)
        await delivery.confirm()


def hold(consumer: Any, full: Collection[TP]) -> set[TP]:
    """Let a Faust consumer read no more of what is full, and go on with what has room again; what it has stopped to read just now.

    As Faust does it when its own buffer is full, and not by `pause_partitions`: that one throws away what was fetched and not handed on yet.
    """
    here, active, held = consumer.assignment(), consumer._get_active_partitions(), consumer._buffered_partitions
    for tp in held & here - set(full):
        consumer.on_buffer_drop(tp)
    paused: set[TP] = set(full) & here & active
    for tp in paused:
        consumer.on_buffer_full(tp)
    return paused
