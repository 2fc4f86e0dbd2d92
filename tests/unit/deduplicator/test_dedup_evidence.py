"""Evidence: whoever sees a part of what two texts share never finds a match where the whole is none."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.deduplicator.arrays import Ints
from copydesk.services.deduplicator.evidence.judging import EvidenceRule, Pair, judge_pairs
from copydesk.services.deduplicator.index.nodes import Node
from copydesk.shared.records.duplicate import BACKGROUND

RULE = EvidenceRule()


def node(name: str, tokens: int, prose: int) -> Node:
    return Node(name, "r", 0, tokens, prose, tokens * 6, tokens // 6 + 1, 0, ord(name))


@st.composite
def shared(draw: st.DrawFn) -> tuple[Node, Node, Ints]:
    """Two texts and the places of their common shingles, on a few diagonals, those of the edges among them."""
    sizes = [draw(st.integers(30, 600)) for _ in "ab"]
    earlier, later = (node(name, size, draw(st.sampled_from((size, size * 9 // 10)))) for name, size in zip("ab", sizes, strict=True))
    diagonals = st.sampled_from((0, sizes[1] - sizes[0], *draw(st.lists(st.integers(-300, 300), max_size=2))))
    passages = draw(st.lists(st.tuples(st.integers(0, 550), st.integers(10, 150), diagonals, st.integers(-9, 9)), min_size=1, max_size=4))
    points = {(word, word - diagonal + drift) for first, length, diagonal, drift in passages for word in range(first, first + length, 5)}
    inside = sorted((word, other) for word, other in points if word < later.tokens and 0 <= other < earlier.tokens)
    rows = [(word, 6 * word, 6 * word + 36, other, 6 * other, 6 * other + 36) for word, other in inside]
    return earlier, later, np.array(rows, np.int64).reshape(-1, 6)


@settings(max_examples=150)
@given(shared(), st.randoms(use_true_random=False))
def test_a_part_of_what_is_shared_never_matches_where_the_whole_does_not(given_pair: tuple[Node, Node, Ints], chance: Random) -> None:
    earlier, later, points = given_pair
    rows = np.array([chance.random() < 0.6 for _ in points], np.bool_)
    part, whole = judge_pairs([Pair(earlier, later, points[rows]), Pair(earlier, later, points)], RULE)
    assert whole is not None or part is None
    assert part is None or whole is None or part.kind == BACKGROUND or whole.kind != BACKGROUND


def test_furniture_above_and_below_two_articles_is_background_however_much_it_is_together() -> None:
    earlier, later = node("a", 400, 400), node("b", 320, 320)
    above, below = range(0, 100, 6), range(230, 314, 6)
    points = np.array([*((word, 0, 0, word, 0, 0) for word in above), *((word, 0, 0, word + 80, 0, 0) for word in below)], np.int64)
    assert [match and match.kind for match in judge_pairs([Pair(earlier, later, points)], RULE)] == [BACKGROUND]


def test_a_box_below_both_texts_is_no_copy_but_the_same_words_above_are() -> None:
    earlier, later = node("a", 500, 500), node("b", 300, 300)
    words = range(200, 294, 6)
    at_the_end = np.array([(word, 0, 0, word + 200, 0, 0) for word in words], np.int64)
    inside = np.array([(word - 100, 0, 0, word + 50, 0, 0) for word in words], np.int64)
    assert judge_pairs([Pair(earlier, later, at_the_end)], RULE) == [None]
    assert judge_pairs([Pair(earlier, later, inside)], RULE)[0] is not None


def test_a_short_teaser_matches_by_its_sample_where_its_words_are_too_few() -> None:
    earlier, later = node("a", 500, 500), node("b", 58, 58)._replace(kept=7)
    points = np.array([(word, 0, 0, word, 0, 0) for word in (6, 9, 15, 20, 28, 35)], np.int64)
    assert judge_pairs([Pair(earlier, later, points)], RULE)[0] is not None
    assert judge_pairs([Pair(earlier, later._replace(kept=12), points)], RULE) == [None]
