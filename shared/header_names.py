"""Headers whose names are not UTF-8. The protocol forbids them and brokers store them, since some clients let one be written.

aiokafka raises over such a record each time, and its partition would stand still for ever. Read through here, the record comes with the
bytes of that name escaped: b"caf\\xe9" → "caf\\\\xe9".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, SupportsIndex

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords

LENGTH = slice(8, 12)  # of a batch, in its head: of what comes behind these bytes


def tolerate() -> None:
    """From now on, for all consumers of this process. Calling it twice is harmless."""
    fetcher.MemoryRecords = ReadableRecords


class ReadableRecords:
    """What a fetch brought of one partition: aiokafka's `MemoryRecords`, with every record of it readable."""

    def __init__(self, data: bytes) -> None:
        self._records: Any = MemoryRecords(data)
        self._rest = memoryview(data)

    def size_in_bytes(self) -> int:
        return int(self._records.size_in_bytes())

    def has_next(self) -> bool:
        return bool(self._records.has_next())

    def next_batch(self) -> _Batch:
        batch = self._records.next_batch()
        end = LENGTH.stop + int.from_bytes(self._rest[LENGTH], "big")
        data, self._rest = self._rest[:end], self._rest[end:]
        return _Batch(batch, data)


class _Batch:
    """A batch of records; what is not said here is as aiokafka's own has it."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch, self._data = batch, data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        count = 0
        try:
            for record in self._batch:
                yield record
                count += 1
        except UnicodeDecodeError:
            yield from itertools.islice(_escaping(self._data), count, None)

    def __next__(self) -> Any:
        return next(self._batch)


def _escaping(data: memoryview) -> Iterator[Any]:
    """The records of a batch by aiokafka's reader in Python, which decodes what it takes from its buffer."""
    batch = _DefaultRecordBatchPy(data)
    batch._maybe_uncompress()
    batch._buffer = _EscapedBytes(batch._buffer)
    return iter(batch)


class _EscapedBytes(bytearray):
    """Bytes that are never refused when they, or a part of them, are decoded."""

    def __getitem__(self, place: SupportsIndex | slice) -> Any:
        found = super().__getitem__(place)
        return _EscapedBytes(found) if isinstance(found, bytearray) else found

    def decode(self, encoding: str = "utf-8", errors: str = "backslashreplace") -> str:
        return super().decode(encoding, errors)
