"""Arrivals: order, stamps, batches, bounded memory and errors."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from copydesk.shared import arrivals
from copydesk.shared.arrivals import Arrival, batches, stamped
from copydesk.shared.inputs import Item


def items(count: int, size: int = 10) -> list[Item]:
    return [Item(f"item {number}", b"x" * size, number) for number in range(count)]


async def collect(source: Iterator[Item] | list[Item]) -> list[list[Arrival]]:
    return [batch async for batch in batches(source)]


def test_stamps_grow_although_the_clock_stands() -> None:
    assert [arrival.timestamp_ms for arrival in stamped(items(3), lambda: 5.0)] == [5000, 5001, 5002]


def test_a_clock_that_goes_back_does_not_turn_the_order() -> None:
    clock = iter([7.0, 3.0, 9.0])
    assert [arrival.timestamp_ms for arrival in stamped(items(3), lambda: next(clock))] == [7000, 7001, 9000]


async def test_all_arrive_once_in_order_in_bounded_batches() -> None:
    found = await collect(items(500))
    assert [arrival.number for batch in found for arrival in batch] == list(range(500))
    assert max(len(batch) for batch in found) <= arrivals.BATCH


async def test_large_records_travel_in_small_batches() -> None:
    found = await collect(items(6, size=arrivals.BATCH_BYTES))
    assert [len(batch) for batch in found] == [1] * 6


async def test_reading_waits_while_nobody_takes() -> None:
    read = 0

    def source() -> Iterator[Item]:
        nonlocal read
        for item in items(50, size=1_000_000):
            read += 1
            yield item

    taken = batches(source())
    first = await anext(taken)
    await asyncio.sleep(0.2)
    assert read <= len(first) + arrivals.ROOM_BYTES // 1_000_000 + 1
    assert len(first) + sum([len(batch) async for batch in taken]) == 50


async def test_what_is_there_is_given_before_the_input_goes_on() -> None:
    """`tail -f | copydesk produce -` must not wait for a full batch."""
    more = threading.Event()

    def source() -> Iterator[Item]:
        yield items(1)[0]
        more.wait(300)
        yield items(2)[1]

    taken = batches(source())
    assert [arrival.name for arrival in await asyncio.wait_for(anext(taken), 300)] == ["item 0"]
    more.set()
    assert [arrival.name for arrival in await asyncio.wait_for(anext(taken), 300)] == ["item 1"]


async def test_an_error_comes_after_what_was_read_before_it() -> None:
    def source() -> Iterator[Item]:
        yield from items(3)
        raise ValueError("the disk is gone")

    found: list[Arrival] = []
    with pytest.raises(ValueError, match="disk"):
        async for batch in batches(source()):
            found += batch
    assert len(found) == 3


async def test_reading_ends_when_nobody_takes_any_more() -> None:
    taken = batches(items(100, size=1_000_000))
    await anext(taken)
    reading = [thread for thread in threading.enumerate() if thread.name == "input"]
    await taken.aclose()
    for thread in reading:
        await asyncio.to_thread(thread.join, 300)
        assert not thread.is_alive()
