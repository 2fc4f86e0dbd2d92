"""What is told of stories depends on the articles alone: not on the order in which they come, replicas, kills, or one that sleeps and wakes."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import signal
from pathlib import Path

import pytest

from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from tests.data import data_path
from tests.groups import replicas
from tests.pipeline import fresh_topics
from tests.told_stories import expected, folded, put, told, until_told
from tests.unit.stories.test_table import CORRECTION, EVERYTHING, GONE, LATE, RECORDS, REVISED, record

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
ARTICLES, PIECE = 1_200, 100
HOUR = 1.0


async def test_corrected_by_whoever_is_alive(kafka: Settings, tmp_path: Path) -> None:
    """Late articles, a revision, a correction and a retraction, while the replica that tells is killed, then sleeps and wakes."""
    await fresh_topics(kafka)
    with replicas("stories", kafka, tmp_path) as group:
        group.start(1)
        await group.settled(lambda shares: any(shares.values()))
        group.start(2)
        await put(kafka, RECORDS)
        await until_told(kafka, expected(RECORDS))
        group.kill(1)
        await put(kafka, [REVISED, CORRECTION, LATE])
        await until_told(kafka, expected([*RECORDS, REVISED, CORRECTION, LATE]))
        group.signal(2, signal.SIGSTOP)
        group.start(3)
        await put(kafka, [GONE])
        wanted = expected(EVERYTHING)
        assert "quake-1" not in wanted
        await until_told(kafka, wanted)
        group.signal(2, signal.SIGCONT)
        await put(kafka, RECORDS)  # once more
        group.kill(3)
        await until_told(kafka, wanted)


def stream() -> list[Written]:
    """Articles of the labelled stream in the order of an hour's delay at random, as the tagger would send them."""
    with gzip.open(data_path("stories/stream.jsonl.gz"), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(ARTICLES), strict=False)]
    chance = random.Random(18)
    made = [record(row["id"], 0, row["title"] or "", row["body"], published_at=row["published_at"]) for row in rows]
    hours = [number / 30 + chance.random() * HOUR for number in range(len(made))]
    return [made[place] for place in sorted(range(len(made)), key=lambda place: hours[place])]


async def test_shuffled_by_an_hour_twice_fed_with_a_kill_in_each_piece(kafka: Settings, tmp_path: Path) -> None:
    articles, chance, number = stream(), random.Random(7), 2
    wanted = expected(articles)
    assert len({story for story, _, _ in wanted.values()}) < 0.8 * len(wanted)
    await fresh_topics(kafka)
    with replicas("stories", kafka, tmp_path) as group:
        group.start(1)
        group.start(2)
        await group.settled(lambda shares: any(shares.values()))
        for first in range(0, len(articles), PIECE):
            await put(kafka, articles[first : first + PIECE])
            await put(kafka, chance.sample(articles[: first + PIECE], 10))
            await asyncio.sleep(chance.random() * 4)  # so that it dies at any point of its work
            victim = chance.choice(sorted(group.running))
            group.kill(victim)
            number += 1
            group.start(number)
        await until_told(kafka, wanted)
    assert folded(await told(kafka)) == wanted
