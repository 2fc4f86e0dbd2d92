"""Plain Kafka clients: send with confirmed delivery, read topics from a point in time. Faust is in shared/runner."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

import aiokafka
from aiokafka.errors import KafkaError
from aiokafka.partitioner import DefaultPartitioner, murmur2
from aiokafka.protocol.metadata import MetadataRequest

from copydesk.shared import header_names
from copydesk.shared import headers as wire
from copydesk.shared.confirmed import ConfirmedProducer, ProducerRecord, closed
from copydesk.shared.diagnosis import diagnose
from copydesk.shared.errors import CopydeskError, TooLargeError, UnavailableError
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, Topic

BATCH_BYTES = 131_072  # of records that travel together

header_names.tolerate()


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
    """The TLS context for the brokers' and this client's certificates. Raises CopydeskError for files that hold none."""
    try:
        context = ssl.create_default_context(cafile=str(settings.ssl_cafile) if settings.ssl_cafile else None)
        if settings.ssl_certfile:
            context.load_cert_chain(str(settings.ssl_certfile), str(settings.ssl_keyfile) if settings.ssl_keyfile else None)
    except OSError as error:  # ssl.SSLError is one
        raise CopydeskError(
            f"the certificates cannot be read ({error.strerror or error})", "check COPYDESK_SSL_CAFILE, _CERTFILE and _KEYFILE: PEM files"
        ) from error
    return context


def unreachable(settings: Settings, error: BaseException) -> UnavailableError:
    """What to tell where no broker answers, with its remedy."""
    return UnavailableError(
        f"no Kafka broker answers at {settings.bootstrap_servers} ({error})",
        "start one with `copydesk broker start` or set COPYDESK_BOOTSTRAP_SERVERS",
    )


async def refusal(settings: Settings, error: BaseException) -> UnavailableError:
    """What to tell of a client that could not start: what keeps it out, where that can be found out, else that no broker answers."""
    found = await diagnose(settings, client_options(settings))
    return UnavailableError(found.message, found.remedy) if found else unreachable(settings, error)


def is_local(settings: Settings) -> bool:
    """Whether all brokers that the settings name are on this machine."""
    hosts = {server.strip().rpartition(":")[0] for server in settings.bootstrap_servers.split(",")}
    return all(host in ("localhost", "[::1]") or host.startswith("127.") for host in hosts)


async def start(client: Any, settings: Settings) -> None:
    """Start a client. Raises UnavailableError when no broker answers in time, CopydeskError where it is another cluster than is meant."""
    try:
        async with asyncio.timeout(settings.delivery_timeout_s):
            await client.start()
            await _require_cluster(client, settings)
    except (KafkaError, TimeoutError, OSError) as error:
        raise await refusal(settings, error) from error


async def _require_cluster(client: Any, settings: Settings) -> None:
    if settings.cluster_id is not None and (found := await cluster_id(client)) != settings.cluster_id:
        raise CopydeskError(
            f"{settings.bootstrap_servers} is Kafka cluster {found}, not {settings.cluster_id}, which is meant here",
            "stop the other broker, or name the one that you want with COPYDESK_BOOTSTRAP_SERVERS",
        )


async def cluster_id(client: Any) -> str | None:
    """The id of the cluster that a started client is connected to."""
    inner = getattr(client, "_client", None) or client.client  # a producer has it under another name
    answer = await inner.send(inner.get_random_node(), MetadataRequest([]))
    found: str | None = answer.cluster_id
    return found


class RecordSender(Protocol):
    """What takes records: awaiting what `send` returns confirms that the record is stored. `Sender` is one."""

    async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]: ...


class Sender:
    """A producer whose sends are confirmed: `send` gives an awaitable that raises when the record was not stored."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._producer = ConfirmedProducer(self._new, settings.delivery_timeout_s)

    def _new(self) -> Any:
        largest = max(self.settings.max_bytes(topic) for topic in ALL)
        return aiokafka.AIOKafkaProducer(
            **client_options(self.settings), acks="all", enable_idempotence=True, compression_type="zstd",
            max_request_size=largest + 100_000, max_batch_size=BATCH_BYTES, linger_ms=0,
            request_timeout_ms=max(1_000, int(self.settings.delivery_timeout_s * 500)),
        )  # fmt: skip

    async def start(self) -> None:
        """Raises UnavailableError when no broker answers, CopydeskError where it is another cluster than is meant."""
        try:
            producer = await self._producer.start()
        except UnavailableError as error:
            raise await refusal(self.settings, error.__cause__ or error) from error
        async with within(self.settings):
            await _require_cluster(producer, self.settings)

    async def cluster_id(self) -> str | None:
        """The id of the cluster that it sends to. Raises UnavailableError when no broker answers."""
        async with within(self.settings):
            return await cluster_id(await self._producer.start())

    async def stop(self) -> None:
        """Within seconds, whatever the brokers do."""
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

        Both raise UnavailableError when the brokers do not store it within COPYDESK_DELIVERY_TIMEOUT_S, and TooLargeError for a value beyond
        the topic's limit: here at once, since a broker would refuse it late and unclearly, or where the topic on the broker takes less.
        """
        record = self.producer_record(topic, key, value, headers or {})
        return await self._producer.send(record.topic, record.value, record.key, partition, headers=record.headers)

    def producer_record(self, topic: Topic, key: str | bytes | None, value: bytes | None, headers: Mapping[str, str]) -> ProducerRecord:
        """A record for `send_all`. Raises TooLargeError for a value beyond the topic's limit."""
        if value is not None and len(value) > self.settings.max_bytes(topic):
            raise _too_large(topic, key, len(value), self.settings)
        return ProducerRecord(topic.name, key.encode() if isinstance(key, str) else key, value, wire.to_wire(headers))

    async def send_all(self, records: Sequence[ProducerRecord]) -> Sequence[Awaitable[Any]]:
        """Queue many at once, for a fraction of what `send` costs for each; what is returned and raised is as there."""
        return await self._producer.send_all(records)

    async def partitions(self, topic: Topic) -> int:
        """How many partitions a topic has. Raises UnavailableError when no broker tells."""
        return len(await self._producer.partitions_for(topic.name))

    async def partitioning(self, topic: Topic) -> Callable[[str], int]:
        """Which partition a key goes to, as the topic's partitions are now. Raises UnavailableError when no broker tells."""
        partitions = sorted(await self._producer.partitions_for(topic.name))
        choose = DefaultPartitioner()
        return lambda key: int(choose(key.encode(), partitions, partitions))


def _too_large(topic: Topic, key: str | bytes | None, size: int, settings: Settings) -> TooLargeError:
    name = key.decode("utf-8", "replace") if isinstance(key, bytes) else key
    limit = settings.max_bytes(topic)
    remedy = "shorten it or raise COPYDESK_RAW_LIMIT everywhere" if topic.size_factor == 1 else "shorten its text"
    return TooLargeError(f"record {name}: {size:,} bytes, {topic.name} takes {limit:,}", remedy)


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


async def consume(
    settings: Settings,
    topics: Sequence[Topic],
    *,
    since: Since = None,
    follow: bool = True,
    keys: Iterable[bytes] | None = None,
    until: Positions | None = None,
) -> AsyncGenerator[Message, None]:
    """Read topics without a group: all partitions, from now, from a time, from positions or from the beginning.

    A partition that positions do not name is new, and is read from its beginning. With `keys`, only those partitions are read in which
    Kafka's own partitioner puts them.

    Of transactions only what was committed is read. With follow=False it ends at what was the end when it began; with `until` besides, before
    these offsets, and partitions that they do not name are left out. Raises UnavailableError when no broker answers, when nothing comes
    any more before that end, or when a topic is missing: to some broker one that was made just now is.
    """
    consumer = reader(settings, topics, fetch_max_wait_ms=200)
    try:
        await start(consumer, settings)
        async with within(settings):
            partitions = await _assign(consumer, topics, keys)
            ends = await consumer.end_offsets(partitions)
            await _seek(consumer, partitions, since, ends)
            if until is not None:
                ends = {each: min(end, until.get((each.topic, each.partition), 0)) for each, end in ends.items()}
        async for message in _read(consumer, None if follow else ends, settings):
            yield message
    finally:
        await closed(consumer.stop())


async def polled(settings: Settings, topics: Sequence[Topic], since: Positions, most: int) -> AsyncGenerator[tuple[list[Message], Positions], None]:
    """Read topics without a group, for ever: what has come, at most so many records, none where nothing has, and the next offsets behind it.

    Raises what `consume` raises.
    """
    consumer = reader(settings, topics, fetch_max_wait_ms=200)
    try:
        await start(consumer, settings)
        async with within(settings):
            partitions = await _assign(consumer, topics, None)
            await _seek(consumer, partitions, since, {})
        while True:
            found = await consumer.getmany(timeout_ms=200, max_records=most)
            reached = {(partition.topic, partition.partition): await consumer.position(partition) for partition in partitions}
            yield [_message(record) for records in found.values() for record in records], reached
    finally:
        await closed(consumer.stop())


async def record_at(settings: Settings, topic: Topic, partition: int, offset: int) -> Message | None:
    """The record at this place; None where it is not kept any more, or never was. Raises UnavailableError when no broker answers."""
    consumer = reader(settings, [topic])
    try:
        await start(consumer, settings)
        async with within(settings):
            if partition not in await _partitions_of(consumer, topic):
                return None
            there = aiokafka.TopicPartition(topic.name, partition)
            consumer.assign([there])
            if not (await consumer.beginning_offsets([there]))[there] <= offset < (await consumer.end_offsets([there]))[there]:
                return None
            consumer.seek(there, offset)
            while await consumer.position(there) <= offset:
                for record in (await consumer.getmany(there, timeout_ms=200, max_records=1)).get(there, ()):
                    return _message(record) if record.offset == offset else None
            return None
    finally:
        await closed(consumer.stop())


async def positions(settings: Settings, topics: Sequence[Topic], since: Since = None) -> dict[tuple[str, int], int]:
    """Where reading since then would begin, by partition: the next offsets now (None), those of a time, or the first that are kept.

    Raises UnavailableError when no broker answers or a topic is missing.
    """
    consumer = reader(settings, topics)
    try:
        await start(consumer, settings)
        async with within(settings):
            partitions = await _assign(consumer, topics, None)
            if since == "beginning":
                found = await consumer.beginning_offsets(partitions)
                return {(partition.topic, partition.partition): found[partition] for partition in partitions}
            await _seek(consumer, partitions, since, await consumer.end_offsets(partitions))
            return {(partition.topic, partition.partition): await consumer.position(partition) for partition in partitions}
    finally:
        await closed(consumer.stop())


def reader(settings: Settings, topics: Sequence[Topic], **options: Any) -> Any:
    """A consumer without a group, for records of these topics that were committed."""
    return aiokafka.AIOKafkaConsumer(
        **client_options(settings), enable_auto_commit=False, auto_offset_reset="earliest", isolation_level="read_committed",
        max_partition_fetch_bytes=max(settings.max_bytes(topic) for topic in topics) + 100_000, **options,
    )  # fmt: skip


@contextlib.asynccontextmanager
async def within(settings: Settings) -> AsyncIterator[None]:
    """Questions to the brokers that have to be answered in time. Raises UnavailableError for what a client raises, or does not."""
    try:
        async with asyncio.timeout(settings.delivery_timeout_s):
            yield
    except (KafkaError, TimeoutError, OSError) as error:
        raise unreachable(settings, error) from error


async def _assign(consumer: Any, topics: Sequence[Topic], keys: Iterable[bytes] | None) -> list[Any]:
    partitions = []
    for topic in topics:
        found = await _partitions_of(consumer, topic)
        if not found:
            raise UnavailableError(f"topic {topic.name} does not exist", "create it with `copydesk topics create`")
        chosen = found if keys is None else {partition_of(key, len(found)) for key in keys}
        partitions += [aiokafka.TopicPartition(topic.name, number) for number in sorted(chosen)]
    consumer.assign(partitions)
    return partitions


def partition_of(key: bytes, partitions: int) -> int:
    """Where Kafka's own partitioner puts a key, of so many partitions; other clients' defaults may differ."""
    return int(murmur2(key) & 0x7FFFFFFF) % partitions


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
        found = await consumer.offsets_for_times({partition: max(0, int(since.timestamp() * 1000)) for partition in partitions})
    for partition in partitions:
        at = found.get(partition)
        consumer.seek(partition, ends[partition] if at is None else at.offset)


async def _read(consumer: Any, ends: Mapping[Any, int] | None, settings: Settings) -> AsyncIterator[Message]:
    heard = time.monotonic()
    while ends is None or await _is_short_of(consumer, ends):
        found = await consumer.getmany(timeout_ms=200)
        if ends is not None and not found and time.monotonic() - heard > settings.delivery_timeout_s:
            raise unreachable(settings, TimeoutError("it has stopped in the middle of a topic"))
        for records in found.values():
            for record in records:
                if ends is None or record.offset < ends[aiokafka.TopicPartition(record.topic, record.partition)]:
                    yield _message(record)
        heard = time.monotonic() if found else heard  # what whoever reads does meanwhile takes its time


async def _is_short_of(consumer: Any, ends: Mapping[Any, int]) -> bool:
    """Whether any partition is to be read on; of those that are not, what has come since is not fetched."""
    done = [partition for partition, end in ends.items() if await consumer.position(partition) >= end]
    consumer.pause(*done)
    return len(done) < len(ends)


def _message(record: Any) -> Message:
    return Message(
        record.topic, record.partition, record.offset, record.timestamp, record.key, record.value, wire.from_wire(record.headers)
    )  # fmt: skip
