"""Stories while everything runs: told as articles come, corrected when a late one comes, and in the sink in whatever order they get there.

What becomes of that when replicas die is in tests/faults/test_stories.py.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED, RETRACTIONS, STORIES, named
from tests.groups import replicas
from tests.pipeline import fresh_topics
from tests.told_stories import expected, put, until_told
from tests.unit.stories.test_table import CORRECTION, LATE, RECORDS, REVISED

pytestmark = pytest.mark.timeout(1800)
ODD = [Written(ENRICHED, b"nonsense"), Written(ENRICHED, b'{"article_id": "odd", "body": 5}'), Written(STORIES, b"[]")]


async def test_told_as_they_come_and_corrected(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    with replicas("stories", kafka, tmp_path) as group:
        group.start(1)
        await put(kafka, RECORDS)
        await put_odd(kafka)
        await until_told(kafka, expected(RECORDS))
        await put(kafka, [REVISED, CORRECTION, LATE])
        wanted = expected([*RECORDS, REVISED, CORRECTION, LATE])
        await until_told(kafka, wanted)
    await the_sink_has_them(kafka, tmp_path / "a.sqlite", set(wanted))


async def put_odd(settings: Settings) -> None:
    async with producer(settings) as sender:
        await asyncio.gather(*[await sender.send(one.topic, "odd", one.value) for one in ODD])


async def the_sink_has_them(settings: Settings, path: Path, wanted: set[str]) -> None:
    """Written in one order and in the other, it holds the same."""
    topics = (ENRICHED, STORIES, RETRACTIONS)
    written = [
        Written(named(one.topic), one.value or b"", one.timestamp_ms) async for one in consume(settings, topics, since="beginning", follow=False)
    ]
    rows = []
    for number, order in enumerate((written, written[::-1])):
        sink = SqliteSink(path.with_name(f"{number}.sqlite"))
        sink.open()
        refused = [one for one in sink.write(order) if one is not None]
        assert len(refused) == len(ODD)
        sink.close()
        rows.append([line for line in dump(path.with_name(f"{number}.sqlite")) if line.startswith("article_stories")])
    assert rows[0] == rows[1]
    assert len(rows[0]) == len(wanted)
