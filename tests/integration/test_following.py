"""Entries of followed topics that are no good: logged, counted, and the last good one stays, at the start and later."""

from __future__ import annotations

import asyncio

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import create as cleaner
from copydesk.services.deduplicator.sketch.common_text import KEY, common_text, to_record
from copydesk.services.deduplicator.stage import DeduplicatorStage
from copydesk.services.deduplicator.stage import create as deduplicator
from copydesk.shared.admin import create_topics
from copydesk.shared.kafka import producer
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.runner.following import TopicFollower
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import Settings
from copydesk.shared.topics import COMMON, FURNITURE, RETRACTIONS
from tests.pipeline import PATIENCE_S, fresh_topics, of_a_service, without_topic

BAD = [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"version": 1}', b"{" * 300, b'{"version": "1", "rule": "x", "hashes": ["y"]}']


def unusable(metrics: Metrics) -> float:
    return metrics.registry.get_sample_value("copydesk_followed_unusable_total", {"service": metrics.service}) or 0


async def good_then_bad(kafka: Settings, stage: DeduplicatorStage) -> None:
    common = common_text([1, 2, 3], stage._sketching)
    async with producer(kafka) as sender:
        for value in (BAD[0], to_record(common, stage._sketching)[1], *BAD):
            await (await sender.send(COMMON, KEY, value))


async def test_a_deduplicator_starts_and_goes_on_with_the_last_good_common_text(kafka: Settings) -> None:
    await fresh_topics(kafka)
    stage, metrics = deduplicator(), Metrics("deduplicator")
    shipped = stage.common_version
    await good_then_bad(kafka, stage)
    follower = TopicFollower(stage, of_a_service(kafka), metrics)
    await follower.start()
    good = stage.common_version
    assert good != shipped
    assert unusable(metrics) == len(BAD) + 1
    async with producer(kafka) as sender:
        await (await sender.send(COMMON, KEY, b"worse"))
        async with asyncio.timeout(PATIENCE_S):
            while unusable(metrics) < len(BAD) + 2:
                await asyncio.sleep(0.1)
        assert stage.common_version == good
        await (await sender.send(COMMON, KEY, None))
        async with asyncio.timeout(PATIENCE_S):
            while stage.common_version != shipped:
                await asyncio.sleep(0.1)
    await follower.stop()


async def test_a_cleaner_starts_with_furniture_that_is_none(kafka: Settings) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        for value in BAD:
            await (await sender.send(FURNITURE, b"\xffexample.com", value))
    metrics = Metrics("cleaner")
    follower = TopicFollower(cleaner(CleanerSettings()), of_a_service(kafka), metrics)
    await follower.start()
    await follower.stop()
    assert unusable(metrics) > 0


async def test_a_topic_of_a_later_release_is_waited_for(kafka: Settings) -> None:
    """Brokers that have it, or know of it, later than the service begins."""
    await fresh_topics(kafka)
    await without_topic(kafka, RETRACTIONS)
    follower = TopicFollower(StandingRetractions(), of_a_service(kafka), Metrics("cleaner"))
    starting = asyncio.create_task(follower.start())
    await asyncio.wait([starting], timeout=1)  # it has looked by then, or looks when the topic is there: either is fine
    assert (await create_topics(kafka)).created == [RETRACTIONS.name]
    await asyncio.wait_for(starting, PATIENCE_S)
    await follower.stop()
