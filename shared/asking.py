"""Ask and answer over partitions: how the deduplicator and the shards of its index talk, free of Kafka.

The asking side is given an `Asker`, the answering side is a `Responder`. The runner carries the messages, keeps
each shard's store durable and answers a shard's requests in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from copydesk.shared.keeping import EntryRules
from copydesk.shared.topics import Topic


class Asker(Protocol):
    """Sends one request to each shard named and waits for all replies; asks again where none comes (requests are idempotent)."""

    shards: int

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]: ...


class Store(Protocol):
    """One shard's durable key-value state, as it was when the last answered batch ended. Keys are short texts."""

    def get(self, key: str) -> bytes | None: ...

    def items(self) -> Sequence[tuple[str, bytes]]: ...


@dataclass(frozen=True, slots=True)
class Answered:
    """One reply for each request, in order, and what changes in the store (None deletes). Writes are durable before a reply leaves."""

    replies: Sequence[bytes]
    writes: Mapping[str, bytes | None] = field(default_factory=dict)


class Responder(Protocol):
    """The answering side of one topic whose partitions are the shards."""

    name: str
    source: Topic
    target: Topic
    rules: EntryRules  # of the entries of its stores

    def open(self, shard: int, store: Store) -> None:
        """The shard came to this process and its store is complete: build what is derived from it."""

    def close(self, shard: int) -> None:
        """The shard went to another process: free its memory."""

    def answer(self, shard: int, requests: Sequence[bytes]) -> Answered:
        """Answer a batch of requests in order. Runs off the event loop; raising means broken, the batch comes again."""

    def forget(self, shard: int, article_ids: frozenset[str]) -> Mapping[str, bytes | None]:
        """All articles that are taken back now: forget them, and take none of them in. What changes in the store (None deletes)."""

    def check(self, shard: int) -> None:
        """Answer a request known to be good, without a trace. Raises what fails: then the code is broken, not a request."""
