"""Runs of common shingles: what is connected and what is not, whatever else is worked on in the same call."""

from __future__ import annotations

import numpy as np

from copydesk.services.deduplicator.arrays import Ints
from copydesk.services.deduplicator.evidence.runs import Runs
from copydesk.services.deduplicator.index.multimap import Multimap

GAP, DRIFT = 60, 8


def spans(*places: tuple[int, int], pair: list[int] | None = None) -> list[tuple[int, int]]:
    """Pair and words of each run, given the places of common shingles in two texts."""
    points = np.array([(word, 0, 0, other, 0, 0) for word, other in places], np.int64)
    runs = Runs.find(points, np.array(pair or [0] * len(places)), GAP, DRIFT)
    return list(zip(runs.pair.tolist(), runs.spans()[0].tolist(), strict=True))


def test_edits_within_a_passage_do_not_end_it() -> None:
    assert spans((0, 100), (20, 125), (70, 170)) == [(0, 70)]


def test_two_phrases_far_apart_are_no_run_also_where_nothing_else_is_near() -> None:
    assert spans((0, 0), (230, 230)) == []
    assert spans((0, 0), (230, 230), (0, 0), (10, 10), pair=[0, 0, 1, 1]) == [(1, 10)]


def test_a_passage_that_was_moved_is_a_run_of_its_own() -> None:
    assert spans((0, 300), (30, 330), (40, 0), (70, 30)) == [(0, 30), (0, 30)]


def random_keys(chance: np.random.Generator, count: int) -> Ints:
    return chance.integers(0, 1 << 62, count, dtype=np.uint64)


def test_the_multimap_finds_what_a_dictionary_finds() -> None:
    chance = np.random.default_rng(1)
    known = np.concatenate((random_keys(chance, 400), np.array([0, 0, (1 << 64) - 1], np.uint64)))
    for spread in (1, 1 << 40):  # keys all over, and keys that crowd in one corner
        runs = Multimap()
        wanted: dict[int, list[int]] = {}
        for batch in range(60):
            keys = chance.choice(known // np.uint64(spread), chance.integers(1, 50))
            runs.add(keys, np.full(len(keys), batch))
            for key in keys.tolist():
                wanted.setdefault(key, []).append(batch)
        asked = np.concatenate((known // np.uint64(spread), random_keys(chance, 200)))
        hits = runs.find(asked)
        half = hits.only(np.arange(0, len(hits.places), 2))
        assert half.column(0).tolist() == hits.column(0)[::2].tolist()
        for row, key in enumerate(asked.tolist()):
            assert sorted(hits.column(0)[hits.places == row].tolist()) == wanted.get(key, [])
