"""What only the brokers know, for Prometheus: how far each service is behind, what was deleted unread, dead letters that nobody has dealt with."""

from __future__ import annotations

import asyncio
import time
from collections import Counter as Counts
from collections.abc import Callable, Mapping
from contextlib import aclosing

from aiokafka.errors import KafkaError
from prometheus_client import CollectorRegistry, Counter, Gauge, disable_created_metrics, start_http_server
from pydantic import ValidationError

from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import consume
from copydesk.shared.lag import Behind, behind
from copydesk.shared.letters import OriginalPlace, original_place
from copydesk.shared.runner.logs import logger
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS
from copydesk.shared.topology import SERVICES

disable_created_metrics()  # type: ignore[no-untyped-call]


class OpenLetters:
    """Which dead letters are neither replayed nor discarded, told by the topic as it grows: about 300 bytes of memory for each."""

    def __init__(self) -> None:
        self._open: dict[OriginalPlace, tuple[str, str]] = {}

    def take(self, value: bytes) -> None:
        """One record of the topic, in order; what is no letter counts for nothing."""
        try:
            letter = DeadLetter.model_validate_json(value)
        except ValidationError:
            return
        place = original_place(letter)
        if letter.settled:
            self._open.pop(place, None)
        else:
            self._open[place] = letter.stage, letter.reason

    def counts(self) -> Counts[tuple[str, str]]:
        """How many, by stage and reason."""
        return Counts(self._open.values())


class BrokerMetrics:
    """The metrics, and how they follow from what was seen."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        of_service = ("service",)
        self._lag = Gauge("copydesk_group_lag_records", "Records that a service has still to process.", of_service, registry=self.registry)
        self._oldest = Gauge("copydesk_group_oldest_seconds", "How long the oldest of them has waited.", of_service, registry=self.registry)
        self._processed = Gauge("copydesk_group_processed_records", "Records that it has ever processed.", of_service, registry=self.registry)
        self._lost = Counter("copydesk_records_lost", "Records deleted before a service had read them.", of_service, registry=self.registry)
        self._letters = Gauge(
            "copydesk_deadletters_open", "Dead letters neither replayed nor discarded.", ("service", "reason"), registry=self.registry
        )
        self._looked = Gauge("copydesk_monitor_looked_seconds", "When the brokers answered last, since 1970.", registry=self.registry)
        self._lost_before: dict[str, int] = {}
        for service in SERVICES:
            self._lost.labels(service.name)

    def places(self, found: Mapping[str, Behind]) -> None:
        """Take over where each service is."""
        for name, place in found.items():
            self._lag.labels(name).set(place.lag)
            self._oldest.labels(name).set(0 if place.oldest is None else max(0.0, place.at - place.oldest))
            self._processed.labels(name).set(place.processed)
            self._lost.labels(name).inc(max(0, place.lost - self._lost_before.get(name, 0)))
            self._lost_before[name] = place.lost
        self._looked.set(time.time())

    def letters(self, open_ones: Mapping[tuple[str, str], int]) -> None:
        """Take over how many dead letters are open, by stage and reason."""
        self._letters.clear()
        for (stage, reason), count in open_ones.items():
            self._letters.labels(stage, reason).set(count)


async def monitor(settings: Settings, host: str, port: int, every_s: float, say: Callable[[str], None]) -> None:
    """Serve /metrics until it is cancelled. While the brokers do not answer, what they said last stands.

    Raises CopydeskError for an address where it cannot listen, such as a port that is taken.
    """
    metrics, letters = BrokerMetrics(), OpenLetters()
    try:
        server, _ = start_http_server(port, host, metrics.registry)
    except OSError as error:
        raise CopydeskError(f"cannot listen at {host}:{port} ({error.strerror})", "name another address with --host, or --port") from error
    say(f"metrics at http://{host}:{server.server_port}/metrics")
    read: dict[tuple[str, int], int] = {}
    try:
        while True:
            try:
                metrics.places(await behind(settings))
                await _read_on(settings, letters, read)
                metrics.letters(letters.counts())
            except (CopydeskError, KafkaError, OSError, TimeoutError) as error:
                logger().warning("the brokers could not be asked", error=str(error))
            await asyncio.sleep(every_s)
    finally:
        server.shutdown()


async def _read_on(settings: Settings, letters: OpenLetters, read: dict[tuple[str, int], int]) -> None:
    """What has come onto the dead letters' topic since the last time."""
    async with aclosing(consume(settings, (DEADLETTERS,), since=dict(read) or "beginning", follow=False)) as messages:
        async for message in messages:
            letters.take(message.value or b"")
            read[message.topic, message.partition] = message.offset + 1
