"""The deduplicator's stage: says of each cleaned article whether it is a copy of earlier ones, and of which passages.

    sketch the batch → insert it into the index → ask the index → evidence for each pair → a verdict, and corrections

Copies are labelled, never dropped. Where the other node of a pair is the later one, the pair is published as a correction:
that node's own view may have been partial.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from copydesk.services.deduplicator import evidence, sketch
from copydesk.services.deduplicator.candidates import Answer, Batch
from copydesk.services.deduplicator.client import ShardedIndex
from copydesk.services.deduplicator.common import KEY, CommonText, from_record, joined, read_file, shipped
from copydesk.services.deduplicator.index.responder import rule_of
from copydesk.services.deduplicator.local import LocalAsker
from copydesk.services.deduplicator.nodes import Node, node_of
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch import Sketch, SketchRule, sketch_all
from copydesk.shared.asking import Asker
from copydesk.shared.fold import MOST_BACKGROUND, MOST_MATCHES
from copydesk.shared.records.cleaned import revision_of
from copydesk.shared.records.common import Envelope, content_hash
from copydesk.shared.records.duplicate import BACKGROUND, Duplicate, DuplicatePart, Match, PairFact
from copydesk.shared.records.times import Moment
from copydesk.shared.stage import Enriched, Outcome, SideRecord
from copydesk.shared.topics import CLEANED, COMMON, CORRECTIONS, DEDUPLICATED, Topic

VERSION = "2"  # of the code; a hash of the settings that decide what a copy is is added


class Reads(Envelope):
    """What the deduplicator needs of a cleaned article."""

    article_id: str
    body: str
    ingested_at: Moment
    revision: str | None = None
    source: str | None = None


class Maker(NamedTuple):
    """Versions under which verdicts are made: of this stage, and of the common text that is left out."""

    stage: str
    common: str | None


class DeduplicatorStage:
    """Implements `copydesk.shared.stage.Stage` and `copydesk.shared.stage.Following`."""

    name = "deduplicator"
    source: Topic = CLEANED
    target: Topic = DEDUPLICATED
    follows: Topic = COMMON
    reads = Reads

    def __init__(self, asker: Asker, sketching: SketchRule, judging: evidence.EvidenceRule) -> None:
        self._index = ShardedIndex(asker, judging, sketching.fingerprint)
        self._sketching = sketching
        self._judging = judging
        self._common = shipped(sketching)
        self.version = f"{VERSION}+{content_hash(sketching.fingerprint, repr(judging))[:8]}"

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over a version of the common text, beside the shipped one; None leaves that alone."""
        if key == KEY:
            own = shipped(self._sketching)
            self._common = own if value is None else joined(from_record(value, self._sketching), own, self._sketching)

    @property
    def common_version(self) -> str | None:
        """The version of the common text that verdicts are made with now."""
        return self._common.version

    async def process(self, batch: Sequence[Reads]) -> Sequence[Outcome]:
        """One verdict for each article, in order, with the corrections that follow from it."""
        common = self._common
        nodes, sketches = await asyncio.to_thread(self._sketched, batch)
        distinct, rows = _distinct(nodes)
        answers = await self._ask(self._index.batches(distinct, [sketches[row] for row in rows]), common)
        outcomes = await asyncio.to_thread(self._judge_all, answers, Maker(self.version, common.version))
        return [outcomes[node.article_id, node.revision] for node in nodes]

    async def _ask(self, batches: Sequence[Batch], common: CommonText) -> list[Answer]:
        """Write, then read: whoever is complete last sees the others in full."""
        known = [await self._index.insert(batch) for batch in batches]
        return [answer for batch in known for answer in await self._index.query(batch, common.hashes)]

    def _sketched(self, batch: Sequence[Reads]) -> tuple[list[Node], list[Sketch]]:
        sketches = sketch_all([article.body for article in batch], self._sketching)
        nodes = [
            node_of(article.article_id, revision_of(article.revision, article.body), article.ingested_at, sketch)
            for article, sketch in zip(batch, sketches, strict=True)
        ]
        return nodes, sketches

    def _judge_all(self, answers: Sequence[Answer], maker: Maker) -> dict[tuple[str, str], Enriched]:
        """The outcome for each node. Two revisions of one article never match."""
        pairs = [
            (row, candidate.other, evidence.pair_of(answer.node, candidate.other, candidate.points))
            for row, answer in enumerate(answers)
            for candidate in answer.candidates
            if candidate.other.article_id != answer.node.article_id
        ]
        matches: list[list[Match]] = [[] for _ in answers]
        side: list[list[SideRecord]] = [[] for _ in answers]
        for (row, other, pair), match in zip(pairs, evidence.judge([pair for _, _, pair in pairs], self._judging), strict=True):
            if match and pair.earlier is other:
                matches[row].append(match)
            elif match:
                side[row].append(correction(other, match, maker))
        return {
            (answer.node.article_id, answer.node.revision): Enriched(
                DuplicatePart(duplicate=verdict(matches[row], answer.capped, maker.common)), tuple(sorted(side[row], key=_fact_order))
            )
            for row, answer in enumerate(answers)
        }


def _fact_order(record: SideRecord) -> tuple[str, str]:
    return record.key, record.part.model_dump_json()


def verdict(matches: Sequence[Match], capped: bool, version: str | None) -> Duplicate:
    """What direct matches with earlier nodes say of a node, before any correction. Shared background makes no copy."""
    ordered = sorted(matches, key=lambda match: (match.ingested_at, match.article_id, match.revision))
    found = [match for match in ordered if match.kind != BACKGROUND]
    return Duplicate(
        status="duplicate" if found else "unique",
        kind=found[0].kind if found else None,
        duplicate_of=found[0].article_id if found else None,
        matches=found[:MOST_MATCHES],
        background=[match for match in ordered if match.kind == BACKGROUND][:MOST_BACKGROUND],
        capped=capped or len(found) > MOST_MATCHES,
        common_version=version,
    )


def correction(later: Node, match: Match, maker: Maker) -> SideRecord:
    """The pair fact that `later` matches an earlier node."""
    content = (later.article_id, later.revision, later.ingested_at, maker.stage, maker.common or "", match.model_dump_json())
    fact = PairFact(
        fact_id=content_hash(*content),
        later_article_id=later.article_id,
        later_revision=later.revision,
        later_ingested_at=later.ingested_at,
        earlier_article_id=match.article_id,
        earlier_revision=match.revision,
        earlier_ingested_at=match.ingested_at,
        match=match,
        common_version=maker.common,
        version=maker.stage,
    )
    return SideRecord(CORRECTIONS, later.article_id, fact)


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
    stage = DeduplicatorStage(asker or LocalAsker(1, rule_of(settings)), sketch.rule_of(settings), evidence.rule_of(settings))
    if settings.dedup_common:
        stage.learned(KEY, read_file(settings.dedup_common))
    return stage
