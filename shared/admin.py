"""Topics as they are declared in `copydesk.shared.topics`, made on a cluster and kept in line with what is declared.

A service does this whenever it starts. Numbers are only ever raised: of two replicas with different settings the larger one counts,
and what an operator has set higher stays. Only a retention that is set (COPYDESK_RETENTION_DAYS) is made what it says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import CoordinatorLoadInProgressError, CoordinatorNotAvailableError, KafkaError, TopicAlreadyExistsError

from copydesk.shared.configs import alter, configs_of, least_session_s
from copydesk.shared.confirmed import closed
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.growing import add_partitions, await_leaders, may_grow
from copydesk.shared.kafka import BATCH_BYTES, client_options, cluster_id, is_local, start
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, DAY_MS, INDEX, NEXT_SEGMENTS, SEGMENTS, Topic
from copydesk.shared.topology import SERVICES

COORDINATOR_TRIES = 100
MINUTE_MS = 60_000

ConfigsByName = Mapping[str, Any]
EXACT = ("cleanup.policy", "compression.type")
TIMES = ("retention.ms", "segment.ms")  # exact where somebody has set one: records have to go when he says, not later
KAFKAS_LEAST_SESSION_S = 6.0  # unless the brokers are told otherwise


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done to the topics, and what a person should know: names of those created, one line for each change and each warning."""

    created: list[str]
    changed: list[str]
    warnings: list[str]
    least_session_s: float  # of a member of a group

    def lines(self) -> list[str]:
        """All of it for a person."""
        return [
            *(f"created {name}" for name in self.created),
            *(f"changed {line}" for line in self.changed),
            *(f"warning: {line}" for line in self.warnings),
        ]


async def create_topics(settings: Settings, topics: Sequence[Topic] = ALL) -> Prepared:
    """Create the topics that are missing and bring the others in line: sizes, retention, clean-up, copies in sync, partitions. Idempotent.

    Raises UnavailableError when no broker answers, and while the index is exchanged for one with another number of shards; CopydeskError for what
    cannot be changed: fewer copies than COPYDESK_REPLICATION_FACTOR asks for, or a change that the brokers refuse.
    """
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        async with asyncio.timeout(settings.delivery_timeout_s):
            await start(admin, settings)
            return await _prepare(admin, settings, topics)
    except (KafkaError, TimeoutError, OSError) as error:
        raise UnavailableError(f"the brokers at {settings.bootstrap_servers} do not tell of their topics ({error!r})") from error
    finally:
        await closed(admin.close())


async def cluster_of(settings: Settings) -> str | None:
    """The id of the cluster. Raises UnavailableError when no broker answers."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        return await cluster_id(admin)
    finally:
        await closed(admin.close())


async def _require_coordinators(admin: Any) -> None:
    """Wait until the cluster can lead the consumer groups: a new one makes the topic for that when it is asked for the first time."""
    for service in SERVICES:
        for _ in range(COORDINATOR_TRIES):
            try:
                await admin.find_coordinator(service.group)
                break
            except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError):
                await asyncio.sleep(0.1)


async def brokers_answer(settings: Settings) -> bool:
    """Whether the brokers answer at present."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    try:
        await start(admin, settings)
        return bool((await asyncio.wait_for(admin.describe_cluster(), settings.delivery_timeout_s))["brokers"])
    except (UnavailableError, KafkaError, TimeoutError):
        return False
    finally:
        await closed(admin.close())


async def _prepare(admin: Any, settings: Settings, topics: Sequence[Topic]) -> Prepared:
    _require_times(settings)
    existing: dict[str, ConfigsByName] = {topic["topic"]: topic for topic in await admin.describe_topics()}
    present = [topic for topic in topics if topic.name in existing]
    for topic in present:
        _require_copies(topic, existing[topic.name], settings)
    _require_index(topics, existing)
    asked, settings = settings, _with_shards(settings, topics, existing)
    missing = [topic for topic in topics if topic.name not in existing]
    if missing:
        await _create(admin, settings, missing)
    changed = await _grow(admin, settings, present, existing) + await _align(admin, settings, present)
    await _require_coordinators(admin)
    least = await least_session_s(admin)
    warnings = _warnings(asked, settings.index_shards)
    return Prepared([topic.name for topic in missing], changed, warnings, KAFKAS_LEAST_SESSION_S if least is None else least)


def _require_index(topics: Sequence[Topic], existing: Mapping[str, ConfigsByName]) -> None:
    if INDEX in topics and INDEX.name not in existing and NEXT_SEGMENTS.name in existing:
        raise UnavailableError("the index of copies is being exchanged", "if `copydesk index reshard` was interrupted, run it again")
    counts = {topic.name: len(existing[topic.name]["partitions"]) for topic in (INDEX, SEGMENTS) if topic.name in existing}
    if len(set(counts.values())) > 1:
        told = " and ".join(f"{name} {count}" for name, count in counts.items())
        raise CopydeskError(f"shards do not agree: {told}", "run `copydesk index reshard --shards N`")


def _with_shards(settings: Settings, topics: Sequence[Topic], existing: Mapping[str, ConfigsByName]) -> Settings:
    """An index that exists keeps its number: a hash is looked for in the shard in which it was put."""
    there = [len(existing[topic.name]["partitions"]) for topic in (SEGMENTS, INDEX) if topic.name in existing]
    return settings.model_copy(update={"index_shards": there[0]}) if there and {INDEX, SEGMENTS} & {*topics} else settings


def _require_copies(topic: Topic, described: ConfigsByName, settings: Settings) -> None:
    copies = min((len(partition["replicas"]) for partition in described["partitions"]), default=settings.replication_factor)
    if copies < settings.replication_factor:
        raise CopydeskError(
            f"{topic.name} has {copies} copies of each partition, COPYDESK_REPLICATION_FACTOR says {settings.replication_factor}",
            f"set it to {copies}, or add copies with `kafka-reassign-partitions.sh`",
        )


async def _create(admin: Any, settings: Settings, missing: Sequence[Topic]) -> None:
    response = await admin.create_topics([_new(settings, topic) for topic in missing])
    for name, code, *reason in response.topic_errors:
        if code not in (0, TopicAlreadyExistsError.errno):
            raise CopydeskError(f"topic {name} could not be created: {reason or code}", "check the cluster and the client's rights")
    await await_leaders(admin, {topic.name: 1 for topic in missing})


async def _grow(admin: Any, settings: Settings, present: Sequence[Topic], existing: Mapping[str, ConfigsByName]) -> list[str]:
    """Add partitions where more are asked for and a topic can take them. A key may then lie in two partitions, which no stage minds;
    `copydesk topics grow` does it when nothing is under way, so that readers see no article's records out of order."""
    wanted = {topic.name: partitions_of(settings, topic) for topic in present if may_grow(topic)}
    short = {name: count for name, count in wanted.items() if len(existing[name]["partitions"]) < count}
    if short:
        await add_partitions(admin, short)
    return [f"{name}: {count} partitions" for name, count in short.items()]


async def _align(admin: Any, settings: Settings, present: Sequence[Topic]) -> list[str]:
    changes = await _differences(admin, settings, present) if present else {}
    if changes:
        await alter(admin, changes)
        while await _differences(admin, settings, present):
            await asyncio.sleep(0.05)  # the controller has taken it, the brokers follow
    return [f"{name}: {', '.join(f'{key} {value}' for key, value in configs.items())}" for name, configs in changes.items()]


async def _differences(admin: Any, settings: Settings, present: Sequence[Topic]) -> dict[str, dict[str, str]]:
    found = await configs_of(admin, [topic.name for topic in present], sorted({name for topic in present for name in _configs(settings, topic)}))
    changes = {topic.name: _outdated(_configs(settings, topic), found.get(topic.name, {})) for topic in present}
    return {name: configs for name, configs in changes.items() if configs}


def _outdated(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """What has to change: another way to clean up or to compress, times that are set, and numbers that are too small (-1 is without end)."""
    exact = {*EXACT, *(TIMES if "segment.ms" in wanted else ())}
    return {name: value for name, value in wanted.items() if name in found and not _suffices(value, found[name], name in exact)}


def _suffices(wanted: str, found: str, exactly: bool) -> bool:
    return found == wanted if exactly else int(found) < 0 or int(found) >= int(wanted)


def _configs(settings: Settings, topic: Topic) -> dict[str, str]:
    # the limit is on the value, Kafka's on a batch of records, and many small ones make a batch too
    size = max(settings.max_bytes(topic), BATCH_BYTES) + 10_000
    return {
        "cleanup.policy": topic.cleanup,
        "compression.type": topic.compression,
        "max.message.bytes": str(size),
        "min.insync.replicas": str(settings.in_sync),
        **_times(settings, topic),
    }


def _times(settings: Settings, topic: Topic) -> dict[str, str]:
    """How long records stay. Brokers delete whole files of them, of which a new one is begun in time that none outlives it by more than an eighth."""
    days = days_kept(settings, topic)
    if days is None:
        return {"retention.ms": str(topic.retention_ms)}
    return {"retention.ms": str(round(days * DAY_MS)), "segment.ms": str(max(MINUTE_MS, round(days * DAY_MS / 8)))}


def days_kept(settings: Settings, topic: Topic) -> float | None:
    """What is set for a topic; None where its own time counts."""
    return settings.topic_retention_days.get(topic.name, settings.retention_days) if topic.is_kept_for_a_time else None


def _require_times(settings: Settings) -> None:
    known = [topic.name for topic in ALL if topic.is_kept_for_a_time]
    if wrong := sorted(set(settings.topic_retention_days) - set(known)):
        raise CopydeskError(f"COPYDESK_TOPIC_RETENTION_DAYS: {wrong[0]} is no topic that is kept for a time", f"name one of {', '.join(known)}")


def _warnings(settings: Settings, shards: int) -> list[str]:
    told = []
    if settings.replication_factor == 1 and not is_local(settings):
        told.append("topics have one copy: a broker that loses its disk loses records that were confirmed; set COPYDESK_REPLICATION_FACTOR to 3")
    if "index_shards" in settings.model_fields_set and settings.index_shards != shards:
        wanted = settings.index_shards
        told.append(f"the index has {shards} shards, COPYDESK_INDEX_SHARDS says {wanted}: `copydesk index reshard --shards {wanted}` changes that")
    return told


def partitions_of(settings: Settings, topic: Topic) -> int:
    """How many partitions a topic is created with."""
    return settings.index_shards if topic.partitions == "shards" else topic.partitions or settings.partitions


def _new(settings: Settings, topic: Topic) -> Any:
    return NewTopic(topic.name, partitions_of(settings, topic), settings.replication_factor, topic_configs=_configs(settings, topic))
