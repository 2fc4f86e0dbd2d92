"""The index in this process, for runs without a broker and for tests: the same bytes through the same responder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.index.shard import IndexRule


class MemoryStore:
    """Implements `copydesk.shared.asking.Store`."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.values.get(key)

    def items(self) -> Sequence[tuple[str, bytes]]:
        return list(self.values.items())

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        for key, value in changes.items():
            if value is None:
                self.values.pop(key, None)
            else:
                self.values[key] = value


class PassingStore(MemoryStore):
    """Keeps the latest changes only: for a run that ends with its process."""

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        self.values = {key: value for key, value in changes.items() if value is not None}


class InProcessAsker:
    """Implements `copydesk.shared.asking.Asker` over shards in this process."""

    def __init__(self, shards: int = 1, rule: IndexRule | None = None) -> None:
        self.shards = shards
        self.responder = IndexResponder(rule)
        self.stores: list[MemoryStore] = [PassingStore() for _ in range(shards)]
        for shard, store in enumerate(self.stores):
            self.responder.open(shard, store)

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]:
        """Answers on the spot: moving to another thread and back takes longer than anybody else waits here for the event loop."""
        replies = {}
        for shard, request in requests.items():
            answered = self.responder.answer(shard, [request])
            self.stores[shard].write(answered.writes)
            (replies[shard],) = answered.replies
        return replies
