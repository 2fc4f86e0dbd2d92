"""What the service of story threads is given, and what it has told, on a real Kafka."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import orjson

from copydesk.services.stories.live.table import StoryTable
from copydesk.shared.edge import story_told
from copydesk.shared.kafka import consume, producer
from copydesk.shared.records.story import StoryTold
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, RETRACTIONS, STORIES

PATIENCE_S = 480
Folded = dict[str, tuple[str, str, str | None]]


async def put(settings: Settings, written: Iterable[Written]) -> None:
    """Each under the key that its topic asks for."""
    async with producer(settings) as sender:
        await asyncio.gather(*[await sender.send(one.topic, _key(one), one.value) for one in written])


def _key(one: Written) -> str:
    value = orjson.loads(one.value)
    if one.topic is RETRACTIONS:
        return f"article:{value['article_id']}"
    return str(value["later_article_id"] if one.topic is CORRECTIONS else value["article_id"])


def folded(told: Iterable[StoryTold]) -> Folded:
    """As sinks fold it: story, role, and the nearest article with the reasons."""
    standing: dict[str, StoryTold] = {}
    for one in told:
        standing[one.article_id] = max(one, standing.get(one.article_id, one), key=lambda found: found.order)
    return {name: (one.story, one.role, one.nearest.model_dump_json() if one.nearest else None) for name, one in standing.items()}


def expected(arrived: Sequence[Written], seed: int = 1) -> Folded:
    """What is to be told of these, whatever their order."""
    table = StoryTable()
    for one in random.Random(seed).sample(arrived, len(arrived)):
        table.take(one)
    table.settle()
    return folded(table.due(datetime.now(UTC)))


async def told(settings: Settings) -> list[StoryTold]:
    """All that can be read of articles.stories."""
    found = [story_told(message.value or b"") async for message in consume(settings, [STORIES], since="beginning", follow=False)]
    return [one for one in found if isinstance(one, StoryTold)]


async def until_told(settings: Settings, wanted: Folded) -> None:
    """Wait until what is told of these articles is so; fails with the difference."""
    found: Folded = {}
    try:
        async with asyncio.timeout(PATIENCE_S):
            while (found := {name: one for name, one in folded(await told(settings)).items() if name in wanted}) != wanted:
                await asyncio.sleep(0.5)
    except TimeoutError:
        assert found == wanted
