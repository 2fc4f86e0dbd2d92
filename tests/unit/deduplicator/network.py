"""A network in memory that delivers requests to the shards in any order, twice, late, and to shards that crash."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.services.deduplicator.index.in_process import MemoryStore
from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.index.shard import IndexRule


@dataclass
class Trouble:
    """How often, of a hundred deliveries, each happens."""

    crash_before_write: int = 0
    crash_after_write: int = 0
    twice: int = 0


@dataclass
class Network:
    """Implements `copydesk.shared.asking.Asker`. Nothing moves until `step`; `chance` decides everything."""

    shards: int
    chance: random.Random
    trouble: Trouble = field(default_factory=Trouble)
    rule: IndexRule = field(default_factory=IndexRule)

    def __post_init__(self) -> None:
        self.responder = IndexResponder(self.rule)
        self.stores = [MemoryStore() for _ in range(self.shards)]
        self.waiting: list[tuple[int, bytes, asyncio.Future[bytes]]] = []
        for shard, store in enumerate(self.stores):
            self.responder.open(shard, store)

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]:
        replies: dict[int, asyncio.Future[bytes]] = {}
        for shard, request in requests.items():
            replies[shard] = asyncio.get_running_loop().create_future()
            self.waiting.append((shard, request, replies[shard]))
        return {shard: await reply for shard, reply in replies.items()}

    def step(self) -> None:
        """Deliver some waiting requests of one shard, in any order among them."""
        self.waiting = [item for item in self.waiting if not item[2].done()]
        if not self.waiting:
            return
        shard = self.chance.choice(self.waiting)[0]
        here = [item for item in self.waiting if item[0] == shard]
        self._deliver(shard, self.chance.sample(here, self.chance.randint(1, len(here))))

    def _deliver(self, shard: int, items: list[tuple[int, bytes, asyncio.Future[bytes]]]) -> None:
        answered = self.responder.answer(shard, [request for _, request, _ in items])
        fate = self.chance.randrange(100)
        if fate < self.trouble.crash_before_write:
            return self.restart(shard)
        fate -= self.trouble.crash_before_write
        self.stores[shard].write(answered.writes)
        if fate < self.trouble.crash_after_write:
            return self.restart(shard)
        if fate - self.trouble.crash_after_write < self.trouble.twice:
            return None  # the answer is lost or late: the request comes again
        for (_, _, reply), value in zip(items, answered.replies, strict=True):
            reply.set_result(value)
        return None

    def restart(self, shard: int) -> None:
        """The shard goes to another process, which has only its store."""
        self.responder.close(shard)
        self.responder.open(shard, self.stores[shard])
