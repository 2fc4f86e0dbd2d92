"""What the brokers tell of each service's place: age of the oldest record, and records that were deleted unread."""

from __future__ import annotations

import asyncio
import time

import aiokafka
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from copydesk.services.console.running.monitor import BrokerMetrics
from copydesk.shared.kafka import client_options
from copydesk.shared.lag import behind
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ENRICHED
from copydesk.shared.topology import BY_NAME
from tests.pipeline import PATIENCE_S, fresh_topics

HOUR_MS = 3_600_000
PLACE = aiokafka.TopicPartition(ENRICHED.name, 0)


async def commit(kafka: Settings, service: str, offset: int) -> None:
    consumer = aiokafka.AIOKafkaConsumer(**client_options(kafka), group_id=BY_NAME[service].group, enable_auto_commit=False)
    await consumer.start()
    consumer.assign([PLACE])
    await consumer.commit({PLACE: offset})
    await consumer.stop()


async def test_two_services_on_one_topic_have_ages_of_their_own_and_what_was_deleted_unread_is_told(kafka: Settings) -> None:
    await fresh_topics(kafka)
    now = int(time.time() * 1000)
    feed = aiokafka.AIOKafkaProducer(**client_options(kafka))
    await feed.start()
    for hours in range(10, 0, -1):
        await feed.send_and_wait(ENRICHED.name, b"{}", partition=0, timestamp_ms=now - hours * HOUR_MS)
    await feed.stop()
    await commit(kafka, "sink", 8)
    await commit(kafka, "sink-jsonl", 3)

    async with asyncio.timeout(PATIENCE_S):
        while (found := await behind(kafka))["sink"].oldest is None or found["sink-jsonl"].oldest is None:
            await asyncio.sleep(0.2)  # what a busy broker does not tell in time is left out
    assert {name: (found[name].lag, round((found[name].at - (found[name].oldest or 0)) / 3_600)) for name in ("sink", "sink-jsonl")} == {
        "sink": (2, 2),
        "sink-jsonl": (7, 7),
    }
    assert found["sink"].lost == found["sink-jsonl"].lost == 0

    admin = AIOKafkaAdminClient(**client_options(kafka))
    await admin.start()
    await admin.delete_records({PLACE: RecordsToDelete(before_offset=5)})
    await admin.close()
    metrics = BrokerMetrics()
    metrics.places(await behind(kafka))
    lost = {name: metrics.registry.get_sample_value("copydesk_records_lost_total", {"service": name}) for name in ("sink", "sink-jsonl")}
    assert lost == {"sink": 0, "sink-jsonl": 2}
