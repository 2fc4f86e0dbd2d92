"""A feed that writes in transactions: what was aborted is read by nobody, and the ends of transactions are no lag and no stall."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiokafka
import orjson

from copydesk.shared.kafka import client_options, consume
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, RAW
from tests.articles import news
from tests.groups import replicas
from tests.pipeline import fresh_topics


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
    assert {message.key async for message in consume(kafka, [RAW], since="beginning", follow=False)} == wanted

    with replicas("cleaner", kafka, tmp_path, {"COPYDESK_STALL_TIMEOUT_S": "4"}) as cleaners:
        cleaners.start(1)
        async with asyncio.timeout(120):
            while (await lags(kafka))["cleaner"]:
                await asyncio.sleep(0.3)
        await asyncio.sleep(10)  # more than twice what it may stand still with records before it
        assert cleaners.is_alive(1)
    ended = {message.key async for message in consume(kafka, [CLEANED, DEADLETTERS], since="beginning", follow=False)}
    assert ended == wanted
