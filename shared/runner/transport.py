"""Faust's Kafka consumer, with four differences: it reads committed records only, a commit that fails does not end the service, after a
rebalance it goes back to the beginning of a partition of which nothing was done yet, and a record costs no tasks on its way into Faust's buffer.

A commit fails when this replica was paused for longer than its session and the partitions are another's by now, or when the brokers are
gone. Either way the offsets stay where they are, and what was done is done again: nothing is lost by going on. Faust would crash the app.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from aiokafka.errors import KafkaError
from aiokafka.structs import OffsetAndMetadata, TopicPartition
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer

from copydesk.shared.runner.logs import logger

COMMIT_S = 10.0


class CommittedConsumer(Consumer):  # type: ignore[misc]
    """Put it into `app.transport.Consumer` before the app starts."""

    def _new_consumer_thread(self) -> Any:
        return _Thread(self, loop=self.loop, beacon=self.beacon)

    async def _drain_messages(self, fetcher: Any) -> None:
        """Hand on what comes, as far as the gate lets it pass. Faust's own starts four tasks for each record, a fifth of what a record costs, to
        notice while it waits that it is to stop: only where a record has to wait is that needed.
        """
        try:
            while not (self._stopped.is_set() or fetcher._stopped.is_set()):
                await self.sleep(0)
                async for tp, message in self.getmany(timeout=1.0):
                    await self._hand_on(tp, message)
        except (asyncio.CancelledError, *self.consumer_stopped_errors):
            if not self.transport.app.should_stop:
                raise

    async def _hand_on(self, tp: Any, message: Any) -> None:
        """A record on its way to the loop, unless it was read before. Partitions that are about to go wait for nothing: they are read again."""
        before = self._read_offset[tp]
        if before is not None and message.offset < before:
            return
        if before and message.offset > before + 1 and self.app.topics.acks_enabled_for(message.topic):
            await self._add_gap(tp, before + 1, message.offset)
        gate = self.app.gate
        if gate.full:
            await self.wait_first(gate.room(), self.suspend_flow.wait())
        if not gate.full:
            gate.enter(len(message.value or b""))
            await self.callback(message)
        self._read_offset[tp] = message.offset

    def reached(self, tp: Any) -> int:
        """The offset that is read next: beyond the last record where a transaction's end, or records that were aborted, lie behind it."""
        assignment = self._thread._ensure_consumer()._subscription.subscription.assignment
        state = assignment.state_value(tp) if assignment else None
        return int(state.position) if state is not None and state.has_valid_position else 0


class _Thread(AIOKafkaConsumerThread):  # type: ignore[misc]
    _failing_since: float | None = None

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._isolation_level = "read_committed"  # Faust only knows it together with transactions of its own
        return consumer

    async def seek_to_committed(self) -> Mapping[Any, int | None]:
        """Where each partition is read from next."""
        return await self.call_thread(self._seek_to_committed)  # type: ignore[no-any-return]

    async def _seek_to_committed(self) -> Mapping[Any, int | None]:
        """aiokafka's own leaves a partition alone whose offset is 0 or not committed: what was read of it and then dropped, when
        a rebalance emptied Faust's buffer, would not be read again before the next start.
        """
        consumer = self._ensure_consumer()
        committed = {tp: await consumer.committed(tp) for tp in consumer.assignment()}
        for tp, offset in committed.items():
            if offset is not None:
                consumer._fetcher.seek_to(tp, offset)
        if fresh := [tp for tp, offset in committed.items() if offset is None]:
            await consumer.seek_to_beginning(*fresh)
        return committed

    async def _commit(self, offsets: Mapping[Any, int]) -> bool:
        consumer = self._ensure_consumer()
        held = self.assignment()
        hands = self.app.hands
        wanted = {tp: OffsetAndMetadata(offset, hands.metadata((tp.topic, tp.partition), offset)) for tp, offset in offsets.items() if tp in held}
        if not wanted:
            return False
        try:
            await asyncio.wait_for(consumer.commit(wanted), COMMIT_S)
        except (KafkaError, TimeoutError) as error:
            return await self._failed(error)
        self._failing_since = None
        now = time.monotonic()
        self.tp_last_committed_at.update(dict.fromkeys(wanted, now))
        return True

    async def _failed(self, error: Exception) -> bool:
        """Go on, unless it has been so for longer than anything is waited for."""
        logger().warning("offsets are not committed at present", error=repr(error))
        self._failing_since = self._failing_since or time.monotonic()
        if time.monotonic() - self._failing_since > self.app.conf.stream_processing_timeout:
            await self.crash(error)
        return False


class ConsumerCommits:
    """Implements `copydesk.shared.runner.hands.Commits` over the app's consumer."""

    def __init__(self, app: Any, topics: frozenset[str]) -> None:
        """Of the partitions that are assigned only those of these topics count."""
        self._app, self._topics = app, topics

    async def noted(self) -> dict[tuple[str, int], tuple[int, str]]:
        thread = self._thread
        return await asyncio.wait_for(thread.call_thread(self._read, thread._ensure_consumer()), COMMIT_S)

    async def note(self, notes: Mapping[tuple[str, int], tuple[int, str]]) -> None:
        if not notes:  # a replica without a partition, and aiokafka commits no nothing
            return
        thread = self._thread
        offsets = {TopicPartition(*partition): OffsetAndMetadata(*note) for partition, note in notes.items()}
        await asyncio.wait_for(thread.call_thread(thread._ensure_consumer().commit, offsets), COMMIT_S)

    @property
    def _thread(self) -> Any:
        return self._app.consumer._thread

    async def _read(self, consumer: Any) -> dict[tuple[str, int], tuple[int, str]]:
        """In the consumer's thread. A partition without a commit begins at its beginning."""
        here = [partition for partition in consumer.assignment() if partition.topic in self._topics]
        found = await consumer._coordinator.fetch_committed_offsets(here) if here else {}
        fresh = [partition for partition in here if partition not in found or found[partition].offset < 0]
        begins = await consumer.beginning_offsets(fresh) if fresh else {}
        places = {
            partition: (begins[partition], "") if partition in begins else (found[partition].offset, found[partition].metadata) for partition in here
        }
        return {(partition.topic, partition.partition): place for partition, place in places.items()}
