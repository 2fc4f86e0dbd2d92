"""A topic that takes less on the brokers than it should: the records that do not fit are dead letters, whole, and the others arrive."""

from __future__ import annotations

import asyncio
import os

import pytest

from copydesk.shared.deadletters import Cause, assemble
from copydesk.shared.kafka import Message, consume, producer
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, RAW
from tests.pipeline import change, fresh_topics

SMALL = [b"small %d" % number for number in range(5)]


def message(offset: int, value: bytes) -> Message:
    return Message(RAW.name, 0, offset, 1_716_023_400_000, b"key", value, {})


@pytest.mark.parametrize("letters_take", ["1000000", "3000"])
async def test_a_record_that_the_brokers_refuse_for_its_size_is_a_dead_letter(letters_take: str, kafka: Settings) -> None:
    await fresh_topics(kafka)
    await change(kafka, CLEANED, {"max.message.bytes": "20000"})
    await change(kafka, DEADLETTERS, {"max.message.bytes": letters_take})
    large = os.urandom(50_000)
    values = [*SMALL[:2], large, *SMALL[2:]]
    metrics = Metrics("cleaner")
    async with producer(kafka) as sender:
        delivery = Delivery("cleaner", sender, metrics)
        for offset, value in enumerate(values):
            delivery.forward(CLEANED, message(offset, value), "an-article", value)
        await delivery.confirm()
        again = Delivery("cleaner", sender, metrics)
        again.forward(CLEANED, message(9, b"next"), "an-article", b"next")
        await again.confirm()
    arrived = [found.value async for found in consume(kafka, [CLEANED], since="beginning", follow=False)]
    assert set(arrived) == {*SMALL, b"next"}
    letters = [found.value or b"" async for found in consume(kafka, [DEADLETTERS], since="beginning", follow=False)]
    (whole,) = assemble(letters)
    assert whole.original == large
    assert (whole.letter.reason, whole.letter.offset) == ("too_large", 2)
    assert "max.message.bytes" in whole.letter.detail
    assert metrics.registry.get_sample_value("copydesk_records_out_total", {"service": "cleaner"}) == len(SMALL) + 1
    assert metrics.registry.get_sample_value("copydesk_records_rejected_total", {"service": "cleaner", "reason": "too_large"}) == 1


async def test_a_large_record_that_a_stage_rejects_is_buried_in_pieces_where_letters_have_to_be_small(kafka: Settings) -> None:
    await fresh_topics(kafka)
    await change(kafka, DEADLETTERS, {"max.message.bytes": "3000"})
    large = os.urandom(50_000)
    async with producer(kafka) as sender:
        delivery = Delivery("cleaner", sender, Metrics("cleaner"))
        delivery.bury(message(3, large), Cause("cleaner", "no_article"))
        await delivery.confirm()
    letters = [found.value or b"" async for found in consume(kafka, [DEADLETTERS], since="beginning", follow=False)]
    (whole,) = assemble(letters)
    assert whole.original == large
    assert whole.letter.reason == "no_article"


async def test_records_that_are_sent_together_lie_where_single_ones_do_in_order(kafka: Settings) -> None:
    await fresh_topics(kafka)
    values = [os.urandom(200_000 if number % 40 == 0 else 30) + b"%d" % number for number in range(200)]
    async with producer(kafka) as sender:
        for number, value in enumerate(values):
            await (await sender.send(RAW, f"key {number % 30}", value))
        stored = await sender.send_all(
            [sender.producer_record(CLEANED, f"key {number % 30}", value, {"origin": "a"}) for number, value in enumerate(values)]
        )
        await asyncio.gather(*stored)
        assert not await sender.send_all([])
    alone, together = [[found async for found in consume(kafka, [topic], since="beginning", follow=False)] for topic in (RAW, CLEANED)]
    for partition in range(kafka.partitions):
        assert [one.value for one in together if one.partition == partition] == [one.value for one in alone if one.partition == partition]
    assert {one.headers["origin"] for one in together} == {"a"}
