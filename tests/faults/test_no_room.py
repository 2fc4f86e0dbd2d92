"""A disk that is full for every file of a service, not for one: nothing is answered or committed meanwhile, and on it goes when there is room."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from copydesk.services.sink.settings import SinkSettings
from copydesk.shared.fold import complete_verdict
from copydesk.shared.kafka import consume, producer
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED, ENRICHED, Topic
from tests.articles import wires
from tests.disks import fill, inside, needs_a_disk, with_disk
from tests.faults.test_same_verdicts_anywhere import _same, _with_revision
from tests.groups import Replicas, drained_of, replicas
from tests.pipeline import enrich, fresh_topics, write_lines
from tests.samples import enriched

FULL_S = 5.0
RECORDS = 400
QUICK = {"COPYDESK_SESSION_TIMEOUT_S": "6", "COPYDESK_STALL_TIMEOUT_S": "600"}


pytestmark = [pytest.mark.faults, pytest.mark.timeout(900), needs_a_disk]


async def full_for_a_while(service: Replicas, topic: Topic, values: list[bytes]) -> None:
    """Half of the records while there is room, half while there is none."""
    half = len(values) // 2
    await put(service.settings, topic, values[:half])
    await drained_of(service.settings, service.service)
    filler = fill(inside(service, service.home))
    await put(service.settings, topic, values[half:])
    async with asyncio.timeout(200):
        while "cannot be written" not in log(service):
            assert service.is_alive(1), log(service)[-2_000:]
            await asyncio.sleep(0.2)
    await asyncio.sleep(FULL_S)
    assert service.is_alive(1)
    filler.unlink()
    await drained_of(service.settings, service.service)
    assert service.is_alive(1)


def log(service: Replicas) -> str:
    return (service.home / f"{service.service}-1.log").read_text()


async def put(settings: Settings, topic: Topic, values: list[bytes]) -> None:
    async with producer(settings) as sender:
        await asyncio.gather(*[await sender.send(topic, str(number), value) for number, value in enumerate(values)])


async def test_no_room_under_the_sink(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    values = [orjson.dumps(enriched(f"a{number}", own="x" * 20_000)) for number in range(RECORDS)]
    with replicas("sink", kafka, tmp_path, QUICK, with_disk(tmp_path)) as sink:
        sink.start(1)
        await full_for_a_while(sink, ENRICHED, values)
        found = SinkSettings(home=tmp_path).database
        for path in inside(sink, found.parent).glob(f"{found.name}*"):
            shutil.copy(path, tmp_path / f"copy{path.name.removeprefix(found.name)}")
    with sqlite3.connect(tmp_path / "copy") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (RECORDS,)


async def test_no_room_under_the_index(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    articles = wires(RECORDS)
    expected = {
        record["article_id"]: record["duplicate"] for record in map(orjson.loads, enrich(write_lines(tmp_path / "in", articles), stages="dedup"))
    }
    home = tmp_path / "index"
    home.mkdir()
    with (
        replicas("index", kafka, home, QUICK, with_disk(home)) as index,
        replicas("deduplicator", kafka, tmp_path, QUICK) as deduplicator,
    ):
        index.start(1)
        deduplicator.start(1)
        await full_for_a_while(index, CLEANED, [orjson.dumps(article) for article in articles])
        await drained_of(kafka, "deduplicator")
    facts = defaultdict(list)
    async for message in consume(kafka, [CORRECTIONS], since="beginning", follow=False):
        fact = PairFact.model_validate_json(message.value or b"")
        facts[fact.later_article_id, fact.later_revision].append(fact)
    records = [_with_revision(orjson.loads(m.value or b"")) async for m in consume(kafka, [DEDUPLICATED], since="beginning", follow=False)]
    _same({r["article_id"]: complete_verdict(r, facts[r["article_id"], r["revision"]])["duplicate"] for r in records}, expected)
