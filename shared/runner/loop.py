"""Batches from one topic, in order: read, handle, acknowledge. One agent a topic, concurrency 1.

The handler returns once everything that the batch led to is stored; only then are its events acknowledged. Faust
would acknowledge an event whose handler raised, so nothing is let through: on failure the app is crashed and this
coroutine never returns, so that the offset stays where it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from copydesk.shared import headers as wire
from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.hands import Commits, Hands
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import TRANSIENT, persist, require_sound
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import Partition, Topic
from copydesk.shared.workers.failure import BrokenStageError

BATCH_S = 1.0
MOST_SLEEP_S = 0.25  # while a batch waits for more: so soon does it see that there is more, or that the service stops


class Handler(Protocol):
    """What the loop calls. `handle` returns once all is stored; it may be called again with the same messages."""

    name: str
    sources: tuple[Topic, ...]

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def handle(self, messages: Sequence[Message]) -> None: ...

    async def bury(self, message: Message, cause: Cause) -> None:
        """Store a dead letter for the message."""

    async def check(self) -> None:
        """Run a record known to be good. Raises whatever it makes fail."""

    @property
    def computed(self) -> int:
        """Records that have a result: grows while a batch is handled, where the handler can tell."""

    @property
    def pace_s(self) -> float:
        """Seconds that a record took to compute in the last batch; 0 where the time of a batch is not that of its records."""


@runtime_checkable
class Sharded(Protocol):
    """A handler that owns something of each partition that is here, and is told when they come and go."""

    def revoked(self) -> None:
        """A rebalance began."""

    async def assigned(self, shards: set[int], generation: int) -> None:
        """A rebalance ended: these partitions of its topic are here."""

    @property
    def recovered(self) -> bool:
        """Whether all that are here are ready."""


@runtime_checkable
class Opening(Protocol):
    """A handler that writes to a place besides Kafka, which it has to open."""

    @property
    def is_open(self) -> bool:
        """Whether the place has answered since the start."""


@dataclass(slots=True)
class ReplicaProgress:
    """How far this replica is: the next offset of each partition, and how many batches it has ended."""

    done: dict[tuple[str, int], int] = field(default_factory=dict)
    batches: int = 0

    def advance(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.done[message.topic, message.partition] = message.offset + 1
        self.batches += 1


@dataclass(frozen=True, slots=True)
class InHand:
    """What a loop tells of the records that it has in hand, and how it gives up."""

    hands: Hands
    commits: Commits
    crash: Callable[[BaseException], Any]

    async def good_bye(self) -> None:
        """What this replica has in hand is not to blame for its end. Where that cannot be told, it counts as a crash: once is no harm."""
        with contextlib.suppress(KafkaError, TimeoutError, AttributeError, RuntimeError):
            await self.hands.leave(self.commits)


class Loop:
    """The agent's body for one source topic."""

    def __init__(self, handler: Handler, settings: ServiceSettings, metrics: Metrics, gate: Gate, inhand: InHand) -> None:
        self.handler, self.settings, self.metrics, self.gate = handler, settings, metrics, gate
        self.inhand, self.hands, self.commits = inhand, inhand.hands, inhand.commits
        self.progress = ReplicaProgress()
        self.idle = asyncio.Event()
        self.idle.set()
        self.stopping = False
        self.waiting = False  # for a dependency that does not answer

    async def run(self, stream: Any) -> None:
        """Consume a Faust stream for ever."""
        batch: list[Any] = []
        queue = stream.channel.queue
        full_at = 0.0
        async for event in stream.noack().events():
            full_at = full_at if batch else time.monotonic() + self.settings.batch_wait_s
            batch.append(event)
            if len(batch) < most_in_batch(self.handler.pace_s, self.settings.batch_size):
                while queue.empty() and (left := full_at - time.monotonic()) > 0 and not (self.stopping or self.gate.full):
                    await asyncio.sleep(min(left, MOST_SLEEP_S))
                if not queue.empty():
                    continue
            await self._batch(stream, batch)
            batch = []

    async def _batch(self, stream: Any, events: Sequence[Any]) -> None:
        if self.stopping:
            await _for_ever()
        self.idle.clear()
        try:
            await self._handle([_message(event) for event in events])
            for event in events:
                await stream.ack(event)
            self.gate.leave(len(events), sum(len(event.message.value or b"") for event in events))
        except BaseException as error:  # whatever it is, the batch must not count as done
            if isinstance(error, asyncio.CancelledError):
                raise
            logger().critical("stopping with the offsets uncommitted", error=repr(error), exc_info=error)
            if isinstance(error, (BrokenStageError, *TRANSIENT)):  # before the crash, which takes the consumer away
                await self.inhand.good_bye()
            await self.inhand.crash(error)
            await _for_ever()
        finally:
            self.idle.set()

    async def _handle(self, messages: Sequence[Message]) -> None:
        began = time.monotonic()
        self.metrics.records_in.inc(len(messages))
        self.metrics.batch_records.observe(len(messages))
        await self.hands.known()
        rest = [message for message in messages if not await self._alone(message)]
        if rest:
            await self._attempt(rest)
        self.progress.advance(messages)
        self.metrics.batch_seconds.observe(time.monotonic() - began)

    async def _alone(self, message: Message) -> bool:
        """Where replicas have died, a record is done by itself and committed; the one that they died of is put aside."""
        partition = message.topic, message.partition
        condemned = self.hands.is_condemned(partition, message.offset)
        if not condemned and not self.hands.is_careful(partition, message.offset):
            return False
        if condemned:
            logger().error("a record has ended replica after replica", topic=message.topic, partition=message.partition, offset=message.offset)
            await self._put_aside(message, Cause(self.handler.name, "crashed", "replicas ended, one after the other, with this record in hand"))
        else:
            await self._note(partition, message.offset, self.hands.begun(partition))
            await self._attempt([message])
        await self._note(partition, message.offset + 1, self.hands.metadata(partition, message.offset + 1))
        return True

    async def _note(self, partition: Partition, offset: int, metadata: str) -> None:
        """Commit it. Where the partition is another's by now there is nothing to tell: its new holder does the record again."""

        async def work() -> None:
            with contextlib.suppress(CommitFailedError, IllegalStateError):
                await self.commits.note({partition: (offset, metadata)})

        await self._persist(work)

    async def _attempt(self, messages: Sequence[Message]) -> None:
        try:
            await self._persist(lambda: self.handler.handle(messages))
        except TRANSIENT:
            raise
        except BrokenStageError:
            raise
        except Exception as error:
            if len(messages) > 1:
                for message in messages:
                    await self._attempt([message])
            else:
                await require_sound(self.handler.check, error)
                await self._bury(messages[0], error)

    def _on_retry(self) -> None:
        self.waiting = True
        self.metrics.waits(self, True)
        self.metrics.retried.inc()

    async def _bury(self, message: Message, error: Exception) -> None:
        logger().error("a record made the stage fail", topic=message.topic, partition=message.partition, offset=message.offset, error=repr(error))
        trace = "".join(traceback.format_exception(error))
        await self._put_aside(message, Cause(self.handler.name, "stage_failed", repr(error), trace))

    async def _put_aside(self, message: Message, cause: Cause) -> None:
        await self._persist(lambda: self.handler.bury(message, cause))

    async def _persist(self, work: Callable[[], Awaitable[None]]) -> None:
        await persist(work, self.settings, self._on_retry)
        self.waiting = False
        self.metrics.waits(self, False)


def most_in_batch(pace_s: float, most: int) -> int:
    """So many records as take about BATCH_S at a pace in seconds a record, one at least: a rebalance waits for the running batch."""
    return max(1, min(most, int(BATCH_S / pace_s))) if pace_s > 0 else most


def _message(event: Any) -> Message:
    raw = event.message
    return Message(raw.topic, raw.partition, raw.offset, int(raw.timestamp * 1000), raw.key, raw.value, wire.from_wire(raw.headers))


async def _for_ever() -> None:
    await asyncio.Event().wait()
