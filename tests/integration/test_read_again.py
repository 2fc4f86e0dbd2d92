"""What was read and then dropped, since a rebalance emptied the buffer, is read again, also where nothing was committed yet."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiokafka

from copydesk.shared.kafka import client_options
from copydesk.shared.runner.app import build_app, source
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.hands import Hands
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings, Settings
from copydesk.shared.topics import RAW
from tests.pipeline import fresh_topics


async def test_a_partition_is_read_again_from_what_is_committed(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    await _three_records(kafka)
    (tmp_path / "faust").mkdir()
    settings = ServiceSettings(bootstrap_servers=kafka.bootstrap_servers, home=tmp_path)
    await asyncio.gather(*(_read_twice(settings, committed) for committed in (None, 0, 2)))


async def _read_twice(settings: ServiceSettings, committed: int | None) -> None:
    group = f"copydesk-again-{committed}"
    if committed is not None:
        await _commit(settings, group, committed)
    first = list(range(committed or 0, 3))
    app = build_app(group, settings.model_copy(update={"replica": group}), Hands(8), Gate(100, 1_000_000, Metrics("again").in_flight))
    read: list[int] = []

    async def reader(stream: Any) -> None:
        async for event in stream.noack().events():
            read.append(event.message.offset)

    app.agent(source(app, RAW), concurrency=1, name=group)(reader)
    await app.start()
    try:
        await _until(read, first)
        await app.consumer.perform_seek()
        await _until(read, first * 2)
    finally:
        await app.stop()


async def _three_records(kafka: Settings) -> None:
    async with aiokafka.AIOKafkaProducer(**client_options(kafka)) as producer:
        for _ in range(3):
            await producer.send_and_wait(RAW.name, b"{}", partition=0)


async def _commit(kafka: Settings, group: str, offset: int) -> None:
    partition = aiokafka.TopicPartition(RAW.name, 0)
    async with aiokafka.AIOKafkaConsumer(**client_options(kafka), group_id=group, enable_auto_commit=False) as consumer:
        consumer.assign([partition])
        await consumer.commit({partition: offset})


async def _until(read: list[int], wanted: list[int]) -> None:
    async with asyncio.timeout(90):
        while read != wanted:
            await asyncio.sleep(0.05)
