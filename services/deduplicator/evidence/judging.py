"""What two texts share, from the places of their common shingles; and whether that makes one a copy of the other.

Two stories may share a paragraph of background, a quotation or a box about a company and be different news. News stands at the head
of a story: so it is a copy when much of the shorter text is shared, or when the head of one text stands inside the other. What
is shared otherwise is told as shared background.

Common shingles that keep their distance form runs: passages that were copied, edits included. Scattered phrases form none.
A run that stands exactly as far from the top, or from the end, in both texts is framed: that is how the furniture of
one site stands on two of its pages, so it takes more of it to make a match.

Every number that decides grows, or stays, when more shingles are shared: whoever sees a part of what two texts share
never finds a match where the whole is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.services.deduplicator.arrays import Ints
from copydesk.services.deduplicator.evidence.runs import OTHER_WORD, WORD, Run, Runs
from copydesk.services.deduplicator.index.nodes import Node
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.shared.records.duplicate import BACKGROUND, Match, MatchKind, Passage

MOST_PASSAGES = 50
SHORT_TOKENS = 60
SHORT_SHARE = 0.8  # of a short text's words, where `share` is enough for longer ones
FRAME_TOLERANCE = 8
PAGE_PROSE = 0.98  # share of prose below which a text may be a page with its furniture
FRAMED_FLOOR = 0.25  # share of the shorter text that is no furniture, where one of the two is no page
TAIL_SHARE = 0.4  # where less is shared, a passage that ends both texts is what a cleaner has left: a box about the author, a legal note
SURE_POINTS = 4  # common shingles from which on their share of the sample says something
COPIED_SHARE = 0.37  # share of the shorter text from which on it is a copy wherever the passages stand
HEAD_WORDS = 30  # a passage that begins so near a text's first shingle holds its head
INSIDE_WORDS = 60  # and one that begins so far from it stands inside
WHOLE = 0.5  # share of a text that counts as its most part, for the kind of a match


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """Lengths in words. What each does and the defaults: `DeduplicatorSettings`."""

    shingle: int = 6
    gap: int = 60
    drift: int = 8
    run: int = 20
    passage: int = 40
    framed: int = 200
    share: float = 0.65
    least: int = 25
    floor: float = 0.2


def evidence_rule(settings: DeduplicatorSettings) -> EvidenceRule:
    """What counts as evidence of a copy, as the settings have it."""
    return EvidenceRule(
        shingle=settings.dedup_words,
        run=settings.dedup_run,
        passage=settings.dedup_passage,
        framed=settings.dedup_framed,
        share=settings.dedup_share,
        least=settings.dedup_least,
        floor=settings.dedup_floor,
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes and the places of their common shingles: rows of (word, start, end) in the later text, then in the earlier."""

    earlier: Node
    later: Node
    points: Ints  # shape (n, 6)


def pair_of(one: Node, other: Node, points: Ints) -> Pair:
    """The pair in its order, from points whose first three columns are about `one`."""
    return Pair(other, one, points) if other.order < one.order else Pair(one, other, points[:, [3, 4, 5, 0, 1, 2]])


def judge_pairs(pairs: Sequence[Pair], rule: EvidenceRule) -> list[Match | None]:
    """For each pair the evidence that the later copies the earlier, or of shared background, or None. It does not matter who found the pair."""
    if not pairs:
        return []
    number = np.repeat(np.arange(len(pairs)), [len(pair.points) for pair in pairs])
    runs = Runs.find(_with_heads(np.concatenate([pair.points for pair in pairs]), number, pairs), number, rule.gap, rule.drift)
    lengths = np.array([(pair.later.tokens, pair.earlier.tokens) for pair in pairs], np.int64)
    solid = np.flatnonzero(runs.lengths() + rule.shingle >= rule.run)
    found: list[list[Run]] = [[] for _ in pairs]
    for row, run in zip(solid.tolist(), runs.rows(solid, lengths, FRAME_TOLERANCE), strict=True):
        found[int(runs.pair[row])].append(run)
    return [_match(pair, own, rule) for pair, own in zip(pairs, found, strict=True)]


def _with_heads(points: Ints, number: Ints, pairs: Sequence[Pair]) -> Ints:
    """The points with a seventh column: whether one stands at the head of one text and inside the other.

    Heads that stand in the same place do not count: teasers above two articles of one site do, and opening formulas.
    """
    ledes = np.array([(pair.later.lede, pair.earlier.lede) for pair in pairs], np.int64)[number]
    place, other_place = points[:, WORD] - ledes[:, 0], points[:, OTHER_WORD] - ledes[:, 1]
    head = (np.minimum(place, other_place) <= HEAD_WORDS) & (np.maximum(place, other_place) >= INSIDE_WORDS)
    return np.column_stack((points, head))


def _match(pair: Pair, runs: Sequence[Run], rule: EvidenceRule) -> Match | None:
    earlier, later = pair.earlier, pair.later
    if earlier.identity == later.identity:
        return _exact(earlier, later)
    here = _covered(((run.first, run.last) for run in runs), rule)
    there = _covered(((run.other_first, run.other_last) for run in runs), rule)
    if not _enough(runs, min(here, there), pair, rule):
        return None
    shared = sum(run.points for run in runs)
    return _describe(
        earlier,
        kind=_kind(here / later.tokens, there / earlier.tokens) if _is_copy(runs, min(here, there), pair, rule) else BACKGROUND,
        resemblance=shared / (later.kept + earlier.kept - shared),
        containment=here / later.tokens,
        containment_of_other=there / earlier.tokens,
        shared=len(pair.points),
        passages=_passages(runs),
    )


def _exact(earlier: Node, later: Node) -> Match:
    whole = Passage(start=0, end=later.characters, other_start=0, other_end=earlier.characters)
    return _describe(earlier, kind="exact", resemblance=1, containment=1, containment_of_other=1, shared=later.kept, passages=[whole])


def _describe(
    earlier: Node, *, kind: MatchKind, resemblance: float, containment: float, containment_of_other: float, shared: int, passages: list[Passage]
) -> Match:
    return Match(
        article_id=earlier.article_id,
        revision=earlier.revision,
        ingested_at=earlier.ingested_at,
        kind=kind,
        resemblance=round(resemblance, 4),
        containment=round(min(containment, 1.0), 4),
        containment_of_other=round(min(containment_of_other, 1.0), 4),
        shared=shared,
        passages=passages,
    )


def _enough(runs: Sequence[Run], shared: int, pair: Pair, rule: EvidenceRule) -> bool:
    """Whether the runs, `shared` words in all, make a match."""
    shorter = min(pair.earlier, pair.later, key=lambda node: node.tokens)
    if shared < max(rule.least, rule.floor * shorter.tokens):
        return False
    if shorter.tokens < SHORT_TOKENS:
        return max(shared / shorter.tokens, _sampled_share(runs, shorter)) >= SHORT_SHARE
    if _share(runs, shared, pair) >= rule.share or shared >= rule.framed:
        return True
    if not all(map(_is_page, (pair.earlier, pair.later))):
        inside = runs if shared >= TAIL_SHARE * shorter.tokens else [run for run in runs if not run.tail]
        if _shared(inside, rule) >= max(rule.passage, FRAMED_FLOOR * shorter.tokens):
            return True
    return _shared([run for run in runs if run.free], rule) >= max(rule.passage, rule.floor * shorter.tokens)


def _is_copy(runs: Sequence[Run], shared: int, pair: Pair, rule: EvidenceRule) -> bool:
    """Whether what is shared is more than background: see the top of this file. It can only become true when more is shared.

    Of what frames both texts at the same distance, above and below, the larger part counts alone: 100 words of teasers above and 70 of a
    membership pitch below are the furniture of a site, and more than a third of two short reports.
    """
    if any(run.head for run in runs) or _share(runs, shared, pair) >= rule.share:
        return True
    sides = ([run for run in runs if not run.tail], [run for run in runs if run.free or run.tail])
    return any(_share(side, _shared(side, rule), pair) >= COPIED_SHARE for side in sides)


def _share(runs: Sequence[Run], shared: int, pair: Pair) -> float:
    """Share of the shorter text that lies in the runs, `shared` words in all: of its prose, or of its sample where that is more."""
    prose = max(1, min(pair.earlier.prose, pair.later.prose))
    return max(shared / prose, _sampled_share(runs, min(pair.earlier, pair.later, key=lambda node: node.tokens)))


def _sampled_share(runs: Sequence[Run], node: Node) -> float:
    """Share of a text's sample that lies in the runs: between first and last sampled shingle a run is some words too short."""
    points = sum(run.points for run in runs)
    return points / (node.kept - 1) if points >= SURE_POINTS else 0.0  # the sample holds the hash of the whole text as well


def _is_page(node: Node) -> bool:
    """Whether enough of a text is no prose to make it a page, with menus, rather than an article: only a page has a frame."""
    return node.prose < PAGE_PROSE * node.tokens


def _shared(runs: Sequence[Run], rule: EvidenceRule) -> int:
    """Words in any of the runs, in the text where they are fewer."""
    here = _covered(((run.first, run.last) for run in runs), rule)
    return min(here, _covered(((run.other_first, run.other_last) for run in runs), rule))


def _covered(spans: Iterable[tuple[int, int]], rule: EvidenceRule) -> int:
    """Words that lie in any of the runs, given their first and last shingle."""
    total = reached = 0
    for first, last in sorted(spans):
        end = last + rule.shingle
        total += max(0, end - max(first, reached))
        reached = max(reached, end)
    return total


def _kind(here: float, there: float) -> MatchKind:
    if min(here, there) >= WHOLE:
        return "near"
    return "excerpt" if here >= there else "expansion"


def _passages(runs: Sequence[Run]) -> list[Passage]:
    longest = sorted(runs, key=lambda run: (-run.length, run.first))[:MOST_PASSAGES]
    return [
        Passage(start=run.start, end=run.end, other_start=run.other_start, other_end=run.other_end)
        for run in sorted(longest, key=lambda run: (run.first, run.other_first))
    ]
