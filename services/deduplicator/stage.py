"""The deduplicator's stage: says of each cleaned article whether it is a copy of earlier ones, and of which passages.

    sketch the batch → insert it into the index → ask the index → evidence for each pair → a verdict, and corrections

Copies are labelled, never dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from copydesk.services.deduplicator.evidence.candidates import Answer, SketchedBatch
from copydesk.services.deduplicator.evidence.client import ShardedIndex
from copydesk.services.deduplicator.evidence.judging import EvidenceRule, evidence_rule
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.index.nodes import Node, node_of
from copydesk.services.deduplicator.index.responder import index_rule
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.common_text import KEY, CommonText, from_record, read_file, shipped_common_text, union
from copydesk.services.deduplicator.sketch.sampling import Sketch, SketchRule, sketch_all, sketch_rule
from copydesk.services.deduplicator.verdict import Maker, outcomes_of
from copydesk.shared.asking import Asker
from copydesk.shared.records.base import Envelope, content_hash
from copydesk.shared.records.cleaned import revision_of
from copydesk.shared.records.times import Moment
from copydesk.shared.stage import Outcome
from copydesk.shared.topics import CLEANED, COMMON, DEDUPLICATED, Topic

VERSION = "2"  # of the code; a hash of the settings that decide what a copy is is added


class DeduplicatorReads(Envelope):
    """What the deduplicator needs of a cleaned article."""

    article_id: str
    body: str
    ingested_at: Moment
    revision: str | None = None
    source: str | None = None


class DeduplicatorStage:
    """Implements `copydesk.shared.stage.Stage` and `copydesk.shared.stage.Following`."""

    name = "deduplicator"
    source: Topic = CLEANED
    target: Topic = DEDUPLICATED
    follows: Topic = COMMON
    reads = DeduplicatorReads

    def __init__(self, asker: Asker, sketching: SketchRule, judging: EvidenceRule) -> None:
        self._index = ShardedIndex(asker, judging, sketching.fingerprint)
        self._sketching = sketching
        self._judging = judging
        self._common = shipped_common_text(sketching)
        self.version = f"{VERSION}+{content_hash(sketching.fingerprint, repr(judging))[:8]}"

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over a version of the common text, beside the shipped one; None leaves that alone."""
        if key == KEY:
            own = shipped_common_text(self._sketching)
            self._common = own if value is None else union(from_record(value, self._sketching), own, self._sketching)

    @property
    def common_version(self) -> str | None:
        """The version of the common text that verdicts are made with now."""
        return self._common.version

    async def process(self, batch: Sequence[DeduplicatorReads]) -> Sequence[Outcome]:
        """One verdict for each article, in order, with the corrections that follow from it."""
        common = self._common
        nodes, batches = await self._batches(batch)
        answers = await self._ask(batches, common)
        outcomes = await asyncio.to_thread(outcomes_of, answers, self._judging, Maker(self.version, common.version))
        return [outcomes[node.article_id, node.revision] for node in nodes]

    async def insert(self, batch: Sequence[DeduplicatorReads]) -> None:
        """Put the articles into the index, and ask it nothing."""
        _, batches = await self._batches(batch)
        for each in batches:
            await self._index.insert(each)

    async def _ask(self, batches: Sequence[SketchedBatch], common: CommonText) -> list[Answer]:
        """Write, then read: whoever is complete last sees the others in full."""
        known = [await self._index.insert(batch) for batch in batches]
        return [answer for batch in known for answer in await self._index.query(batch, common.hashes)]

    async def _batches(self, batch: Sequence[DeduplicatorReads]) -> tuple[list[Node], list[SketchedBatch]]:
        """The node of each article, in order, and what goes to the index: each node once, at its smallest time."""
        nodes, sketches = await asyncio.to_thread(self._sketched, batch)
        distinct, rows = _distinct(nodes)
        return nodes, list(self._index.batches(distinct, [sketches[row] for row in rows]))

    def _sketched(self, batch: Sequence[DeduplicatorReads]) -> tuple[list[Node], list[Sketch]]:
        sketches = sketch_all([article.body for article in batch], self._sketching)
        nodes = [
            node_of(article.article_id, revision_of(article.revision, article.body), article.ingested_at, sketch)
            for article, sketch in zip(batch, sketches, strict=True)
        ]
        return nodes, sketches


def _distinct(nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
    """Each node of the batch once, at its smallest time, and a row of the batch where it stands."""
    first: dict[tuple[str, str], int] = {}
    for row, node in enumerate(nodes):
        key = (node.article_id, node.revision)
        if key not in first or node.ingested_ms < nodes[first[key]].ingested_ms:
            first[key] = row
    return [nodes[row] for row in first.values()], list(first.values())


def create(settings: DeduplicatorSettings | None = None, asker: Asker | None = None) -> DeduplicatorStage:
    """The stage as the settings ask for it; without an asker the index is in this process."""
    settings = settings or DeduplicatorSettings()
    stage = DeduplicatorStage(asker or InProcessAsker(1, index_rule(settings)), sketch_rule(settings), evidence_rule(settings))
    if settings.dedup_common:
        stage.learned(KEY, read_file(settings.dedup_common))
    return stage
