"""A shard's durable state: a RocksDB on this machine (rocksdict), and a changelog topic from which any machine can build it again.

A write goes to the changelog first and is awaited, then to the local database together with its offset. When a shard comes to
a replica, the local database is brought up to the end of the changelog: from its own offset, or from nothing after the loss
of a disk. With the offset it remembers what stood there, so that a changelog that was deleted and made anew is noticed.
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
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import aiokafka
import xxhash
from aiokafka.errors import KafkaError
from rocksdict import Options, Rdict, WriteBatch

from copydesk.shared.confirmed import closed
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Sender, reader, start, unreachable
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic

OFFSET = b"\x00offset"  # sorts before every key, and no key is like it
CLAIM = b"\x00claim"  # the key of claims in the changelog
MOST_DIGITS = 10  # of a generation, a number of 32 bits


class LostShardError(UnavailableError):
    """Someone else has written to the changelog since this owner claimed the shard."""


class ShardStore:
    """One shard's state, read as a `copydesk.shared.asking.Store`. Not for several threads at a time."""

    def __init__(self, folder: Path, shard: int, changelog: Topic, settings: Settings) -> None:
        self.shard, self.changelog, self.settings = shard, changelog, settings
        self._path = folder / f"{changelog.name}-{shard}"
        self._db = _opened(self._path)
        self._failed = False  # it could not be written, and RocksDB refuses every write from then on
        self._end = 0  # the offset at which this owner's next record has to land
        self._name = b""

    def get(self, key: str) -> bytes | None:
        value: bytes | None = self._db.get(key.encode())
        return value

    def items(self) -> Sequence[tuple[str, bytes]]:
        return [(key, value) for key, value in _named(self._db.items()) if key != OFFSET.decode()]

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        """Entries under a prefix in the order of their keys, from the key `first` on."""
        for key, value in _named(self._db.items(from_key=(first or prefix).encode())):
            if not key.startswith(prefix):
                return
            yield key, value

    def close(self) -> None:
        with contextlib.suppress(Exception):  # one that cannot be written cannot be closed in order; the changelog has all of it
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
            self._apply(changes, offsets[-1])

    async def claim(self, sender: Sender, generation: int) -> int:
        """Become the owner: apply what the changelog has and this database has not; how many changes that were.

        `generation` is the consumer group's, which tells an owner of old from a new one.
        """
        if self._failed:
            self.close()
            self._db, self._failed = _opened(self._path), False
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
            self._clear()
        changes = 0
        async for records in self._records(consumer, partition, self._next, end):
            if found := [record for record in records if record.key != CLAIM]:
                self._apply([(record.key, record.value) for record in found], found[-1].offset)
            changes += len(found)
        return changes

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
        mark = self._db.get(OFFSET)
        if mark is None or self._next > end:
            return mark is None
        async for first, *_ in self._records(consumer, partition, self._next - 1, end):
            return bool(_mark(first.offset, first.key, first.value) == mark)
        return False

    @property
    def _next(self) -> int:
        """The changelog's offset from which on this database does not know it."""
        mark = self._db.get(OFFSET)
        return 0 if mark is None else int(mark.split()[0]) + 1

    def _apply(self, changes: Sequence[tuple[bytes, bytes | None]], offset: int) -> None:
        """The last of the changes stands at this offset."""
        batch = WriteBatch(raw_mode=True)
        for key, value in changes:
            if value is None:
                batch.delete(key)
            else:
                batch.put(key, value)
        batch.put(OFFSET, _mark(offset, *changes[-1]))
        try:
            self._db.write(batch)
        except Exception as error:  # rocksdict knows no other
            self._failed = True
            raise _unusable(self._path, error) from error

    def _clear(self) -> None:
        self.close()
        shutil.rmtree(self._path)
        self._db = _opened(self._path)


def _generation(claim: bytes) -> int:
    """The generation in a claim, which any client may have written; -1 in what is none."""
    number = claim.partition(b" ")[0]
    return int(number) if number.isdigit() and len(number) <= MOST_DIGITS else -1


def _named(entries: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Entries whose keys are text. Ours are: another client's record on the changelog costs nothing but its room."""
    for key, value in entries:
        with contextlib.suppress(UnicodeDecodeError):
            yield key.decode(), value


def _mark(offset: int, key: bytes, value: bytes | None) -> bytes:
    """A place in the changelog and a hash of what stands there."""
    return f"{offset} {xxhash.xxh64_hexdigest(b'%b %b' % (key, value or b''))}".encode()


def _opened(path: Path) -> Rdict:
    options = Options(raw_mode=True)
    options.create_if_missing(True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return Rdict(str(path), options)
    except Exception as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> UnavailableError:
    return UnavailableError(f"the shard's database {path} cannot be written ({error})", "see to its disk; nothing is lost meanwhile")


async def _assigned(consumer: Any, topic: Topic, shard: int) -> aiokafka.TopicPartition:
    partition = aiokafka.TopicPartition(topic.name, shard)
    consumer.assign([partition])
    return partition
