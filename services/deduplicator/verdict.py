"""From evidence to verdicts: what the pairs of a batch say of its articles, and the facts that correct others.

Where the other node of a pair is the later one, the pair is published as a correction: that node's own view may have been partial.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from copydesk.services.deduplicator.evidence.candidates import Answer
from copydesk.services.deduplicator.evidence.judging import EvidenceRule, judge_pairs, pair_of
from copydesk.services.deduplicator.index.nodes import Node
from copydesk.shared.fold import MOST_BACKGROUND, MOST_MATCHES
from copydesk.shared.records.base import content_hash
from copydesk.shared.records.duplicate import BACKGROUND, Duplicate, DuplicatePart, Match, PairFact
from copydesk.shared.stage import Enriched, SideRecord
from copydesk.shared.topics import CORRECTIONS


class Maker(NamedTuple):
    """Versions under which verdicts are made: of this stage, and of the common text that is left out."""

    stage: str
    common: str | None


def outcomes_of(answers: Sequence[Answer], rule: EvidenceRule, maker: Maker) -> dict[tuple[str, str], Enriched]:
    """The outcome for each node that was asked about. Two revisions of one article never match."""
    pairs = [
        (row, candidate.other, pair_of(answer.node, candidate.other, candidate.points))
        for row, answer in enumerate(answers)
        for candidate in answer.candidates
        if candidate.other.article_id != answer.node.article_id
    ]
    matches: list[list[Match]] = [[] for _ in answers]
    side: list[list[SideRecord]] = [[] for _ in answers]
    for (row, other, pair), match in zip(pairs, judge_pairs([pair for _, _, pair in pairs], rule), strict=True):
        if match and pair.earlier is other:
            matches[row].append(match)
        elif match:
            side[row].append(correction_record(other, match, maker))
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


def correction_record(later: Node, match: Match, maker: Maker) -> SideRecord:
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
