"""Made articles, and ways to run them through the deduplicator's stage in memory, for the tests of the protocol."""

from __future__ import annotations

import functools
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.index.shard import IndexRule
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from copydesk.services.deduplicator.stage import DeduplicatorReads, DeduplicatorStage
from copydesk.shared.asking import Asker
from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.stage import Enriched

START = datetime(2020, 1, 1, tzinfo=UTC)
DENSE = SketchRule(scale=2)
Table = dict[tuple[str, str], dict[str, Any]]


@functools.cache
def passage(number: int, words: int = 60) -> str:
    """A paragraph of sentences that shares no shingle with another number's."""
    chance = random.Random(number)
    sentence = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(words)]
    return " ".join(word.capitalize() if place % 12 == 0 else word + "." * (place % 12 == 11) for place, word in enumerate(sentence)) + "."


def article(name: str, passages: Iterable[int], offset_ms: int = 0, revision: str = "r") -> DeduplicatorReads:
    """An article of these passages, ingested so many milliseconds after START."""
    body = "\n\n".join(passage(number) for number in passages)
    return DeduplicatorReads(article_id=name, body=body, ingested_at=START + timedelta(milliseconds=offset_ms), revision=revision)


def stage_over(asker: Asker, kind: type[DeduplicatorStage] = DeduplicatorStage) -> DeduplicatorStage:
    return kind(asker, DENSE, EvidenceRule())


class Desk:
    """Gathers what a stage gives and folds it, as a sink does."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], dict[str, Any]] = {}
        self.facts: dict[tuple[str, str], list[PairFact]] = defaultdict(list)  # by their later node

    def take(self, batch: Sequence[DeduplicatorReads], outcomes: Sequence[Any]) -> None:
        for read, outcome in zip(batch, outcomes, strict=True):
            assert isinstance(outcome, Enriched)
            record = read.model_dump(mode="json") | outcome.part.model_dump(mode="json", exclude_none=True)
            before = self.records.get((read.article_id, str(read.revision)))
            if before and before["ingested_at"] < record["ingested_at"]:
                record["ingested_at"] = before["ingested_at"]
            self.records[read.article_id, str(read.revision)] = record
            for fact in (side.part for side in outcome.side if isinstance(side.part, PairFact)):
                self.facts[fact.later_article_id, fact.later_revision].append(fact)

    def table(self) -> Table:
        return {node: complete_verdict(record, self.facts[node])["duplicate"] for node, record in self.records.items()}


async def sequential(articles: Sequence[DeduplicatorReads], rule: IndexRule | None = None, shards: int = 1) -> Table:
    """The folded table of a run of one article at a time, in the order of the nodes."""
    stage, desk = stage_over(InProcessAsker(shards, rule)), Desk()
    for one in sorted(articles, key=lambda read: (read.ingested_at, read.article_id, str(read.revision))):
        desk.take([one], await stage.process([one]))
    return desk.table()


def same(one: Table, other: Table) -> bool:
    """Equal tables; of a verdict that touched a full posting in either only the status is promised."""
    if one.keys() != other.keys():
        return False
    for node, verdict in one.items():
        capped = verdict["capped"] or other[node]["capped"]
        if verdict["status"] != other[node]["status"] or (not capped and verdict != other[node]):
            return False
    return True
