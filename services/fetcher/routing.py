"""Whose an address is: the partition of its host, as the topic's partitions are now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.kafka import Sender
from copydesk.shared.topics import URLS

ROUTED = "routed"  # a header: it was sent on once to the partition of its host, and is taken wherever it comes now
COUNT_S = 60.0


class Routing:
    """Which addresses are a shard's own."""

    def __init__(self, shard: int, sender: Sender) -> None:
        self._shard, self._sender = shard, sender
        self._partition_of: Callable[[str], int] = lambda _: shard
        self._counted = 0.0

    async def counted(self) -> None:
        """Count the topic's partitions. Raises UnavailableError when no broker tells."""
        self._partition_of = await self._sender.partitioning(URLS)
        self._counted = asyncio.get_running_loop().time()

    async def recounted(self) -> None:
        """Count them again once in a while: somebody may have added some."""
        if asyncio.get_running_loop().time() - self._counted > COUNT_S:
            await self.counted()

    def is_here(self, found: Waiting) -> bool:
        return ROUTED in found.headers or self._partition_of(found.host) == self._shard
