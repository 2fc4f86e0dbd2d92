"""The shards: recovery from segments, replays, expiry that frees memory and disk, answers that stay small."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from copydesk.services.deduplicator.evidence.client import ShardedIndex
from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.index.in_process import InProcessAsker, MemoryStore
from copydesk.services.deduplicator.index.messages import InsertReply, Refused, decode_message, encode_message
from copydesk.services.deduplicator.index.nodes import node_of
from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.index.shard import IndexRule
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.services.deduplicator.stage import DeduplicatorReads, DeduplicatorStage
from copydesk.shared.errors import UnavailableError
from tests.unit.deduplicator.newsroom import DENSE, START, article, passage, stage_over

DAY_MS = 86_400_000
START_MS = round(START.timestamp() * 1000)


def asker_with_stores(shards: int, rule: IndexRule | None = None) -> InProcessAsker:
    asker = InProcessAsker(shards, rule)
    asker.stores = [MemoryStore() for _ in range(shards)]
    for shard, store in enumerate(asker.stores):
        asker.responder.open(shard, store)
    return asker


def reopen(asker: InProcessAsker, rule: IndexRule | None = None) -> None:
    """The shards go to another process, which has only their stores."""
    asker.responder = IndexResponder(rule)
    for shard, store in enumerate(asker.stores):
        asker.responder.open(shard, store)


def status(asker: InProcessAsker, *articles: DeduplicatorReads) -> list[str]:
    outcomes: Any = asyncio.run(stage_over(asker).process(articles))
    return [outcome.part.duplicate.status for outcome in outcomes]


def test_a_shard_recovers_from_its_segments() -> None:
    asker = asker_with_stores(3)
    assert status(asker, article("a", [1, 2]), article("b", [3, 4])) == ["unique", "unique"]
    reopen(asker)
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
    reopen(asker)
    assert [shard_contents(asker, number) for number in range(2)] == before
    assert len(asker.responder.shard(0)) == 21


def shard_contents(asker: InProcessAsker, number: int) -> list[tuple[str, int]]:
    """The nodes and their times."""
    registry = asker.responder.shard(number).nodes()
    return sorted((registry.node(row).article_id, registry.node(row).ingested_ms) for row in range(len(registry)))


def test_what_is_taken_back_leaves_memory_and_segments_and_does_not_come_in_again() -> None:
    asker = asker_with_stores(2)
    status(asker, article("a", [1, 2]), article("b", [3, 4], 1))
    status(asker, article("a", [1, 2, 9], 2, revision="s"))
    forget(asker, "a", "unknown")
    assert [shard_contents(asker, number) for number in range(2)] == [[("b", START_MS + 1)]] * 2
    assert status(asker, article("a", [1, 2]), article("c", [1, 2], 5), article("d", [3, 4], 6)) == ["unique", "unique", "duplicate"]
    reopen(asker)
    assert [[name for name, _ in shard_contents(asker, number)] for number in range(2)] == [["b", "c", "d"]] * 2
    forget(asker)
    status(asker, article("a", [1, 2]))
    assert [[name for name, _ in shard_contents(asker, number)] for number in range(2)] == [["a", "b", "c", "d"]] * 2


def forget(asker: InProcessAsker, *article_ids: str) -> None:
    for shard, store in enumerate(asker.stores):
        store.write(asker.responder.forget(shard, frozenset(article_ids)))


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
    asker, store = InProcessAsker(1), LosesTheFirstWrite()
    asker.stores = [store]
    asker.responder.open(0, store)
    status(asker, article("a", [1, 2]))
    assert store.lost
    assert store.values == store.lost


def test_expiry_frees_memory_and_disk_behind_the_shards_own_watermark() -> None:
    asker = asker_with_stores(1)
    status(asker, *(article(f"old{number}", [number]) for number in range(20)))
    before = len(asker.stores[0].values)
    later = [article(f"new{number}", [50 + number], 40 * DAY_MS) for number in range(IndexRule().witnesses)]
    assert set(status(asker, *later, article("copy", [3], 40 * DAY_MS))) == {"unique"}
    assert before == 1 and len(asker.stores[0].values) == 1
    assert len(asker.responder.shard(0)) == len(later) + 1


@pytest.mark.parametrize("day", [-400, 40, 2_000_000])
def test_one_record_with_a_wrong_clock_expires_nothing_and_stops_nothing(day: int) -> None:
    asker = asker_with_stores(1)
    sketch = sketch_all([passage(1)], DENSE)[0]
    wrong = node_of("wrong", "r", START, sketch).at(day * DAY_MS + int(START.timestamp() * 1000) * (day > 0))
    index = ShardedIndex(asker, EvidenceRule(), DENSE.fingerprint)
    assert status(asker, article("a", [1, 2])) == ["unique"]
    asyncio.run(index.insert(index.batches([wrong], [sketch])[0]))
    assert status(asker, article("b", [2, 1], 5)) == ["duplicate"]
    reopen(asker)
    assert status(asker, article("c", [2, 1], 6)) == ["duplicate"]


def test_a_shard_that_holds_a_segment_from_before_1970_goes_on_without_it() -> None:
    asker = asker_with_stores(1)
    status(asker, article("a", [1, 2]))
    store = asker.stores[0]
    (good,) = store.values
    store.values["-00000000086400-0123456789abcdef0123456789abcdef"] = store.values[good]
    store.values["000000000000000-0123456789abcdef0123456789abcdef"] = b"nonsense"
    reopen(asker)
    assert status(asker, article("b", [2, 1], 5)) == ["duplicate"]


def test_replicas_with_other_shingles_are_refused_by_name_and_their_segments_are_left_out() -> None:
    ours, theirs = DENSE, SketchRule(words=5, scale=2)
    asker = asker_with_stores(1, IndexRule(shingles=ours.fingerprint))
    assert status(asker, article("a", [1, 2])) == ["unique"]
    stranger = DeduplicatorStage(asker, theirs, EvidenceRule())
    with pytest.raises(UnavailableError, match=r"shard 0 .*words=5, here they are words=6: run every replica"):
        asyncio.run(stranger.process([article("b", [2, 1], 5)]))
    reopen(asker, IndexRule(shingles=theirs.fingerprint))
    assert len(asker.responder.shard(0)) == 0 and len(asker.stores[0].values) == 1
    reopen(asker, IndexRule(shingles=ours.fingerprint))
    assert status(asker, article("b", [2, 1], 5)) == ["duplicate"]


@pytest.mark.parametrize("request_", [b"", b"CDX1", b"CDX2\x02\x00\x00\x00[]", encode_message(InsertReply(np.zeros(1, np.int64)))])
def test_a_request_that_is_none_is_answered_with_what_is_wrong(request_: bytes) -> None:
    (reply,) = asker_with_stores(1).responder.answer(0, [request_]).replies
    refused = decode_message(reply)
    assert isinstance(refused, Refused)
    assert "of the index" in refused.reason


def test_an_answer_that_would_be_too_large_comes_in_parts() -> None:
    articles = [article(f"a{number}", [1, 2, 10 + number], number) for number in range(12)]
    whole, parts = asker_with_stores(2), asker_with_stores(2, IndexRule(answer=40))
    assert asyncio.run(_outcomes(whole, articles)) == asyncio.run(_outcomes(parts, articles))


async def _outcomes(asker: InProcessAsker, articles: list[DeduplicatorReads]) -> list[Any]:
    return [outcome.part.model_dump() for outcome in await stage_over(asker).process(articles)]  # type: ignore[union-attr]


def test_a_check_answers_what_is_known_to_be_good_and_leaves_nothing() -> None:
    asker = asker_with_stores(2)
    for shard in range(2):
        asker.responder.check(shard)
        assert len(asker.responder.shard(shard)) == 0
