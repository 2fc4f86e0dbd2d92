"""A stage on plain aiokafka, as its documentation would have it: `python -m tests.benchmarks.rivals.plain STAGE`."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import aiokafka

from copydesk.shared.envelope import Payload
from copydesk.shared.stage import Stage
from tests.benchmarks.rivals import BATCH, HEARTBEAT_MS, LARGEST, SESSION_MS, STAGES, brokers, values


async def main(name: str) -> None:
    stage = STAGES[name].make()
    consumer = aiokafka.AIOKafkaConsumer(
        stage.source.name, bootstrap_servers=brokers(), group_id=f"plain-{name}", enable_auto_commit=False, auto_offset_reset="earliest",
        session_timeout_ms=SESSION_MS, heartbeat_interval_ms=HEARTBEAT_MS, isolation_level="read_committed", max_partition_fetch_bytes=LARGEST,
    )  # fmt: skip
    producer = aiokafka.AIOKafkaProducer(
        bootstrap_servers=brokers(), acks="all", enable_idempotence=True, compression_type="zstd", max_request_size=LARGEST, max_batch_size=131_072
    )
    await producer.start()
    await consumer.start()
    try:
        await _work(stage, consumer, producer)
    finally:
        await consumer.stop()
        await producer.stop()


async def _work(stage: Stage, consumer: Any, producer: Any) -> None:
    committed = time.monotonic()
    while True:
        records = [record for found in (await consumer.getmany(timeout_ms=200, max_records=BATCH)).values() for record in found]
        made = values(stage, [Payload(record.value, record.timestamp) for record in records]) if records else []
        sent = [await producer.send(stage.target.name, value, record.key) for record, value in zip(records, made, strict=True)]
        await asyncio.gather(*sent)
        if time.monotonic() - committed > 1:
            await consumer.commit()
            committed = time.monotonic()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
