"""What two texts share, from the places of their common shingles; and whether that makes one a copy of the other.

Common shingles that keep their distance, near one diagonal, form a run: a passage that was copied, edits included. Scattered
phrases form none. A run that stands exactly as far from the top, or from the end, in both texts is framed: that is
how the furniture of one site stands on two of its pages, so it takes more of it to make a match.

Every number here grows, or stays, when more shingles are shared: whoever sees a part of what two texts share never
finds a match where the whole is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from services.deduplicator.arrays import Ints
from services.deduplicator.nodes import Node
from services.deduplicator.settings import DeduplicatorSettings
from shared.records.duplicate import Kind, Match, Passage

MOST_PASSAGES = 50
SHORT_TOKENS = 60
SHORT_SHARE = 0.8  # of a short text's words, where `share` is enough for longer ones
FRAME_TOLERANCE = 8
WHOLE = 0.5  # share of a text that counts as its most part, for the kind of a match


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """Lengths in words. Docs and defaults: `DeduplicatorSettings`."""

    shingle: int = 6
    gap: int = 40  # farthest that neighbours in a run may be apart
    drift: int = 8  # most by which their distances in the two texts may differ
    run: int = 20
    passage: int = 50
    framed: int = 200
    share: float = 0.5
    least: int = 25


def rule_of(settings: DeduplicatorSettings) -> EvidenceRule:
    return EvidenceRule(
        shingle=settings.dedup_words,
        run=settings.dedup_run,
        passage=settings.dedup_passage,
        framed=settings.dedup_framed,
        share=settings.dedup_share,
        least=settings.dedup_least,
    )


@dataclass(frozen=True, slots=True)
class Points:
    """The common shingles of two texts: six columns (word, first character, end of its last, in this text and in the other)."""

    table: Ints  # shape (n, 6)

    def __len__(self) -> int:
        return len(self.table)

    def turned(self) -> Points:
        """The same as the other text sees it."""
        return Points(self.table[:, [3, 4, 5, 0, 1, 2]])


Point = tuple[int, int, int, int, int, int]
Run = list[Point]


def match(earlier: Node, later: Node, points: Points, rule: EvidenceRule) -> Match | None:
    """The evidence that `later` copies `earlier`, or None. The points' columns are those of the later text, then of the earlier."""
    if earlier.identity == later.identity:
        return _exact(earlier, later)
    table: list[Point] = [tuple(row) for row in points.table[np.lexsort((points.table[:, 3], points.table[:, 0]))].tolist()]
    runs = [run for run in _runs(table, rule) if len(run) > 1 and _length(run) + rule.shingle >= rule.run]
    if not _enough(runs, earlier, later, rule):
        return None
    here, there = _covered(runs, 0, rule) / later.tokens, _covered(runs, 3, rule) / earlier.tokens
    shared = sum(map(len, runs))
    return Match(
        article_id=earlier.article_id,
        revision=earlier.revision,
        ingested_at=earlier.ingested_at,
        kind=_kind(here, there),
        resemblance=round(shared / (later.kept + earlier.kept - shared), 4),
        containment=round(min(here, 1.0), 4),
        containment_of_other=round(min(there, 1.0), 4),
        shared=len(points),
        passages=_passages(runs),
    )


def _exact(earlier: Node, later: Node) -> Match:
    whole = Passage(start=0, end=later.characters, other_start=0, other_end=earlier.characters)
    return Match(
        article_id=earlier.article_id,
        revision=earlier.revision,
        ingested_at=earlier.ingested_at,
        kind="exact",
        resemblance=1.0,
        containment=1.0,
        containment_of_other=1.0,
        shared=later.kept,
        passages=[whole],
    )


def _enough(runs: Sequence[Run], earlier: Node, later: Node, rule: EvidenceRule) -> bool:
    everything = _shared(runs, rule)
    if everything < rule.least:
        return False
    shorter = min(earlier.tokens, later.tokens)
    prose = max(1, min(earlier.prose, later.prose))
    if everything >= (SHORT_SHARE * shorter if shorter < SHORT_TOKENS else rule.share * prose):
        return True
    if shorter < SHORT_TOKENS:
        return False
    free = [run for run in runs if not all(_framed(point, earlier, later) for point in run)]
    return everything >= rule.framed or _shared(free, rule) >= rule.passage


def _framed(point: Point, earlier: Node, later: Node) -> bool:
    from_top = abs(point[0] - point[3])
    from_end = abs((later.tokens - point[0]) - (earlier.tokens - point[3]))
    return min(from_top, from_end) <= FRAME_TOLERANCE


def _runs(points: Sequence[Point], rule: EvidenceRule) -> list[Run]:
    """Connected points, where two are connected that lie near each other and near one diagonal. Points come by their word in this text."""
    parent = list(range(len(points)))
    for number, point in enumerate(points):
        for other in range(number + 1, len(points)):
            step, other_step = points[other][0] - point[0], points[other][3] - point[3]
            if step > rule.gap:
                break
            if 0 < other_step <= rule.gap and abs(step - other_step) <= rule.drift:
                parent[_root(parent, other)] = _root(parent, number)
    runs: dict[int, Run] = {}
    for number, point in enumerate(points):
        runs.setdefault(_root(parent, number), []).append(point)
    return list(runs.values())


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _length(run: Run) -> int:
    """Words from its first shingle to its last, in the text where they are fewer."""
    others = [point[3] for point in run]
    return min(run[-1][0] - run[0][0], max(others) - min(others))


def _shared(runs: Sequence[Run], rule: EvidenceRule) -> int:
    return min(_covered(runs, 0, rule), _covered(runs, 3, rule))


def _covered(runs: Iterable[Run], column: int, rule: EvidenceRule) -> int:
    """Words that lie in any of the runs, in the text of that column."""
    spans = sorted((min(p[column] for p in run), max(p[column] for p in run) + rule.shingle) for run in runs)
    ends = [0]
    for _, end in spans:
        ends.append(max(ends[-1], end))
    return sum(max(0, end - max(start, before)) for (start, end), before in zip(spans, ends, strict=False))


def _kind(here: float, there: float) -> Kind:
    if min(here, there) >= WHOLE:
        return "near"
    return "excerpt" if here >= there else "expansion"


def _passages(runs: Sequence[Run]) -> list[Passage]:
    longest = sorted(runs, key=lambda run: (-_length(run), run[0]))[:MOST_PASSAGES]
    return [
        Passage(
            start=min(p[1] for p in run),
            end=max(p[2] for p in run),
            other_start=min(p[4] for p in run),
            other_end=max(p[5] for p in run),
        )
        for run in sorted(longest)
    ]
