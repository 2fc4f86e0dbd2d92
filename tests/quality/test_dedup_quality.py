"""Pinned scores of the deduplicator at its shipped setting, each query alone against the index. They may only rise."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.deduplicator.evidence import judging
from copydesk.services.deduplicator.evidence.client import ShardedIndex
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.index.nodes import node_of
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.common_text import shipped_common_text
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.duplicate import BACKGROUND
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched
from tests.data import data_path

Item = dict[str, Any]
EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
BATCH = 64


def read(name: str) -> list[Item]:
    with gzip.open(data_path(f"dedup/{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


async def answers(originals: Sequence[Item], queries: Sequence[Item]) -> list[set[int]]:
    """For each query the originals that it matches; queries are not put into the index."""
    rule, sketching = judging.evidence_rule(DeduplicatorSettings()), SketchRule()
    index, common, found = ShardedIndex(InProcessAsker(2), rule), shipped_common_text(SketchRule()), []
    for first in range(0, len(originals), BATCH):
        part = originals[first : first + BATCH]
        sketches = sketch_all([item["text"] for item in part], sketching)
        nodes = [node_of(str(item["id"]), "r", EARLIER, sketch) for item, sketch in zip(part, sketches, strict=True)]
        for batch in index.batches(nodes, sketches):
            await index.insert(batch)
    for first in range(0, len(queries), BATCH):
        sketches = sketch_all([item["text"] for item in queries[first : first + BATCH]], sketching)
        nodes = [node_of(f"q{first + row}", "r", LATER, sketch) for row, sketch in enumerate(sketches)]
        for batch in index.batches(nodes, sketches):
            for answer in await index.query(batch, common.hashes):
                pairs = [judging.pair_of(answer.node, candidate.other, candidate.points) for candidate in answer.candidates]
                found.append({int(match.article_id) for match in judging.judge_pairs(pairs, rule) if match and match.kind != BACKGROUND})
    return found


def scores(queries: Sequence[Item], found: Sequence[set[int]]) -> tuple[float, float, float, dict[str, float]]:
    """F1, precision, recall, and recall for each kind of edit."""
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    right = given = 0
    for query, got in zip(queries, found, strict=True):
        truth = set(query["truth"])
        kinds[query["type"]][0] += len(truth & got)
        kinds[query["type"]][1] += len(truth)
        right, given = right + len(truth & got), given + len(got)
    precision, recall = right / given, right / sum(count for _, count in kinds.values())
    f1 = 2 * precision * recall / (precision + recall)
    return f1, precision, recall, {kind: hit / count for kind, (hit, count) in kinds.items() if count}


def test_copies_are_found_in_pages_with_their_furniture() -> None:
    queries = read("queries")
    f1, precision, recall, kinds = scores(queries, asyncio.run(answers(read("index"), queries)))
    print(f"raw: F1 {f1:.4f} precision {precision:.4f} recall {recall:.4f} {kinds}")
    assert f1 >= 0.994
    assert precision >= 0.998
    assert min(kinds.values()) >= 0.95


def test_copies_are_found_behind_the_cleaner() -> None:
    queries, originals = read("queries")[::2], read("index")
    cleaner = CleanerStage(CleanerSettings())
    cleaned = [[item | {"text": body(cleaner, item["text"])} for item in items] for items in (originals, queries)]
    f1, precision, recall, kinds = scores(queries, asyncio.run(answers(*cleaned)))
    print(f"cleaned: F1 {f1:.4f} precision {precision:.4f} recall {recall:.4f} {kinds}")
    assert f1 >= 0.993
    assert precision >= 0.997
    assert min(kinds.values()) >= 0.95


def body(cleaner: CleanerStage, text: str) -> str:
    (outcome,) = cleaner.process([RawArticle(article_id="x", content=text, ingested_at=EARLIER)])
    return outcome.part.body if isinstance(outcome, Enriched) and isinstance(outcome.part, CleanedPart) else ""
