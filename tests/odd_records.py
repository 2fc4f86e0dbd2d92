"""Records that Kafka takes and our own producers never make: keys, times and headers of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiokafka
from aiokafka.record.default_records import _DefaultRecordBatchBuilderPy

from copydesk.shared.kafka import client_options
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic
from tests.pipeline import change

ANY_TIME = str(2**62)  # brokers refuse what is more than an hour ahead, unless they are told not to
REQUEST_BYTES = 900_000
YEAR_3000 = 32_503_680_000_000


class RawName(str):
    """A header's name that is sent as these bytes, whether they are UTF-8 or not."""

    def __new__(cls, name: bytes) -> RawName:
        return super().__new__(cls, name.decode("latin-1"))

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return super().encode("latin-1")


@dataclass(frozen=True)
class Odd:
    """A record but for its value; without a time it has that of its sending."""

    key: bytes | None = b"odd"
    timestamp_ms: int | None = None
    headers: Sequence[tuple[str, bytes | None]] = ()


HARMLESS = {
    "no key": Odd(key=None),
    "an empty key": Odd(key=b""),
    "a key that is not UTF-8": Odd(key=b"\xff\x00\xfe"),
    "a key of 20 kB": Odd(key=b"k" * 20_000),
    "a header without a value": Odd(headers=[("traceparent", None), ("origin", None)]),
    "a header that is not UTF-8": Odd(headers=[("producer", b"\xff\xfe")]),
    "a header with an empty name": Odd(headers=[("", b"x")]),
    "a header's name that is not UTF-8": Odd(headers=[("origin", b"kept"), (RawName(b"caf\xe9"), b"x")]),
    "the same header a hundred times": Odd(headers=[("ingested-ms", b"soon")] * 100),
    "more headers than are carried on": Odd(headers=[(f"h{number}", b"\xff" * 500) for number in range(100)]),
    "written in 1970": Odd(timestamp_ms=0),
}
TIMELESS = {"written at -1": Odd(timestamp_ms=-1), "written in the year 3000": Odd(timestamp_ms=YEAR_3000)}


async def put_odd(settings: Settings, topic: Topic, records: Sequence[tuple[Odd, bytes | None]], partition: int = 0) -> None:
    """All into one partition and one request, as any client may write them."""
    await change(settings, topic, {"message.timestamp.after.max.ms": ANY_TIME})
    producer = aiokafka.AIOKafkaProducer(**client_options(settings), max_request_size=REQUEST_BYTES)
    await producer.start()
    try:
        await (await producer.send_batch(_batch(producer, records), topic.name, partition=partition))
    finally:
        await producer.stop()


def _batch(producer: aiokafka.AIOKafkaProducer, records: Sequence[tuple[Odd, bytes | None]]) -> Any:
    batch = producer.create_batch()
    batch._builder = _DefaultRecordBatchBuilderPy(2, 0, 0, -1, -1, 0, REQUEST_BYTES)  # the one in C takes no name that is not UTF-8
    for odd, value in records:
        written = batch.append(timestamp=odd.timestamp_ms, key=odd.key, value=value, headers=list(odd.headers))
        assert written is not None, "one request has room for all"
    return batch
