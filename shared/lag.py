"""How far each consumer group is behind the end of its topics, from the offsets that it committed."""

from __future__ import annotations

from typing import Any

import aiokafka
from aiokafka.admin import AIOKafkaAdminClient

from copydesk.shared.kafka import client_options, start
from copydesk.shared.settings import Settings
from copydesk.shared.topology import SERVICES, ServiceSpec


async def lags(settings: Settings) -> dict[str, int]:
    """Records still to process, by service. Raises CopydeskError when no broker answers."""
    ends = await _ends(settings)
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        return {service.name: await _lag(admin, service, ends) for service in SERVICES}
    finally:
        await admin.close()


async def _lag(admin: Any, service: ServiceSpec, ends: dict[Any, int]) -> int:
    committed = await admin.list_consumer_group_offsets(service.group)
    names = {topic.name for topic in service.reads}
    done = {partition: meta.offset for partition, meta in committed.items() if meta.offset >= 0}
    return sum(end - done.get(partition, 0) for partition, end in ends.items() if partition.topic in names)


async def _ends(settings: Settings) -> dict[Any, int]:
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings), enable_auto_commit=False)
    try:
        await start(consumer, settings)
        topics = {topic.name for service in SERVICES for topic in service.reads}
        cluster = await consumer._client.fetch_all_metadata()
        partitions = [aiokafka.TopicPartition(name, number) for name in topics for number in cluster.partitions_for_topic(name) or ()]
        ends: dict[Any, int] = await consumer.end_offsets(partitions)
        return ends
    finally:
        await consumer.stop()
