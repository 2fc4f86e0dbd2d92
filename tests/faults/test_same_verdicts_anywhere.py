"""The folded table of verdicts depends on the articles alone: not on shards, replicas, order, kills or broker restarts."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from copydesk.shared.broker import LocalBroker
from copydesk.shared.fold import complete_verdict
from copydesk.shared.kafka import producer
from copydesk.shared.lag import lags
from copydesk.shared.records.base import content_hash
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED
from tests.articles import Article, wires
from tests.pipeline import Pipeline, enrich, fresh_topics, pipeline, write_lines

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
ARTICLES = 5_000
ONLY = {"cleaner": 0, "tagger": 0, "sink": 0}
Table = dict[str, object]


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return wires(ARTICLES)


@pytest.fixture(scope="module")
def expected(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Table:
    lines = enrich(write_lines(tmp_path_factory.mktemp("wires") / "wires.jsonl", articles), stages="dedup")
    table = {record["article_id"]: record["duplicate"] for record in map(orjson.loads, lines)}
    assert len(table) == ARTICLES
    assert sum(verdict["status"] == "duplicate" for verdict in table.values()) > 1_000
    return table


async def test_one_shard_and_one_replica(articles: list[Article], expected: Table, kafka: Settings, tmp_path: Path) -> None:
    settings = kafka.model_copy(update={"index_shards": 1})
    await fresh_topics(settings)
    async with pipeline(settings, tmp_path, ONLY, {"COPYDESK_INDEX_SHARDS": "1"}) as services:
        await _send(settings, articles)
        await _drained(services)
        _same(await _table(services), expected)


async def test_eight_shards_three_replicas_shuffled_with_kills_a_rebalance_and_a_broker_restart(
    articles: list[Article], expected: Table, kafka: Settings, local_broker: LocalBroker, tmp_path: Path
) -> None:
    settings = kafka.model_copy(update={"index_shards": 8})
    await fresh_topics(settings)
    chance = random.Random(11)
    shuffled = chance.sample(articles, len(articles))
    async with pipeline(settings, tmp_path, {**ONLY, "index": 3, "deduplicator": 3}, {"COPYDESK_INDEX_SHARDS": "8"}) as services:
        for part in range(5):
            await _send(settings, shuffled[part * 1000 : (part + 1) * 1000])
            if part == 2:
                local_broker.kill()
                await asyncio.sleep(1)
                await asyncio.to_thread(local_broker.start)
            else:
                await _kill_one(services, chance)
        await _drained(services)
        _same(await _table(services), expected)


async def _send(settings: Settings, articles: list[Article]) -> None:
    async with producer(settings) as sender:
        stored = [await sender.send(CLEANED, article["article_id"], orjson.dumps(article), {}) for article in articles]
        await asyncio.gather(*stored)


async def _kill_one(services: Pipeline, chance: random.Random) -> None:
    """kill -9 of a random replica while there is work; the others take over until it is back: a rebalance."""
    async with asyncio.timeout(120):
        while not (await lags(services.settings))["deduplicator"]:
            await asyncio.sleep(0.1)
    services.kill(chance.choice(["index", "deduplicator"]), chance.choice([1, 2, 3]))
    await asyncio.sleep(2)


async def _drained(services: Pipeline) -> None:
    async with asyncio.timeout(900):
        quiet = 0
        while quiet < 3:
            behind = await lags(services.settings)
            quiet = quiet + 1 if behind["deduplicator"] == behind["index"] == 0 else 0
            await asyncio.sleep(0.5)


async def _table(services: Pipeline) -> Table:
    facts: dict[tuple[str, str], list[PairFact]] = defaultdict(list)
    for message in await services.read(CORRECTIONS):
        fact = PairFact.model_validate_json(message.value or b"")
        facts[fact.later_article_id, fact.later_revision].append(fact)
    records = [_with_revision(orjson.loads(message.value or b"")) for message in await services.read(DEDUPLICATED)]
    return {record["article_id"]: complete_verdict(record, facts[record["article_id"], record["revision"]])["duplicate"] for record in records}


def _with_revision(record: Article) -> Article:
    """As the deduplicator takes it for a record that names none."""
    return {"revision": content_hash(record["body"]), **record}


def _same(found: Table, expected: Table) -> None:
    assert found.keys() == expected.keys()
    different = [article_id for article_id in found if found[article_id] != expected[article_id]]
    assert not different, f"{len(different)} verdicts differ, such as {different[0]}: {found[different[0]]} and {expected[different[0]]}"
