"""Another Kafka at the same address is not taken for the one that is meant."""

from __future__ import annotations

import pytest

from copydesk.shared.admin import cluster_of, create_topics
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW


async def test_clients_look_at_the_cluster_that_they_are_let_into(kafka: Settings) -> None:
    right = kafka.model_copy(update={"cluster_id": await cluster_of(kafka)})
    await create_topics(right)
    async with producer(right):
        pass
    wrong = kafka.model_copy(update={"cluster_id": "another"})
    with pytest.raises(CopydeskError, match="not another, which is meant here"):
        await create_topics(wrong)
    with pytest.raises(CopydeskError, match="COPYDESK_BOOTSTRAP_SERVERS"):
        async with producer(wrong):
            pass
    with pytest.raises(CopydeskError, match="not another"):
        async for _ in consume(wrong, [RAW], follow=False):
            pass
