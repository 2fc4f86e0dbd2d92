"""Services that remember: a shard, which is a partition of one topic, with a durable state of its own and work that goes on by itself.

The runner carries records to a shard, keeps its state safe and in one pair of hands, and lets its work run. No Kafka here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # what asks and answers offline needs the rules of entries, and no client of Kafka
    from copydesk.shared.kafka import Message

Changes = dict[str, bytes | None]
"""What to write into a shard's state, by key; None deletes."""


@dataclass(frozen=True, slots=True)
class EntryRules:
    """What an entry of a shard's state has to be like: any client may write onto its topic.

    `check` raises, whatever it likes, for a key and a value that the service cannot have written. What has passed can be decoded. `name`
    changes with the rules: a state that was built by others is built again.
    """

    name: str
    check: Callable[[str, bytes], object]


class ShardState(Protocol):
    """A shard's durable key-value state. Keys are texts, in the order of their UTF-8."""

    def get(self, key: str) -> bytes | None: ...

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        """Entries under a prefix in their order, from the key `first` on. What is written meanwhile may come or not."""

    async def write(self, changes: Mapping[str, bytes | None]) -> None:
        """Change keys (None deletes), durably and together with what others write at the same time. Raises where this is no longer the owner."""

    async def prove(self, fresh_s: float) -> None:
        """Return if this was the shard's one owner at some moment of the last `fresh_s` seconds. Raises where it is no longer."""


class Keeper(Protocol):
    """One shard, as a service runs it. Made anew with the complete state whenever the shard comes to this replica."""

    async def open(self) -> None:
        """Build what is derived from the state."""

    async def take(self, messages: Sequence[Message]) -> None:
        """Records came, in order. Return once all that is to be remembered of them is durable."""

    async def run(self) -> None:
        """The work that goes on by itself, until it is cancelled. Raising means what it means in a stage: the shard is opened again, or the
        service stops."""

    @property
    def is_full(self) -> bool:
        """Whether more records should wait on the topic. Those that were read already are to be taken nevertheless: a few batches."""

    @property
    def rounds(self) -> int:
        """Grows while the work goes on: what does not grow has stalled."""
