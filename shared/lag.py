"""How far each consumer group is behind the end of its topics, from the offsets that it committed."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import aiokafka
from aiokafka.admin import AIOKafkaAdminClient

from copydesk.shared.confirmed import closed
from copydesk.shared.kafka import client_options, reader, start, within
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL
from copydesk.shared.topology import SERVICES, ServiceSpec

OLDEST_PATIENCE_MS = 3_000
MARKS = 8  # so few may be no records at all, but the ends of transactions


@dataclass(frozen=True, slots=True)
class Behind:
    """A service at one moment, over all partitions that it reads: records to process, records ever written and ever processed, and
    when the oldest record that waits was written (seconds since 1970; None where none waits). `lost`: records that were deleted, since they were
    kept long enough, before the group had read them."""

    lag: int
    written: int
    processed: int
    oldest: float | None
    at: float
    lost: int = 0


async def lags(settings: Settings) -> dict[str, int]:
    """Records still to process, by service. Raises CopydeskError when no broker answers."""
    ends = await _ends(settings)
    return {name: sum(lag.values()) for name, lag in (await _lags(settings, ends)).items()}


async def lag_of(settings: Settings, service: ServiceSpec) -> dict[tuple[str, int], tuple[int, int]]:
    """Of each partition that one service reads: the offset that its group has committed (0 for none), and the end. Raises CopydeskError when no
    broker answers."""
    ends = await _ends(settings)
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        lags = await _lag(admin, service, ends)
    finally:
        await admin.close()
    return {(partition.topic, partition.partition): (ends[partition] - lag, ends[partition]) for partition, lag in lags.items()}


async def behind(settings: Settings) -> dict[str, Behind]:
    """All that can be told of each service's place, by service. Raises CopydeskError when no broker answers."""
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings), enable_auto_commit=False, auto_offset_reset="earliest")
    try:
        await start(consumer, settings)
        ends = await _ends_by(consumer)
        lag = await _lags(settings, ends)
        waiting = {(partition, ends[partition] - count) for each in lag.values() for partition, count in each.items() if count}
        begins = await consumer.beginning_offsets([partition for partition, _ in waiting])
        oldest = await _oldest(consumer, waiting)
    finally:
        await closed(consumer.stop())
    return {name: _behind(each, ends, begins, oldest) for name, each in lag.items()}


async def partitions(settings: Settings) -> dict[str, int]:
    """Partitions that the replicas of each service share, by service: of the topic with most. Raises CopydeskError when no broker answers."""
    found = list(await _ends(settings))
    return {
        service.name: max((sum(partition.topic == topic.name for partition in found) for topic in service.reads), default=0) for service in SERVICES
    }


def _behind(lag: Mapping[Any, int], ends: Mapping[Any, int], begins: Mapping[Any, int], oldest: Mapping[tuple[Any, int], float]) -> Behind:
    read = {partition: ends[partition] - count for partition, count in lag.items()}
    lost = sum(max(0, begins.get(partition, 0) - offset) for partition, offset in read.items() if offset)  # 0: it has never read there
    written = sum(ends[partition] for partition in lag)
    waits = [oldest[place] for place in read.items() if place in oldest]
    return Behind(sum(lag.values()), written, written - sum(lag.values()), min(waits, default=None), time.time(), lost)


async def _lags(settings: Settings, ends: Mapping[Any, int]) -> dict[str, dict[Any, int]]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        async with within(settings):
            found = {service.name: await _lag(admin, service, ends) for service in SERVICES}
    finally:
        await closed(admin.close())
    few = {tp: ends[tp] - count for lag in found.values() for tp, count in lag.items() if 0 < count <= MARKS}
    empty = await _empty(settings, few, ends) if few else set()
    return {name: {tp: 0 if tp in empty else count for tp, count in lag.items()} for name, lag in found.items()}


async def _empty(settings: Settings, offsets: Mapping[Any, int], ends: Mapping[Any, int]) -> set[Any]:
    """Partitions that hold no record from an offset on: what lies there are ends of transactions, and records that were aborted."""
    consumer = reader(settings, ALL, fetch_max_wait_ms=100)
    held: set[Any] = set()
    try:
        await start(consumer, settings)
        async with within(settings):
            consumer.assign(list(offsets))
            for partition, offset in offsets.items():
                consumer.seek(partition, offset)
            while open_ones := [tp for tp in offsets if tp not in held and await consumer.position(tp) < ends[tp]]:
                held |= (await consumer.getmany(*open_ones, timeout_ms=100)).keys()
    finally:
        await closed(consumer.stop())
    return set(offsets) - held


async def _lag(admin: Any, service: ServiceSpec, ends: Mapping[Any, int]) -> dict[Any, int]:
    committed = await admin.list_consumer_group_offsets(service.group)
    names = {topic.name for topic in service.reads}
    done = {partition: meta.offset for partition, meta in committed.items() if meta.offset >= 0}
    if service.optional and not done:
        return {}  # nobody has asked for it here
    # never less than 0: what was written and committed after the ends were asked for is behind nobody
    return {partition: max(0, end - done.get(partition, 0)) for partition, end in ends.items() if partition.topic in names}


async def _ends(settings: Settings) -> dict[Any, int]:
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings), enable_auto_commit=False)
    try:
        await start(consumer, settings)
        async with within(settings):
            return await _ends_by(consumer)
    finally:
        await closed(consumer.stop())


async def _ends_by(consumer: Any) -> dict[Any, int]:
    topics = {topic.name for service in SERVICES for topic in service.reads}
    cluster = await consumer._client.fetch_all_metadata()
    found = [aiokafka.TopicPartition(name, number) for name in topics for number in cluster.partitions_for_topic(name) or ()]
    ends: dict[Any, int] = await consumer.end_offsets(found)
    return ends


async def _oldest(consumer: Any, places: Collection[tuple[Any, int]]) -> dict[tuple[Any, int], float]:
    """When the first record at or behind each place was written. Groups that read one topic are at different places of a partition."""
    found: dict[tuple[Any, int], float] = {}
    left = set(places)
    while left:
        offsets = dict(left)  # one place of each partition at a time
        left -= set(offsets.items())
        times = await _written_at(consumer, offsets)
        found |= {(partition, offsets[partition]): time for partition, time in times.items()}
    return found


async def _written_at(consumer: Any, offsets: Mapping[Any, int]) -> dict[Any, float]:
    """When the first record at or behind an offset was written, by partition; those that do not answer in time are left out."""
    if not offsets:
        return {}
    consumer.assign(list(offsets))
    for partition, offset in offsets.items():
        consumer.seek(partition, offset)
    found: dict[Any, float] = {}
    deadline = time.monotonic() + OLDEST_PATIENCE_MS / 1000
    while offsets.keys() - found.keys() and time.monotonic() < deadline:
        for partition, records in (await consumer.getmany(timeout_ms=200, max_records=len(offsets))).items():
            found.setdefault(partition, records[0].timestamp / 1000)
            consumer.pause(partition)
    return found
