"""MirrorSink: chosen articles onto a topic of a subscriber's own, all corrections and all retractions onto two beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiokafka
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError

from copydesk.services.sink.edge import Passing, hand_on
from copydesk.services.sink.mirror.settings import MirrorSettings
from copydesk.shared import headers as wire
from copydesk.shared.confirmed import ConfirmedProducer, closed
from copydesk.shared.edge import fact
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import client_options, start, within
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import ALL, CORRECTIONS, ENRICHED, RETRACTIONS, Topic


class MirrorSink:
    """At least once: a batch that is tried again is sent again. A subscriber folds the corrections as from the topics of Copydesk itself."""

    name = "sink-mirror"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, RETRACTIONS)

    def __init__(self, settings: MirrorSettings) -> None:
        given = {"bootstrap_servers": settings.mirror_bootstrap_servers, "cluster_id": None} if settings.mirror_bootstrap_servers else {}
        self._settings = settings.model_copy(update=given)
        self._filter = settings.chosen
        self._verdicts = Verdicts()
        self._topics = {
            ENRICHED: settings.mirror_topic,
            CORRECTIONS: f"{settings.mirror_topic}.corrections",
            RETRACTIONS: f"{settings.mirror_topic}.retractions",
        }
        self._runner: asyncio.Runner | None = None
        self._producer = ConfirmedProducer(self._new, settings.delivery_timeout_s)

    def open(self) -> None:
        """Make the topics that are missing. Raises UnavailableError while no broker answers, CopydeskError for a topic of Copydesk's own."""
        if {topic.name for topic in ALL} & set(self._topics.values()) and not self._settings.mirror_bootstrap_servers:
            raise CopydeskError(f"{self._settings.mirror_topic} is a topic of Copydesk's own", "set COPYDESK_MIRROR_TOPIC to another name")
        runner = asyncio.Runner()
        try:
            runner.run(self._create())
        except BaseException:
            runner.close()
            raise
        self._runner = runner

    def close(self) -> None:
        if self._runner is not None:
            self._runner.run(self._producer.stop())
            self._runner.close()
            self._runner = None

    def check(self) -> None:
        """The filter takes a record known to be good, or leaves it out; nothing is sent."""

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Send what is chosen of a batch and return when it is stored. Raises UnavailableError, TooLargeError."""
        return hand_on(records, self._take)

    def _take(self, found: list[Passing]) -> None:
        if self._runner is None:
            raise RuntimeError("the sink is not open")
        self._runner.run(self._send([one for one in found if self._is_chosen(one)]))

    def _is_chosen(self, one: Passing) -> bool:
        if one.written.topic is ENRICHED:
            return self._filter.admits(self._verdicts.complete(one.record))
        if one.written.topic is CORRECTIONS and isinstance(found := fact(one.written.value), PairFact):
            self._verdicts.take(found)
        return True

    async def _send(self, chosen: list[Passing]) -> None:
        stored = []
        for one in chosen:
            topic = self._topics[one.written.topic]
            stored.append(await self._producer.send(topic, one.written.value, one.article_id.encode(), headers=wire.to_wire(wire.fresh(self.name))))
        await asyncio.gather(*stored)

    async def _create(self) -> None:
        admin = AIOKafkaAdminClient(**client_options(self._settings))
        try:
            await start(admin, self._settings)
            async with within(self._settings):
                missing = sorted(set(self._topics.values()) - set(await admin.list_topics()))
                await self._make_topics(admin, missing)
        finally:
            await closed(admin.close())

    async def _make_topics(self, admin: Any, names: Sequence[str]) -> None:
        if not names:
            return
        made = [NewTopic(name, self._settings.partitions, self._settings.replication_factor, topic_configs=self._configs(name)) for name in names]
        try:
            await admin.create_topics(made)
        except TopicAlreadyExistsError:
            return  # another replica was first
        except KafkaError as error:
            raise CopydeskError(f"{', '.join(names)} cannot be created: {error}", "create them, or set COPYDESK_MIRROR_TOPIC") from error

    def _configs(self, name: str) -> dict[str, str]:
        is_kept = {"cleanup.policy": RETRACTIONS.cleanup} if name == self._topics[RETRACTIONS] else {}
        return {"max.message.bytes": str(self._settings.max_bytes(ENRICHED) + 10_000), **is_kept}

    def _new(self) -> Any:
        return aiokafka.AIOKafkaProducer(
            **client_options(self._settings), acks="all", enable_idempotence=True, compression_type="gzip", linger_ms=5,
            max_request_size=self._settings.max_bytes(ENRICHED) + 100_000,
        )  # fmt: skip
