"""The promise of the index: the folded table of verdicts depends on the articles alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.services.deduplicator.evidence.candidates import Answer, SketchedBatch
from copydesk.services.deduplicator.index.shard import IndexRule
from copydesk.services.deduplicator.sketch.common_text import CommonText
from copydesk.services.deduplicator.stage import DeduplicatorReads, DeduplicatorStage
from copydesk.shared.fold import MOST_MATCHES
from tests.unit.deduplicator.network import Network, Trouble
from tests.unit.deduplicator.newsroom import Desk, article, same, sequential, stage_over

DAY_MS = 86_400_000
TIMES = (0, 1, DAY_MS, 30 * DAY_MS, 30 * DAY_MS + 1, 31 * DAY_MS)  # ties, and both edges of the window
ROUNDS = 100_000


class ReadThenWrite(DeduplicatorStage):
    """The wrong order, which the tests have to notice."""

    async def _ask(self, batches: Sequence[SketchedBatch], common: CommonText) -> list[Answer]:
        answers = [answer for batch in batches for answer in await self._index.query(batch, common.hashes)]
        for batch in batches:
            await self._index.insert(batch)
        return answers


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    async def here(function, *arguments):  # type: ignore[no-untyped-def]
        return function(*arguments)

    monkeypatch.setattr(asyncio, "to_thread", here)


async def chaotic(
    articles: Sequence[DeduplicatorReads], network: Network, kind: type[DeduplicatorStage] = DeduplicatorStage, most: int = ROUNDS
) -> Desk:
    """Batches of any size that run at the same time on a troubled network; some are given up half-way and run again.

    At most `most` articles are in flight: begun, and not ended. One that was given up stays so until it is run again.
    """
    chance, stage, desk = network.chance, stage_over(network, kind), Desk()
    waiting = list(articles)
    begun: set[str] = set()
    running: dict[asyncio.Task[None], list[DeduplicatorReads]] = {}

    async def run(batch: list[DeduplicatorReads]) -> None:
        desk.take(batch, await stage.process(batch))
        begun.difference_update(read.article_id for read in batch)

    for _ in range(ROUNDS):
        if not waiting and not running:
            return desk
        if waiting and chance.random() < 0.4:
            size = chance.randint(1, 4)
            names = {read.article_id for read in waiting[:size]}
            if len(begun | names) <= most:
                batch, waiting = waiting[:size], waiting[size:]
                begun |= names
                running[asyncio.ensure_future(run(batch))] = batch
        if running and chance.random() < 0.05:
            task = chance.choice(list(running))
            waiting = ([] if task.done() else running[task]) + waiting
            task.cancel()
        network.step()
        for _ in range(4):
            await asyncio.sleep(0)
        for task in [task for task in running if task.done()]:
            del running[task]
            if not task.cancelled():
                task.result()
    raise AssertionError("the run does not come to an end")


def newspapers(most: int) -> st.SearchStrategy[list[DeduplicatorReads]]:
    one = st.builds(
        article,
        name=st.sampled_from([f"a{number}" for number in range(most)]),
        passages=st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True),
        offset_ms=st.sampled_from(TIMES),
        revision=st.sampled_from(["r1", "r2"]),
    )
    return st.lists(one, min_size=2, max_size=most, unique_by=lambda read: (read.article_id, read.revision))


TROUBLES = (Trouble(), Trouble(twice=20), Trouble(crash_before_write=10, crash_after_write=10, twice=10))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=newspapers(10), seed=st.integers(0, 1 << 32), shards=st.integers(1, 5), trouble=st.sampled_from(TROUBLES))
def test_any_interleaving_folds_to_the_table_of_a_sequential_run(articles: list[DeduplicatorReads], seed: int, shards: int, trouble: Trouble) -> None:
    chance = random.Random(seed)
    shuffled = chance.sample(articles, len(articles))
    fed_again = shuffled + chance.sample(articles, len(articles) // 3)
    desk = asyncio.run(chaotic(fed_again, Network(shards, chance, trouble)))
    assert desk.table() == asyncio.run(sequential(articles))


def disagreements(kind: type[DeduplicatorStage]) -> int:
    """In how many of forty runs three copies and a stranger fold to another table than they should."""
    articles = [article("a", [1, 2], 0), article("b", [1, 2, 3], 5), article("c", [2, 1], 5), article("d", [4], 7)]
    wanted = asyncio.run(sequential(articles))
    assert [verdict["status"] for verdict in wanted.values()] == ["unique", "duplicate", "duplicate", "unique"]
    return sum(asyncio.run(chaotic(articles, Network(3, random.Random(seed)), kind)).table() != wanted for seed in range(40))


def test_the_test_notices_when_reading_comes_before_writing() -> None:
    assert disagreements(DeduplicatorStage) == 0
    assert disagreements(ReadThenWrite) > 0


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), count=st.integers(6, 14))
def test_of_a_full_posting_only_the_status_is_promised(seed: int, count: int) -> None:
    chance, rule = random.Random(seed), IndexRule(posting=4)
    articles = [article(f"a{number}", [1, 2, 10 + number], chance.choice((0, 1, 2, 3))) for number in range(count)]
    wanted = asyncio.run(sequential(articles, rule))
    assert sum(verdict["capped"] for verdict in wanted.values()) >= count - 5
    network = Network(3, chance, Trouble(crash_after_write=5, twice=5), rule)
    desk = asyncio.run(chaotic(chance.sample(articles, count), network, most=rule.posting - 1))
    assert same(desk.table(), wanted)
    assert sum(verdict["status"] == "duplicate" for verdict in desk.table().values()) == count - 1


def test_a_wire_with_more_copies_than_are_listed_is_not_lost() -> None:
    chance = random.Random(7)
    articles = [article(f"outlet-{number:03}", [1, 2, 1000 + number], chance.randrange(50)) for number in range(MOST_MATCHES + 20)]
    table = asyncio.run(chaotic(chance.sample(articles, len(articles)), Network(4, chance))).table()
    order = [read.article_id for read in sorted(articles, key=lambda read: (read.ingested_at, read.article_id))]
    for place, name in enumerate(order):
        verdict = table[name, "r"]
        assert verdict["status"] == ("duplicate" if place else "unique")
        assert verdict.get("duplicate_of") == (order[0] if place else None)
        assert [match["article_id"] for match in verdict["matches"]] == order[:place][:MOST_MATCHES]


def test_an_original_that_arrives_last_corrects_its_copies() -> None:
    async def run() -> Desk:
        network = Network(2, random.Random(1))
        stage, desk = stage_over(network), Desk()
        for one in (article("copy", [1, 2], 10), article("original", [1, 2], 0)):
            task = asyncio.ensure_future(stage.process([one]))
            while not task.done():
                network.step()
                await asyncio.sleep(0)
            desk.take([one], task.result())
        return desk

    desk = asyncio.run(run())
    assert desk.records["copy", "r"]["duplicate"]["status"] == "unique"
    assert desk.table()["copy", "r"]["duplicate_of"] == "original"
    assert desk.table()["original", "r"]["status"] == "unique"


def test_a_node_that_is_fed_again_keeps_its_smallest_time() -> None:
    articles = [article("a", [1, 2], 5), article("b", [1, 2], 3), article("a", [1, 2], 1)]
    smallest = [article("a", [1, 2], 1), article("b", [1, 2], 3)]
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2], [0, 2, 1]):
        desk = asyncio.run(chaotic([articles[number] for number in order], Network(2, random.Random(sum(order)))))
        assert desk.table() == asyncio.run(sequential(smallest))
