"""A shard's durable state: a RocksDB on this machine (rocksdict), and a changelog topic from which any machine can build it again.

A write goes to the changelog first and is awaited, then to the local database together with its offset. When a shard comes to
a replica, the local database is brought up to the end of the changelog: from its own offset, or from nothing after the loss
of a disk. With the offset it remembers what stood there, so that a changelog that was deleted and made anew is noticed.
Faust's tables do the same, but write the changelog unconfirmed, take one event at a time, and their recovery hung for
good after a broker restart (see docs/decisions/0004).
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiokafka
import xxhash
from rocksdict import Options, Rdict, WriteBatch

from copydesk.shared.kafka import Sender, client_options, start
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic

OFFSET = b"\x00offset"  # sorts before every key, and no key is like it


class ShardStore:
    """One shard's state, read as a `copydesk.shared.asking.Store`. Not for several threads at a time."""

    def __init__(self, folder: Path, shard: int, changelog: Topic, settings: Settings) -> None:
        self.shard, self.changelog, self.settings = shard, changelog, settings
        self._path = folder / f"{changelog.name}-{shard}"
        self._db = _opened(self._path)

    def get(self, key: str) -> bytes | None:
        value: bytes | None = self._db.get(key.encode())
        return value

    def items(self) -> Sequence[tuple[str, bytes]]:
        return [(key.decode(), value) for key, value in self._db.items() if key != OFFSET]

    def close(self) -> None:
        self._db.close()

    async def write(self, sender: Sender, writes: Mapping[str, bytes | None]) -> None:
        """Change keys (None deletes), durably: raises what the broker raises, and then nothing has changed here."""
        if not writes:
            return
        stored = [await sender.send(self.changelog, key, value, partition=self.shard) for key, value in writes.items()]
        records = await asyncio.gather(*stored)
        self._apply([(key.encode(), value) for key, value in writes.items()], records[-1].offset)

    async def catch_up(self) -> int:
        """Apply what the changelog has and this database has not; how many changes that were."""
        consumer = aiokafka.AIOKafkaConsumer(
            **client_options(self.settings),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=self.changelog.max_bytes(self.settings.raw_limit) + 100_000,
        )
        try:
            await start(consumer, self.settings)
            return await self._read(consumer)
        finally:
            await consumer.stop()

    async def _read(self, consumer: Any) -> int:
        partition = aiokafka.TopicPartition(self.changelog.name, self.shard)
        consumer.assign([partition])
        end = (await consumer.end_offsets([partition]))[partition]
        if not await self._is_of(consumer, partition, end):
            self._clear()
        consumer.seek(partition, self._next)
        changes = 0
        while await consumer.position(partition) < end:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                self._apply([(record.key, record.value) for record in records], records[-1].offset)
                changes += len(records)
        return changes

    async def _is_of(self, consumer: Any, partition: aiokafka.TopicPartition, end: int) -> bool:
        """Whether this database was written from this changelog: the record that it knows last still stands there.

        Where compaction has removed that record, nobody can tell, and the changelog is read from its beginning.
        """
        mark = self._db.get(OFFSET)
        if mark is None or self._next > end:
            return mark is None
        consumer.seek(partition, self._next - 1)
        while await consumer.position(partition) < end:
            for records in (await consumer.getmany(timeout_ms=500, max_records=1)).values():
                return bool(_mark(records[0].offset, records[0].key, records[0].value) == mark)
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
        self._db.write(batch)

    def _clear(self) -> None:
        self._db.close()
        shutil.rmtree(self._path)
        self._db = _opened(self._path)


def _mark(offset: int, key: bytes, value: bytes | None) -> bytes:
    """A place in the changelog and a hash of what stands there."""
    return f"{offset} {xxhash.xxh64_hexdigest(b'%b %b' % (key, value or b''))}".encode()


def _opened(path: Path) -> Rdict:
    options = Options(raw_mode=True)
    options.create_if_missing(True)
    path.parent.mkdir(parents=True, exist_ok=True)
    return Rdict(str(path), options)
