"""Topics as they are declared in `copydesk.shared.topics`, made on a cluster."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import CoordinatorLoadInProgressError, CoordinatorNotAvailableError, TopicAlreadyExistsError

from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import client_options, cluster_id, start
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, INDEX, SEGMENTS, Topic
from copydesk.shared.topology import SERVICES

COORDINATOR_TRIES = 100


async def create_topics(settings: Settings, topics: Sequence[Topic] = ALL) -> list[str]:
    """Create the topics that are missing, with their partitions and limits; the names of those created. Idempotent.

    Raises CopydeskError when no broker answers, or when dedup.index exists with another number of shards.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        existing = set(await admin.list_topics())
        if INDEX.name in existing:
            await _require_shards(admin, settings)
        missing = [topic for topic in topics if topic.name not in existing]
        if missing:
            await _create(admin, settings, missing)
        await _require_coordinators(admin)
        return [topic.name for topic in missing]
    finally:
        await admin.close()


async def cluster_of(settings: Settings) -> str | None:
    """The id of the cluster. Raises CopydeskError when no broker answers."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        return await cluster_id(admin)
    finally:
        await admin.close()


async def _require_coordinators(admin: Any) -> None:
    """Wait until the cluster can lead the consumer groups: a new one makes the topic for that when it is asked for the first time."""
    for service in SERVICES:
        for _ in range(COORDINATOR_TRIES):
            try:
                await admin.find_coordinator(service.group)
                break
            except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError):
                await asyncio.sleep(0.1)


async def _require_shards(admin: Any, settings: Settings) -> None:
    described = await admin.describe_topics([INDEX.name])
    shards = len(described[0]["partitions"])
    if shards != settings.index_shards:  # a hash would be looked for in another shard than the one it was put into
        raise CopydeskError(
            f"{INDEX.name} has {shards} partitions, COPYDESK_INDEX_SHARDS says {settings.index_shards}",
            f"set it to {shards}, or delete {INDEX.name} and {SEGMENTS.name} to begin a new index",
        )


async def _create(admin: Any, settings: Settings, missing: Sequence[Topic]) -> None:
    response = await admin.create_topics([_new(settings, topic) for topic in missing])
    for name, code, *reason in response.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            raise CopydeskError(f"topic {name} could not be created: {reason or code}", "check the cluster and the client's rights")
    while not all(_has_leaders(topic) for topic in await admin.describe_topics([topic.name for topic in missing])):
        await asyncio.sleep(0.05)  # whoever writes at once would only be told to wait


def _has_leaders(described: Mapping[str, Any]) -> bool:
    partitions = described["partitions"]
    return bool(partitions) and all(partition["leader"] >= 0 for partition in partitions)


def partitions_of(settings: Settings, topic: Topic) -> int:
    """How many partitions a topic is created with."""
    return settings.index_shards if topic.partitions == "shards" else topic.partitions or settings.partitions


def _new(settings: Settings, topic: Topic) -> Any:
    size = topic.max_bytes(settings.raw_limit) + 10_000  # the limit is on the value, Kafka's on the record batch
    config = {"cleanup.policy": topic.cleanup, "retention.ms": str(topic.retention_ms), "max.message.bytes": str(size)}
    return NewTopic(topic.name, partitions_of(settings, topic), settings.replication_factor, topic_configs=config)
