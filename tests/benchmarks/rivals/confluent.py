"""A stage on confluent-kafka (librdkafka), as its documentation would have it: `python -m tests.benchmarks.rivals.confluent STAGE`."""

from __future__ import annotations

import sys
import time
from typing import Any

import confluent_kafka

from copydesk.shared.envelope import Payload
from copydesk.shared.stage import Stage
from tests.benchmarks.rivals import BATCH, HEARTBEAT_MS, LARGEST, SESSION_MS, STAGES, brokers, values


def main(name: str) -> None:
    stage = STAGES[name].make()
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": brokers(), "group.id": f"confluent-{name}", "enable.auto.commit": False, "auto.offset.reset": "earliest",
         "session.timeout.ms": SESSION_MS, "heartbeat.interval.ms": HEARTBEAT_MS, "isolation.level": "read_committed"}
    )  # fmt: skip
    producer = confluent_kafka.Producer(
        {"bootstrap.servers": brokers(), "acks": "all", "enable.idempotence": True, "compression.type": "zstd", "message.max.bytes": LARGEST,
         "linger.ms": 0, "partitioner": "murmur2_random"}
    )  # fmt: skip
    consumer.subscribe([stage.source.name])
    _work(stage, consumer, producer)


def _work(stage: Stage, consumer: Any, producer: Any) -> None:
    failed: list[Any] = []
    committed = time.monotonic()
    done = False
    while not failed:
        messages = [message for message in consumer.consume(BATCH, 0.005) if message.error() is None]
        made = values(stage, [Payload(message.value(), message.timestamp()[1]) for message in messages]) if messages else []
        for message, value in zip(messages, made, strict=True):
            producer.produce(stage.target.name, value, message.key(), on_delivery=lambda error, _: failed.append(error) if error else None)
        producer.flush()
        done = done or bool(messages)
        if done and not failed and time.monotonic() - committed > 1:
            consumer.commit(asynchronous=False)
            committed, done = time.monotonic(), False
    raise SystemExit(str(failed[0]))


if __name__ == "__main__":
    main(sys.argv[1])
