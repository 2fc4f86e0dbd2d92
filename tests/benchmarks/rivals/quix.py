"""A stage on Quix Streams, as its documentation would have it: `python -m tests.benchmarks.rivals.quix STAGE`."""

from __future__ import annotations

import sys

from quixstreams import Application

from copydesk.shared.envelope import Payload
from tests.benchmarks.rivals import HEARTBEAT_MS, LARGEST, SESSION_MS, STAGES, brokers, values


def main(name: str) -> None:
    stage = STAGES[name].make()
    application = Application(
        broker_address=brokers(), consumer_group=f"quix-{name}", auto_offset_reset="earliest", commit_interval=1.0, auto_create_topics=False,
        consumer_extra_config={"session.timeout.ms": SESSION_MS, "heartbeat.interval.ms": HEARTBEAT_MS, "isolation.level": "read_committed"},
        producer_extra_config={"acks": "all", "enable.idempotence": True, "compression.type": "zstd", "message.max.bytes": LARGEST, "linger.ms": 0},
    )  # fmt: skip
    source = application.topic(stage.source.name, value_deserializer="bytes", key_deserializer="bytes")
    target = application.topic(stage.target.name, value_serializer="bytes", key_serializer="bytes")
    frame = application.dataframe(source)
    frame = frame.apply(lambda value, key, timestamp, headers: values(stage, [Payload(value, timestamp)])[0], metadata=True)
    frame.to_topic(target)
    application.run()


if __name__ == "__main__":
    main(sys.argv[1])
