"""A feed that writes in transactions: what was aborted is read by nobody, and the ends of transactions are no lag and no stall."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiokafka
import orjson

from copydesk.shared.kafka import client_options, consume, reader
from copydesk.shared.lag import lags
from copydesk.shared.runner.group_lag import GroupLag
from copydesk.shared.settings import ServiceSettings, Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, RAW, Topic
from tests.articles import news
from tests.groups import replicas
from tests.pipeline import PATIENCE_S, fresh_topics


async def test_only_committed_records_are_read_and_nothing_stays_behind(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    articles = news(24)
    feed = aiokafka.AIOKafkaProducer(**client_options(kafka), transactional_id="feed")
    await feed.start()
    for number, article in enumerate(articles):
        await feed.begin_transaction()
        await feed.send(RAW.name, orjson.dumps(article), f"article-{number}".encode())
        await (feed.commit_transaction() if number % 2 else feed.abort_transaction())
    await feed.stop()
    wanted = {f"article-{number}".encode() for number in range(1, 24, 2)}
    async with asyncio.timeout(PATIENCE_S):  # a transaction is confirmed before its end is written
        while len(read := await keys(kafka, RAW)) < len(wanted):
            await asyncio.sleep(0.1)
    assert read == wanted

    with replicas("cleaner", kafka, tmp_path) as cleaners:
        cleaners.start(1)
        async with asyncio.timeout(PATIENCE_S):
            while (await lags(kafka))["cleaner"]:
                await asyncio.sleep(0.3)
    assert await keys(kafka, CLEANED, DEADLETTERS) == wanted
    assert await unread_at_the_end(kafka) == 0, "what a service takes for a stall"


async def keys(kafka: Settings, *topics: Topic) -> set[bytes | None]:
    return {message.key async for message in consume(kafka, topics, since="beginning", follow=False)}


async def unread_at_the_end(kafka: Settings) -> int:
    """What a replica that has read all there is sees before it."""
    partitions = [(RAW.name, number) for number in range(kafka.partitions)]
    consumer = reader(kafka, [RAW], fetch_max_wait_ms=100)
    await consumer.start()
    try:
        consumer.assign([aiokafka.TopicPartition(*partition) for partition in partitions])
        ends = await consumer.end_offsets(consumer.assignment())
        async with asyncio.timeout(PATIENCE_S):
            while any([await consumer.position(partition) < end for partition, end in ends.items()]):
                await consumer.getmany(timeout_ms=100)
        group = GroupLag(ServiceSettings(bootstrap_servers=kafka.bootstrap_servers), "cleaner")
        await group.look(partitions, lambda partition: consumer.position(aiokafka.TopicPartition(*partition)))
        assert group._places.keys() >= set(partitions)
        return group.unread
    finally:
        await consumer.stop()
