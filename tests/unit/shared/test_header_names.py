"""A batch in which the names of some headers are not UTF-8 is read whole, as the broker has it."""

from __future__ import annotations

from typing import Any

import pytest
from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from copydesk.shared.header_names import ReadableRecords
from copydesk.shared.kafka import reader
from tests.odd_records import RawName

PLAIN, ZSTD = 0, 4


def batch(first: int, names: list[bytes], codec: int) -> bytes:
    builder = _DefaultRecordBatchBuilderPy(2, codec, 0, -1, -1, 0, 100_000)
    for number, name in enumerate(names):
        builder.append(number, 1_000 + number, b"k", b"v%d" % (first + number), [(RawName(name), b"\xff")])
    data = builder.build()
    data[:8] = first.to_bytes(8, "big")  # as a broker numbers them
    return bytes(data)


def read(data: bytes) -> list[Any]:
    records, found = ReadableRecords(data), []
    while records.has_next():
        one = records.next_batch()
        assert one.validate_crc()
        assert not one.is_control_batch
        found += list(one)
    return found


@pytest.mark.parametrize("codec", [PLAIN, ZSTD])
def test_every_record_is_read_once(codec: int) -> None:
    names = [[b"a", b"b"], ["é".encode(), b"caf\xe9", b"\xff", b"d"], [b"e"]]
    found = read(b"".join(batch(first, some, codec) for first, some in zip((0, 2, 6), names, strict=True)))
    assert [(record.offset, record.value, record.key) for record in found] == [(n, b"v%d" % n, b"k") for n in range(7)]
    assert [record.headers for record in found] == [[(name, b"\xff")] for name in ("a", "b", "é", "caf\\xe9", "\\xff", "d", "e")]
    assert [record.timestamp for record in found] == [1_000, 1_001, 1_000, 1_001, 1_002, 1_003, 1_000]


def test_half_a_batch_at_the_end_is_left_for_the_next_fetch() -> None:
    whole = batch(0, [b"\xff"], PLAIN)
    records = ReadableRecords(whole + batch(1, [b"x"], PLAIN)[:-3])
    assert len(list(records.next_batch())) == 1
    assert not records.has_next()
    assert records.size_in_bytes() > len(whole)


def test_all_consumers_read_so() -> None:
    assert reader.__module__
    assert fetcher.MemoryRecords is ReadableRecords
