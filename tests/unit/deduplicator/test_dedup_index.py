"""The shards: recovery from segments, replays, expiry that frees memory and disk, answers that stay small."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.index.shard import IndexRule
from copydesk.services.deduplicator.local import LocalAsker, MemoryStore
from copydesk.services.deduplicator.stage import Reads
from tests.unit.deduplicator.newsroom import article, stage_over

DAY_MS = 86_400_000


def asker_with_stores(shards: int, rule: IndexRule | None = None) -> LocalAsker:
    asker = LocalAsker(shards, rule)
    asker.stores = [MemoryStore() for _ in range(shards)]
    for shard, store in enumerate(asker.stores):
        asker.responder.open(shard, store)
    return asker


def status(asker: LocalAsker, *articles: Reads) -> list[str]:
    outcomes: Any = asyncio.run(stage_over(asker).process(articles))
    return [outcome.part.duplicate.status for outcome in outcomes]


def test_a_shard_recovers_from_its_segments() -> None:
    asker = asker_with_stores(3)
    assert status(asker, article("a", [1, 2]), article("b", [3, 4])) == ["unique", "unique"]
    asker.responder = IndexResponder()
    for shard, store in enumerate(asker.stores):
        asker.responder.open(shard, store)
    assert status(asker, article("c", [1, 2], 5), article("d", [4, 3], 6)) == ["duplicate", "duplicate"]


def test_a_shard_recovers_what_came_in_one_by_one_and_again_at_an_earlier_time() -> None:
    asker = asker_with_stores(2)
    for one in (
        *(article(f"a{number}", [number, 40 + number], 100 + number) for number in range(20)),
        article("a3", [3, 43], 5),
        article("b", [7], 50),
    ):
        status(asker, one)
    before = [shard_contents(asker, number) for number in range(2)]
    asker.responder = IndexResponder()
    for shard, store in enumerate(asker.stores):
        asker.responder.open(shard, store)
    assert [shard_contents(asker, number) for number in range(2)] == before
    assert len(asker.responder.shard(0)) == 21


def shard_contents(asker: LocalAsker, number: int) -> list[tuple[str, int]]:
    """The nodes and their times."""
    registry = asker.responder.shard(number).nodes()
    return sorted((registry.node(row).article_id, registry.node(row).ingested_ms) for row in range(len(registry)))


def test_a_replay_writes_nothing_and_finds_no_copy() -> None:
    asker = asker_with_stores(2)
    batch = [article("a", [1, 2]), article("b", [3, 4])]
    first = status(asker, *batch), [dict(store.values) for store in asker.stores]
    assert (status(asker, *batch), [store.values for store in asker.stores]) == first


class LosesTheFirstWrite(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.lost: dict[str, bytes | None] = {}

    def write(self, changes: Mapping[str, bytes | None]) -> None:
        if self.lost or not changes:
            return super().write(changes)
        self.lost = dict(changes)
        return None


def test_a_write_that_was_lost_is_made_again() -> None:
    asker, store = LocalAsker(1), LosesTheFirstWrite()
    asker.stores = [store]
    asker.responder.open(0, store)
    status(asker, article("a", [1, 2]))
    assert store.lost
    assert store.values == store.lost


def test_expiry_frees_memory_and_disk_behind_the_shards_own_watermark() -> None:
    asker = asker_with_stores(1)
    status(asker, *(article(f"old{number}", [number]) for number in range(20)))
    before = len(asker.stores[0].values)
    assert status(asker, article("new", [50], 40 * DAY_MS), article("copy", [3], 40 * DAY_MS)) == ["unique", "unique"]
    assert before == 1 and len(asker.stores[0].values) == 1
    assert len(asker.responder.shard(0)) == 2


def test_an_answer_that_would_be_too_large_comes_in_parts() -> None:
    articles = [article(f"a{number}", [1, 2, 10 + number], number) for number in range(12)]
    whole, parts = asker_with_stores(2), asker_with_stores(2, IndexRule(answer=40))
    assert asyncio.run(_outcomes(whole, articles)) == asyncio.run(_outcomes(parts, articles))


async def _outcomes(asker: LocalAsker, articles: list[Reads]) -> list[Any]:
    return [outcome.part.model_dump() for outcome in await stage_over(asker).process(articles)]  # type: ignore[union-attr]
