"""Topics that exist are brought in line on a real broker: what can be raised is raised, what cannot be changed is named."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiokafka
import pytest
from aiokafka.admin import AIOKafkaAdminClient

from copydesk.services.console.running.growing import grow
from copydesk.services.console.running.machine import Local
from copydesk.shared.admin import create_topics, partitions_of
from copydesk.shared.configs import configs_of
from copydesk.shared.errors import CopydeskError
from copydesk.shared.growing import may_grow
from copydesk.shared.kafka import client_options, producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, DAY_MS, ENRICHED, INDEX, RAW, REPLIES, SEGMENTS
from copydesk.shared.topology import BY_NAME
from tests.pipeline import PATIENCE_S, change, fresh_topics, put_to_work, without_topic

NAMES = ["cleanup.policy", "retention.ms", "max.message.bytes", "min.insync.replicas", "segment.ms"]


async def stands(settings: Settings) -> dict[str, dict[str, str]]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        partitions = {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}
        found = await configs_of(admin, [topic.name for topic in ALL], NAMES)
        return {name: {**configs, "partitions": str(partitions[name])} for name, configs in found.items()}
    finally:
        await admin.close()


async def test_a_raised_limit_and_more_partitions_reach_topics_that_exist(kafka: Settings) -> None:
    small = kafka.model_copy(update={"raw_limit": 20_000, "partitions": 2})
    await fresh_topics(small)
    large = small.model_copy(update={"raw_limit": 2_000_000, "partitions": 3})
    done = await create_topics(large)
    assert not done.created
    assert any(line.startswith(f"{RAW.name}: max.message.bytes") for line in done.changed)
    found = await stands(large)
    for topic in ALL:
        assert int(found[topic.name]["max.message.bytes"]) > large.max_bytes(topic)
        assert int(found[topic.name]["partitions"]) == partitions_of(large if may_grow(topic) else small, topic)
    await put_to_work(large)
    async with producer(large) as sender:
        await (await sender.send(RAW, "largest", os.urandom(RAW.max_bytes(large.raw_limit))))
    assert (await create_topics(large)).lines() == [], "a second look finds nothing to do"
    assert (await create_topics(small)).lines() == [], "nothing is made smaller"


async def test_what_was_changed_by_hand_is_mended_and_what_was_set_higher_stays(kafka: Settings) -> None:
    await fresh_topics(kafka)
    await change(kafka, SEGMENTS, {"cleanup.policy": "delete"})
    await change(kafka, RAW, {"retention.ms": "1000", "segment.ms": "1234567"})
    await change(kafka, REPLIES, {"retention.ms": "-1", "max.message.bytes": "7900000"})
    await create_topics(kafka)
    found = await stands(kafka)
    assert found[SEGMENTS.name]["cleanup.policy"] == "compact"
    assert found[RAW.name]["retention.ms"] == str(RAW.retention_ms)
    assert (found[REPLIES.name]["retention.ms"], found[REPLIES.name]["max.message.bytes"]) == ("-1", "7900000")


async def test_a_retention_that_is_set_is_made_what_it_says_shorter_or_longer(kafka: Settings) -> None:
    await fresh_topics(kafka)
    for days in (2, 0.5, 90):
        asked = kafka.model_copy(update={"retention_days": days, "topic_retention_days": {ENRICHED.name: 2 * days}})
        assert {line.split(":")[0] for line in (await create_topics(asked)).changed} == {topic.name for topic in ALL if topic.is_kept_for_a_time}
        found = await stands(asked)
        assert int(found[RAW.name]["retention.ms"]) == days * DAY_MS
        assert int(found[RAW.name]["segment.ms"]) == days * DAY_MS / 8
        assert int(found[ENRICHED.name]["retention.ms"]) == 2 * days * DAY_MS
        assert found[REPLIES.name]["retention.ms"] == str(REPLIES.retention_ms)
        assert (await create_topics(asked)).lines() == []
    with pytest.raises(CopydeskError, match=r"dedup\.replies is no topic that is kept for a time — name one of .*articles\.raw"):
        await create_topics(kafka.model_copy(update={"topic_retention_days": {REPLIES.name: 1.0}}))


async def test_what_cannot_be_changed_stops_with_its_remedy(kafka: Settings) -> None:
    await fresh_topics(kafka)
    with pytest.raises(CopydeskError, match=r"has 1 copies of each partition, COPYDESK_REPLICATION_FACTOR says 3 — set it to 1, or add copies"):
        await create_topics(kafka.model_copy(update={"replication_factor": 3}))


async def test_an_index_keeps_its_shards(kafka: Settings) -> None:
    await fresh_topics(kafka)
    others = kafka.model_copy(update={"index_shards": 7})
    assert (await create_topics(others)).lines() == [
        "warning: the index has 4 shards, COPYDESK_INDEX_SHARDS says 7: `copydesk index reshard --shards 7` changes that"
    ]
    await without_topic(kafka, INDEX)
    assert (await create_topics(others)).created == [INDEX.name]
    assert (await stands(others))[INDEX.name]["partitions"] == "4", "a hash is looked for in the shard in which it was put"


async def test_one_copy_is_a_warning_only_where_the_brokers_are_elsewhere(kafka: Settings) -> None:
    await fresh_topics(kafka)
    assert (await create_topics(kafka)).warnings == []
    elsewhere = kafka.bootstrap_servers.replace("127.0.0.1", "0.0.0.0")  # leads here too, but nothing in it says so
    done = await create_topics(kafka.model_copy(update={"bootstrap_servers": elsewhere}))
    assert "COPYDESK_REPLICATION_FACTOR" in done.warnings[0]


async def test_topics_of_articles_grow_when_nothing_waits(kafka: Settings, tmp_path: Path) -> None:
    here = Local(kafka.model_copy(update={"home": tmp_path, "partitions": 2}))
    await fresh_topics(here.settings)
    with pytest.raises(CopydeskError, match=r"has 2 partitions — Kafka cannot take partitions away"):
        await grow(here, 1, print)
    async with producer(kafka) as sender:
        await (await sender.send(RAW, "a", b"{}", partition=1))
    said: list[str] = []
    growing = asyncio.create_task(grow(here, 5, said.append))
    async with asyncio.timeout(PATIENCE_S):
        while not any("waiting for cleaner (1 behind)" in line for line in said):
            await asyncio.sleep(0.05)
        assert (await stands(here.settings))[RAW.name]["partitions"] == "2"
        await committed(here.settings, "cleaner", aiokafka.TopicPartition(RAW.name, 1), 1)
        assert RAW.name in await growing
    found = {name: int(configs["partitions"]) for name, configs in (await stands(here.settings)).items()}
    assert found == {topic.name: 5 if may_grow(topic) else partitions_of(here.settings, topic) for topic in ALL}
    assert await grow(here, 5, said.append) == []
    assert (await create_topics(kafka.model_copy(update={"partitions": 5}))).lines() == [], "the others stay, whatever the settings say"


async def committed(settings: Settings, service: str, partition: aiokafka.TopicPartition, offset: int) -> None:
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings), group_id=BY_NAME[service].group, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([partition])
        await consumer.commit({partition: offset})
    finally:
        await consumer.stop()
