"""A shard's durable state: a database on this machine and a changelog topic from which any machine can build it again.

A write goes to the changelog first and is awaited, then to the local database together with its offset. When a shard comes to
a replica, the local database is brought up to the end of the changelog: from its own offset, or from nothing after the loss
of a disk. Any client may write on a changelog: what the shard's service cannot have written is left out, and what stands under its key stays.
Faust's tables do the same, but write the changelog unconfirmed, take one event at a time, and their recovery hung for
good after a broker restart (see docs/decisions/0004).

One owner: who takes a shard writes a claim into its changelog and reads up to that. From there on everything in the changelog has to be its
own, one offset after the other. A write that lands elsewhere shows that someone else has written: nothing is applied, nothing may be
answered. A batch that changes nothing writes the claim again, so that an answer as well is only given by who is still the owner (see
docs/decisions/0010).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import aiokafka
from aiokafka.errors import KafkaError

from copydesk.shared.confirmed import closed
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Sender, reader, start, unreachable
from copydesk.shared.keeping import EntryRules
from copydesk.shared.runner.database import OWN, PlaceInLog, ShardDatabase
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic

CLAIM = OWN + b"claim"  # the key of claims in the changelog
MOST_DIGITS = 10  # of a generation, a number of 32 bits
Unusable = Callable[[Any, Exception], object]
"""Is told of a record that cannot be used, and why."""


ANYTHING = EntryRules("", lambda key, value: None)


class LostShardError(UnavailableError):
    """Someone else has written to the changelog since this owner claimed the shard."""


class ShardStore:
    """One shard's state, read as a `copydesk.shared.asking.Store`. Not for several threads at a time."""

    def __init__(
        self,
        folder: Path,
        shard: int,
        changelog: Topic,
        settings: Settings,
        rules: EntryRules = ANYTHING,
        unusable: Unusable = lambda record, error: None,
    ) -> None:  # fmt: skip
        """`rules`: what an entry has to be like; `unusable` is told of each that is not."""
        self.shard, self.changelog, self.settings = shard, changelog, settings
        self._rules, self._unusable = rules, unusable
        self._path = folder / f"{changelog.name}-{shard}"
        self._db = ShardDatabase(self._path, rules.name)
        self._end = 0  # the offset at which this owner's next record has to land
        self._name = b""

    def get(self, key: str) -> bytes | None:
        return self._db.get(key)

    def items(self) -> Sequence[tuple[str, bytes]]:
        return self._db.items()

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        """Entries under a prefix in the order of their keys, from the key `first` on."""
        return self._db.scan(prefix, first)

    def close(self) -> None:
        self._db.close()

    async def write(self, sender: Sender, writes: Mapping[str, bytes | None]) -> None:
        """Change keys (None deletes), durably, as the shard's owner. Raises what the broker raises, and then nothing has changed here.

        Raises UnavailableError when the disk takes no more: then the changelog has what the database has not, until the next claim.
        Raises LostShardError when the shard was claimed by another: what was written then has no reply, and whoever reads it may drop it.
        """
        changes = [(key.encode(), value) for key, value in writes.items()]
        offsets = await self._append(sender, changes or [(CLAIM, self._name)])
        if offsets != list(range(self._end, self._end + len(offsets))):
            raise LostShardError(f"shard {self.shard} of {self.changelog.name} has another owner", "this replica leaves it alone")
        self._end += len(offsets)
        if changes:
            self._db.apply(dict(changes), PlaceInLog(offsets[-1], *changes[-1]))

    async def claim(self, sender: Sender, generation: int) -> int:
        """Become the owner: apply what the changelog has and this database has not; how many changes that were.

        `generation` is the consumer group's, which tells an owner of old from a new one.
        """
        self._db.mend()
        self._name = f"{generation} {self._path.parent.name}".encode()
        (at,) = await self._append(sender, [(CLAIM, self._name)])
        async with self._reader() as consumer:
            changes = await self._catch_up(consumer, at + 1)
        self._end = at + 1
        return changes

    async def rival(self) -> int:
        """The latest generation that has claimed the shard since this owner did; -1 if none has."""
        async with self._reader() as consumer:
            partition = await _assigned(consumer, self.changelog, self.shard)
            end = (await consumer.end_offsets([partition]))[partition]
            found = [record async for records in self._records(consumer, partition, self._end, end) for record in records]
        claims = [record.value or b"" for record in found if record.key == CLAIM]
        return max((_generation(claim) for claim in claims if claim != self._name), default=-1)

    async def _append(self, sender: Sender, changes: Sequence[tuple[bytes, bytes | None]]) -> list[int]:
        stored = [await sender.send(self.changelog, key, value, partition=self.shard) for key, value in changes]
        return [record.offset for record in await asyncio.gather(*stored)]

    @contextlib.asynccontextmanager
    async def _reader(self) -> AsyncIterator[Any]:
        """A consumer of the changelog. Raises UnavailableError when the brokers stop answering."""
        consumer = reader(self.settings, [self.changelog])
        try:
            await start(consumer, self.settings)
            yield consumer
        except (KafkaError, TimeoutError) as error:
            raise unreachable(self.settings, error) from error
        finally:
            await closed(consumer.stop())

    async def _catch_up(self, consumer: Any, end: int) -> int:
        partition = await _assigned(consumer, self.changelog, self.shard)
        if not await self._is_of(consumer, partition, end):
            self._db.clear()
        changes = 0
        async for records in self._records(consumer, partition, self._db.next_offset, end):
            if found := [record for record in records if record.key != CLAIM]:
                self._db.apply(
                    {one.key: one.value for one in found if self._is_sound(one)}, PlaceInLog(found[-1].offset, found[-1].key, found[-1].value)
                )
            changes += len(found)
        return changes

    def _is_sound(self, record: Any) -> bool:
        """Whether the shard's service can have written it. One that ends an entry ends it, whoever wrote it."""
        try:
            if record.key is None or record.key.startswith(OWN):
                raise ValueError("no key of an entry")
            if record.value is not None:
                self._rules.check(record.key.decode(), record.value)
        except Exception as error:  # whatever code makes of what anyone may have written there
            self._unusable(record, error)
            return False
        return True

    async def _records(self, consumer: Any, partition: aiokafka.TopicPartition, first: int, end: int) -> AsyncIterator[list[Any]]:
        """What stands from `first` on and before `end`. Raises TimeoutError when nothing more comes although it should."""
        consumer.seek(partition, first)
        while (at := await consumer.position(partition)) < end:
            found: dict[Any, list[Any]] = {}
            async with asyncio.timeout(self.settings.delivery_timeout_s):
                while not found and await consumer.position(partition) == at:
                    found = await consumer.getmany(partition, timeout_ms=500)
            if records := [record for record in found.get(partition, ()) if record.offset < end]:
                yield records

    async def _is_of(self, consumer: Any, partition: aiokafka.TopicPartition, end: int) -> bool:
        """Whether this database was written from this changelog: the record that it knows last still stands there.

        Where compaction has removed that record, nobody can tell, and the changelog is read from its beginning.
        """
        if self._db.is_new or self._db.next_offset > end:
            return self._db.is_new
        async for first, *_ in self._records(consumer, partition, self._db.next_offset - 1, end):
            return self._db.ends_with(PlaceInLog(first.offset, first.key, first.value))
        return False


def _generation(claim: bytes) -> int:
    """The generation in a claim, which any client may have written; -1 in what is none."""
    number = claim.partition(b" ")[0]
    return int(number) if number.isdigit() and len(number) <= MOST_DIGITS else -1


async def _assigned(consumer: Any, topic: Topic, shard: int) -> aiokafka.TopicPartition:
    partition = aiokafka.TopicPartition(topic.name, shard)
    consumer.assign([partition])
    return partition
