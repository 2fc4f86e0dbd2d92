"""A Kafka producer whose every send ends: stored, refused, or unavailable within a time.

aiokafka's idempotent producer tries a record for as long as it takes: with the broker gone a send neither returns nor raises, and neither
does `stop()`. So a send that is not confirmed in time ends its producer: all that waits on it fails, and the next send makes a new
one. What the old one had under way may be stored nevertheless, so a record that is sent again may lie there twice.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from aiokafka.partitioner import DefaultPartitioner

from copydesk.shared.errors import CopydeskError, TooLargeError, UnavailableError

CLOSE_S = 5.0
Confirmation = asyncio.Future[Any]
_choose = DefaultPartitioner()


@dataclass(frozen=True, slots=True)
class ProducerRecord:
    """A record as it is sent; its key says which partition it goes to."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


async def closed(closing: Awaitable[Any], patience_s: float = CLOSE_S) -> bool:
    """Wait for the end of a client, but not for ever; whether it ended in good order."""
    try:
        await asyncio.wait_for(closing, patience_s)
    except (TimeoutError, KafkaError, OSError):
        return False
    return True


class ConfirmedProducer:
    """`make` gives a new aiokafka producer each time; `timeout_s` is how long a record may wait for its confirmation."""

    def __init__(self, make: Callable[[], Any], timeout_s: float) -> None:
        self.timeout_s = timeout_s
        self._make = make
        self._producer: Any = None
        self._starting = asyncio.Lock()
        self._waiting: dict[Confirmation, float] = {}  # and when its time is up, in the order of sending
        self._alarm: asyncio.TimerHandle | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def start(self) -> Any:
        """The producer of aiokafka that is used first. Raises UnavailableError when no broker lets one begin."""
        return await self._current()

    async def stop(self) -> None:
        """Send what is under way and end, within about CLOSE_S seconds."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await _ended(producer, in_order=True)
        self._fail("the producer was stopped")
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def send(self, *record: Any, **more: Any) -> Confirmation:
        """Queue a record, given as for aiokafka. The future that comes back ends with where it is stored, or raises.

        Raises TooLargeError for a record that does not fit, UnavailableError for whatever else keeps it from being stored.
        """
        try:
            async with asyncio.timeout(self.timeout_s):
                producer = await self._current()
                return self._followed(producer, await producer.send(*record, **more))
        except MessageSizeTooLargeError as error:
            raise TooLargeError(str(error)) from error
        except (KafkaError, TimeoutError) as error:
            self._abandon(error)
            raise _unavailable(error) from error

    async def send_all(self, records: Sequence[ProducerRecord]) -> list[Confirmation]:
        """Queue records together. The futures, one for each, are as those of `send`; those of one Kafka batch are stored, or refused, together.

        Records of a partition keep their order. What `send` spends on each record (a timer, a future, a task) is spent once a batch here.
        """
        if not records:
            return []
        try:
            async with asyncio.timeout(self.timeout_s):
                producer = await self._current()
                places = await _by_partition(producer, records)
                queued = await asyncio.gather(*(self._queue(producer, *place, records, numbers) for place, numbers in places.items()))
        except (KafkaError, TimeoutError) as error:
            self._abandon(error)
            raise _unavailable(error) from error
        found = {number: confirmation for each in queued for number, confirmation in each}
        return [found[number] for number in range(len(records))]

    async def _queue(
        self, producer: Any, topic: str, partition: int, records: Sequence[ProducerRecord], numbers: Sequence[int]
    ) -> list[tuple[int, Confirmation]]:
        """Those records that go to one partition, in batches."""
        queued = []
        for batch, inside in _batches(producer, records, numbers):
            confirmation = self._followed(producer, await producer.send_batch(batch, topic, partition=partition))
            queued += [(number, confirmation) for number in inside]
        return queued

    async def partitions_for(self, topic: str) -> set[int]:
        """The numbers of a topic's partitions. Raises UnavailableError when no broker tells."""
        try:
            async with asyncio.timeout(self.timeout_s):
                return set(await (await self._current()).partitions_for(topic))
        except (KafkaError, TimeoutError) as error:
            raise _unavailable(error) from error

    async def _current(self) -> Any:
        if self._producer is not None:
            return self._producer
        async with self._starting:
            if self._producer is None:
                self._producer = await self._started()
        return self._producer

    async def _started(self) -> Any:
        producer = self._make()
        try:
            async with asyncio.timeout(self.timeout_s):
                await producer.start()
        except BaseException as error:
            await _ended(producer, in_order=False)
            if isinstance(error, KafkaError | TimeoutError | OSError):
                raise _unavailable(error) from error
            raise
        return producer

    def _followed(self, producer: Any, sent: asyncio.Future[Any]) -> Confirmation:
        loop = asyncio.get_running_loop()
        outcome: Confirmation = loop.create_future()
        self._waiting[outcome] = loop.time() + self.timeout_s
        sent.add_done_callback(partial(self._settle, producer, outcome))
        if self._alarm is None:
            self._alarm = loop.call_at(self._waiting[outcome], self._look)
        return outcome

    def _settle(self, producer: Any, outcome: Confirmation, sent: asyncio.Future[Any]) -> None:
        self._waiting.pop(outcome, None)
        error = None if sent.cancelled() else sent.exception()
        if outcome.done():
            return
        if error is None and not sent.cancelled():
            outcome.set_result(sent.result())
            return
        if producer is self._producer:  # after a batch that failed for good the numbers of this producer do not fit any more
            self._abandon(error)
        if not outcome.done():
            _raise_in(outcome, TooLargeError(str(error)) if isinstance(error, MessageSizeTooLargeError) else _unavailable(error))

    def _look(self) -> None:
        """The first record that waits has waited long enough, or was confirmed meanwhile."""
        self._alarm = None
        first = next(iter(self._waiting.values()), None)
        loop = asyncio.get_running_loop()
        if first is None:
            return
        if first > loop.time():
            self._alarm = loop.call_at(first, self._look)
        else:
            self._abandon(TimeoutError(f"not confirmed in {self.timeout_s:g} s"))

    def _abandon(self, error: BaseException | None) -> None:
        producer, self._producer = self._producer, None
        self._fail(repr(error))
        if producer is not None:
            leaving = asyncio.create_task(_ended(producer, in_order=False))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    def _fail(self, reason: str) -> None:
        waiting, self._waiting = self._waiting, {}
        for outcome in waiting:
            if not outcome.done():
                _raise_in(outcome, _unavailable(reason))


async def _by_partition(producer: Any, records: Sequence[ProducerRecord]) -> dict[tuple[str, int], list[int]]:
    """Numbers of the records by the topic and partition that each goes to."""
    partitions = {topic: sorted(await producer.partitions_for(topic)) for topic in {record.topic for record in records}}
    places: dict[tuple[str, int], list[int]] = {}
    for number, record in enumerate(records):
        here = partitions[record.topic]
        places.setdefault((record.topic, _choose(record.key, here, here)), []).append(number)
    return places


def _batches(producer: Any, records: Sequence[ProducerRecord], numbers: Sequence[int]) -> Iterator[tuple[Any, list[int]]]:
    """Kafka batches, each with the numbers of its records; one takes at least one record, however large that is."""
    batch = producer.create_batch()
    inside: list[int] = []
    for number in numbers:
        if not _appended(batch, records[number]):
            yield batch, inside
            batch, inside = producer.create_batch(), []
            _appended(batch, records[number])
        inside.append(number)
    if inside:
        yield batch, inside


def _appended(batch: Any, record: ProducerRecord) -> bool:
    return batch.append(timestamp=None, key=record.key, value=record.value, headers=record.headers) is not None


def _raise_in(outcome: Confirmation, error: CopydeskError) -> None:
    outcome.set_exception(error)
    outcome.exception()  # it may be that nobody waits for it any more


def _unavailable(error: object) -> UnavailableError:
    return UnavailableError(f"the brokers do not store what is sent to them ({error})", "see to the brokers; nothing is lost by sending again")


async def _ended(producer: Any, in_order: bool) -> None:
    """Close a producer; one that does not end by itself is cut off, so that it sends nothing later."""
    if in_order and await closed(producer.stop()):
        return
    producer._message_accumulator.fail_all(KafkaError("abandoned"))
    if producer._sender is not None:
        with contextlib.suppress(asyncio.CancelledError, Exception):  # it stumbles over the batches that were failed just now: KeyError
            await closed(producer._sender.close(), CLOSE_S / 5)
    await closed(producer.client.close())
    producer._closed = True
