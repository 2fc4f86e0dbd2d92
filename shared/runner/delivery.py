"""What a handler writes: records onward and dead letters, each awaited before the source event is acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from copydesk.shared import headers as wire
from copydesk.shared.confirmed import ProducerRecord
from copydesk.shared.deadletters import RETRACTED, Cause, dead_letters, message_key
from copydesk.shared.errors import TooLargeError, UnavailableError
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.tracing import Tracing
from copydesk.shared.stage import SideRecord
from copydesk.shared.topics import DEADLETTERS, RAW, Topic

LEAST_LETTER = 1_000  # bytes


@dataclass(frozen=True, slots=True)
class _Sent:
    """A record to send: where to, what of, and what to count once it is there."""

    topic: Topic
    key: str | bytes | None
    value: bytes
    headers: Mapping[str, str]
    message: Message
    count: Callable[[], Any]
    cause: Cause | None = None  # of a letter


class Delivery:
    """The sends of one batch, all at its end. `confirm` returns once the broker has stored every one of them, and raises if it has not."""

    def __init__(self, name: str, sender: Sender, metrics: Metrics, tracing: Tracing | None = None) -> None:
        self.name, self.sender, self.metrics, self.tracing = name, sender, metrics, tracing
        self._began_ns = time.time_ns()
        self._spans: dict[tuple[str, int, int], str] = {}  # where it is traced: the traceparent of what is sent on, by a message's place
        self._sent: list[tuple[_Sent, ProducerRecord]] = []
        self._counts: list[Callable[[], Any]] = []
        self._in_pieces: list[Message] = []

    def forward(self, topic: Topic, message: Message, article_id: str, value: bytes) -> None:
        """Send what became of a message; a value beyond the topic's limit becomes a dead letter of the message."""
        sent = _Sent(topic, message_key(message, article_id), value, self._onward(message), message, self.metrics.records_out.inc)
        try:
            self._send(sent)
        except TooLargeError as error:
            self.bury(message, Cause(self.name, "too_large", str(error)))

    def side(self, message: Message, record: SideRecord) -> None:
        value = record.part.model_dump_json(exclude_none=True).encode()
        self._send(_Sent(record.topic, record.key, value, self._onward(message), message, self.metrics.side_records.inc))

    def bury(self, message: Message, cause: Cause) -> None:
        """Send the message to the dead letters."""
        self._tell(message, cause)
        for letter in dead_letters(message, cause, self.sender.settings.raw_limit):
            self._send(_Sent(DEADLETTERS, message_key(message), letter, self._onward(message), message, _nothing, cause))
        self._counts.append(lambda: self.metrics.rejected(cause.reason))

    def withhold(self, message: Message, retraction: Retraction) -> None:
        """Note among the dead letters that a record was not passed on, without anything of it."""
        detail = f"taken back at {retraction.at}: {retraction.reason or 'no reason is given'}; `copydesk restore` lets it in again"
        self.bury(replace(message, value=b""), Cause(self.name, RETRACTED, detail))

    async def confirm(self) -> None:
        """Wait for all of it. Counted only here, so that a batch that is tried again is not counted twice."""
        going, self._sent = self._sent, []
        sent = [record for record, _ in going]
        outcomes = await asyncio.gather(*await self.sender.send_all([record for _, record in going]), return_exceptions=True)
        failed = {id(record): outcome for record, outcome in zip(sent, outcomes, strict=True) if isinstance(outcome, BaseException)}
        if failed and not any(isinstance(error, TooLargeError) for error in failed.values()):
            raise next(iter(failed.values()))
        for record in sent:
            if id(record) in failed:  # the brokers refuse whole requests for their size: which record it was shows when each goes alone
                await self._alone(record)
            else:
                self._counts.append(record.count)
        for count in self._counts:
            count()

    def _onward(self, message: Message) -> dict[str, str]:
        headers = wire.onward(message.headers, self.name, message.timestamp_ms)
        if self.tracing is not None:  # all that is sent of a message is of one span
            headers[wire.TRACEPARENT] = self._spans.setdefault((message.topic, message.partition, message.offset), headers[wire.TRACEPARENT])
        return {**headers, wire.CONTENT_AT: f"{message.topic}/{message.partition}/{message.offset}"} if message.topic == RAW.name else headers

    def _send(self, record: _Sent) -> None:
        self._sent.append((record, self.sender.producer_record(record.topic, record.key, record.value, record.headers)))

    async def _alone(self, record: _Sent) -> None:
        try:
            await (await self.sender.send(record.topic, record.key, record.value, record.headers))
            self._counts.append(record.count)
        except TooLargeError:
            if record.cause is not None:
                await self._bury_in_pieces(record.message, record.cause, len(record.value) // 2)
            else:
                await self._refused(record)

    async def _refused(self, record: _Sent) -> None:
        refused = f"{record.topic.name} takes less than {len(record.value):,} bytes on the brokers: raise its max.message.bytes"
        cause = Cause(self.name, "too_large", refused)
        self._tell(record.message, cause)
        await self._bury_in_pieces(record.message, cause, len(record.value) // 2)
        self._counts.append(lambda: self.metrics.rejected(cause.reason))

    async def _bury_in_pieces(self, message: Message, cause: Cause, most: int) -> None:
        """The dead letters' topic may take less than it should as well: ever smaller parts, until they fit. Once for each message."""
        if message in self._in_pieces:
            return
        try:
            for letter in dead_letters(message, cause, self.sender.settings.raw_limit, most):
                await (await self.sender.send(DEADLETTERS, message_key(message), letter, self._onward(message)))
        except TooLargeError as error:
            if most < LEAST_LETTER:
                raise UnavailableError(f"{DEADLETTERS.name} takes no letter on the brokers", "raise its max.message.bytes") from error
            await self._bury_in_pieces(message, cause, most // 2)
        else:
            self._in_pieces.append(message)

    def _tell(self, message: Message, cause: Cause) -> None:
        logger().warning("rejected", reason=cause.reason, detail=cause.detail[:300], article_id=(message.key or b"").decode("utf-8", "replace")[:64],
                         topic=message.topic, partition=message.partition, offset=message.offset)  # fmt: skip

    def finished(self, message: Message, outcome: str = "passed") -> None:
        """Observe how long a record took since it entered the log, and since it came onto this stage's topic."""
        now, start = time.time(), wire.started_ms(message.headers, message.timestamp_ms)
        self.metrics.latency_seconds.observe(max(0.0, now - start / 1000))
        self.metrics.stage_seconds.observe(max(0.0, now - message.timestamp_ms / 1000))
        self.traced(message, outcome)

    def traced(self, message: Message, outcome: str) -> None:
        """A span from the begin of the batch until now, where spans are asked for."""
        if self.tracing is not None:
            own = self._spans.get((message.topic, message.partition, message.offset))
            self.tracing.record(message, own, self._began_ns, time.time_ns(), outcome)


def _nothing() -> None:
    """A letter is counted once, however many parts it has."""
