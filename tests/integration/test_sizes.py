"""The limits hold on a real broker: R bytes arrive, R + 1 are refused by name, and a dead letter of the largest record arrives whole."""

from __future__ import annotations

import os

import pytest

from copydesk.shared.deadletters import Cause, assemble, dead_letters
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message, consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, ENRICHED, RAW, Topic
from tests.pipeline import fresh_topics


@pytest.mark.parametrize("topic", [RAW, CLEANED, ENRICHED, DEADLETTERS], ids=lambda topic: topic.name)
async def test_a_record_of_the_limit_arrives_and_one_byte_more_is_refused_by_name(topic: Topic, kafka: Settings) -> None:
    await fresh_topics(kafka)
    largest = os.urandom(kafka.max_bytes(topic))  # compression must not be what makes it fit
    async with producer(kafka) as sender:
        await (await sender.send(topic, "largest", largest))
        with pytest.raises(CopydeskError, match=rf"record too-long: [\d,]+ bytes, {topic.name} takes [\d,]+ — shorten it"):
            await sender.send(topic, "too-long", largest + b"x")
    assert [message.value async for message in consume(kafka, [topic], since="beginning", follow=False)] == [largest]


async def test_the_largest_original_comes_back_from_the_dead_letters(kafka: Settings) -> None:
    await fresh_topics(kafka)
    original = os.urandom(kafka.max_bytes(ENRICHED))
    message = Message(ENRICHED.name, 0, 7, 0, b"large", original, {})
    async with producer(kafka) as sender:
        for letter in dead_letters(message, Cause("sink", "invalid_record"), kafka.raw_limit):
            await (await sender.send(DEADLETTERS, "large", letter))
    values = [found.value or b"" async for found in consume(kafka, [DEADLETTERS], since="beginning", follow=False)]
    assert len(values) > 1
    assert [whole.original for whole in assemble(values)] == [original]
