"""An index made of articles.cleaned gives the verdicts of the one that took the articles in, with any number of shards."""

from __future__ import annotations

import pytest

from copydesk.services.deduplicator.index.in_process import InProcessAsker, MemoryStore
from copydesk.services.deduplicator.index.responder import index_rule
from copydesk.services.deduplicator.rebuilding import IndexBuilder
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import DeduplicatorReads, create
from copydesk.shared.envelope import Payload
from tests.unit.deduplicator.newsroom import article

SETTINGS = DeduplicatorSettings()
RULE = index_rule(SETTINGS)
OLD = [article("first", [1, 2, 3, 4], 0), article("second", [5, 6, 7, 8], 1_000), article("third", [1, 2, 9, 10], 2_000)]
NEW = [article("copy of the first", [1, 2, 3, 4], 3_000), article("excerpt of the second", [6, 7], 4_000), article("other", [20, 21, 22], 5_000)]


@pytest.mark.parametrize("shards", [1, 3, 16])
async def test_verdicts_are_the_same_with_any_number_of_shards(shards: int) -> None:
    builder = IndexBuilder(SETTINGS, shards)
    stores = [MemoryStore() for _ in range(shards)]
    for batch in ([OLD[0], OLD[1]], [OLD[2]], [OLD[0]]):  # one of them again, as after a crash
        for segment in await builder.segments([Payload(b"not a record", 0), *map(payload, batch)]):
            stores[segment.shard].write({segment.key: segment.value})
    made, taken_in = InProcessAsker(shards, RULE), create(SETTINGS, InProcessAsker(1, RULE))
    for shard, store in enumerate(stores):
        made.responder.open(shard, store)
    await taken_in.process(OLD)
    assert await create(SETTINGS, made).process(NEW) == await taken_in.process(NEW)


async def test_the_same_articles_make_the_same_entries() -> None:
    first, second = [await IndexBuilder(SETTINGS, 4).segments([payload(one) for one in OLD]) for _ in range(2)]
    assert first == second != []


def payload(given: DeduplicatorReads) -> Payload:
    return Payload(given.model_dump_json().encode(), 0)
