"""Plain Kafka clients: send with confirmed delivery, read topics from a point in time. Faust is in shared/runner."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import aiokafka
from aiokafka.errors import KafkaConnectionError, MessageSizeTooLargeError

from copydesk.shared import headers as wire
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, Topic


@dataclass(frozen=True, slots=True)
class Message:
    """A record as read: where it was, when it was written (milliseconds), and its bytes."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Mapping[str, str]


def client_options(settings: Settings) -> dict[str, Any]:
    """Where the brokers are and how to be let in, as aiokafka's clients take it."""
    options: dict[str, Any] = {"bootstrap_servers": settings.bootstrap_servers, "security_protocol": settings.security_protocol}
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": password,
        }
    if settings.security_protocol.endswith("SSL"):
        options["ssl_context"] = tls(settings)
    return options


def tls(settings: Settings) -> ssl.SSLContext:
    """The TLS context for the brokers' and this client's certificates."""
    context = ssl.create_default_context(cafile=str(settings.ssl_cafile) if settings.ssl_cafile else None)
    if settings.ssl_certfile:
        context.load_cert_chain(str(settings.ssl_certfile), str(settings.ssl_keyfile) if settings.ssl_keyfile else None)
    return context


def unreachable(settings: Settings, error: Exception) -> CopydeskError:
    return CopydeskError(
        f"no Kafka broker answers at {settings.bootstrap_servers} ({error})",
        "start one with `copydesk broker start` or set COPYDESK_BOOTSTRAP_SERVERS",
    )


async def start(client: Any, settings: Settings) -> None:
    try:
        await client.start()
    except KafkaConnectionError as error:
        raise unreachable(settings, error) from error


class Sender:
    """A producer whose sends are confirmed: `send` gives an awaitable that raises when the broker refused the record."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._producer: Any = None

    async def start(self) -> None:
        largest = max(topic.max_bytes(self.settings.raw_limit) for topic in ALL)
        self._producer = aiokafka.AIOKafkaProducer(
            **client_options(self.settings), acks="all", enable_idempotence=True, compression_type="zstd",
            max_request_size=largest + 100_000, max_batch_size=131_072, linger_ms=0, request_timeout_ms=30_000,
        )  # fmt: skip
        await start(self._producer, self.settings)

    async def stop(self) -> None:
        if self._producer:
            await self._producer.stop()

    async def send(
        self,
        topic: Topic,
        key: str | bytes | None,
        value: bytes | None,
        headers: Mapping[str, str] | None = None,
        partition: int | None = None,
    ) -> Awaitable[Any]:
        """Queue one record; await what it returns to know that it is stored.

        Raises CopydeskError at once for a value beyond the topic's limit, since a broker would refuse it late and unclearly.
        """
        if value is not None and len(value) > topic.max_bytes(self.settings.raw_limit):
            raise too_large(topic, key, len(value), self.settings)
        encoded = key.encode() if isinstance(key, str) else key
        try:
            stored: Awaitable[Any] = await self._producer.send(topic.name, value, encoded, partition, headers=wire.to_wire(headers or {}))
        except MessageSizeTooLargeError as error:
            raise too_large(topic, key, len(value or b""), self.settings) from error
        return stored


def too_large(topic: Topic, key: str | bytes | None, size: int, settings: Settings) -> CopydeskError:
    name = key.decode("utf-8", "replace") if isinstance(key, bytes) else key
    limit = topic.max_bytes(settings.raw_limit)
    return CopydeskError(f"record {name}: {size:,} bytes, {topic.name} takes {limit:,}", "shorten it or raise COPYDESK_RAW_LIMIT everywhere")


@contextlib.asynccontextmanager
async def producer(settings: Settings) -> AsyncIterator[Sender]:
    """A started Sender that is flushed and stopped at the end."""
    sender = Sender(settings)
    try:
        await sender.start()
        yield sender
    finally:
        await sender.stop()


Positions = Mapping[tuple[str, int], int]  # topic and partition → the next offset to read
Since = datetime | Positions | Literal["beginning"] | None


async def consume(settings: Settings, topics: Sequence[Topic], *, since: Since = None, follow: bool = True) -> AsyncGenerator[Message, None]:
    """Read topics without a group: all partitions, from now, from a time, from positions or from the beginning.

    A partition that positions do not name is new, and is read from its beginning.

    With follow=False it ends at what was the end when it began. Raises CopydeskError when no broker answers or a topic is missing.
    """
    consumer = aiokafka.AIOKafkaConsumer(
        **client_options(settings), enable_auto_commit=False, auto_offset_reset="earliest",
        max_partition_fetch_bytes=max(topic.max_bytes(settings.raw_limit) for topic in topics) + 100_000, fetch_max_wait_ms=200,
    )  # fmt: skip
    try:
        await start(consumer, settings)
        partitions = await _assign(consumer, topics)
        ends = await consumer.end_offsets(partitions)
        await _seek(consumer, partitions, since, ends)
        async for message in _read(consumer, None if follow else ends):
            yield message
    finally:
        await consumer.stop()


async def _assign(consumer: Any, topics: Sequence[Topic]) -> list[Any]:
    partitions = []
    for topic in topics:
        found = await _partitions_of(consumer, topic)
        if not found:
            raise CopydeskError(f"topic {topic.name} does not exist", "create it with `copydesk topics create`")
        partitions += [aiokafka.TopicPartition(topic.name, number) for number in sorted(found)]
    consumer.assign(partitions)
    return partitions


async def _partitions_of(consumer: Any, topic: Topic) -> set[int]:
    await consumer._client.force_metadata_update()  # partitions_for_topic only knows what the metadata holds already
    cluster = await consumer._client.fetch_all_metadata()
    return set(cluster.partitions_for_topic(topic.name) or ())


async def _seek(consumer: Any, partitions: Sequence[Any], since: Since, ends: Mapping[Any, int]) -> None:
    if since == "beginning":
        await consumer.seek_to_beginning(*partitions)
        return
    if isinstance(since, Mapping):
        for partition in partitions:
            consumer.seek(partition, since.get((partition.topic, partition.partition), 0))
        return
    found: Mapping[Any, Any] = {}
    if isinstance(since, datetime):
        found = await consumer.offsets_for_times({partition: int(since.timestamp() * 1000) for partition in partitions})
    for partition in partitions:
        at = found.get(partition)
        consumer.seek(partition, ends[partition] if at is None else at.offset)


async def _read(consumer: Any, ends: Mapping[Any, int] | None) -> AsyncIterator[Message]:
    while ends is None or await _behind(consumer, ends):
        for records in (await consumer.getmany(timeout_ms=200)).values():
            for record in records:
                if ends is None or record.offset < ends[aiokafka.TopicPartition(record.topic, record.partition)]:
                    yield _message(record)


async def _behind(consumer: Any, ends: Mapping[Any, int]) -> bool:
    for partition, end in ends.items():
        if await consumer.position(partition) < end:
            return True
    return False


def _message(record: Any) -> Message:
    return Message(
        record.topic, record.partition, record.offset, record.timestamp, record.key, record.value, wire.from_wire(record.headers)
    )  # fmt: skip
