"""Which pairs are looked at: articles that share some of their heaviest terms, at most a window apart. A rule about two articles alone."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.services.stories.profile import Profile

LEAST = 0.03  # of the sum of products of weights over shared keys, in head and text
COMMON = 2.0  # terms of less rarity find nobody: one in seven texts has them

Order = tuple[float, str]
"""Where an article stands among all: seconds since 1970, then its id."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article in the window."""

    article_id: str
    time_s: float
    profile: Profile

    @property
    def order(self) -> Order:
        return self.time_s, self.article_id


class Window:
    """Articles by their keys. What is added is found by what comes after it, whichever of both is the earlier one."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._postings: dict[int, list[tuple[float, str, float]]] = defaultdict(list)  # ascending by time
        self._placed: dict[str, Placed] = {}

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._placed

    def __getitem__(self, article_id: str) -> Placed:
        return self._placed[article_id]

    def add(self, placed: Placed) -> None:
        self._placed[placed.article_id] = placed
        for key, worth in _keys(placed.profile):
            bisect.insort(self._postings[key], (placed.time_s, placed.article_id, worth))

    def near(self, placed: Placed) -> Iterator[Placed]:
        """What may tell of the same event, earlier or later."""
        found: dict[str, float] = defaultdict(float)
        for key, worth in _keys(placed.profile):
            postings = self._postings.get(key, [])
            first = bisect.bisect_left(postings, (placed.time_s - self._window_s,))
            last = bisect.bisect_right(postings, (placed.time_s + self._window_s, chr(0x10FFFF)))
            for _, article_id, other in postings[first:last]:
                found[article_id] += worth * other
        for article_id, worth in found.items():
            if worth >= LEAST and article_id != placed.article_id:
                yield self._placed[article_id]


def _keys(profile: Profile) -> Iterator[tuple[int, float]]:
    for place in profile.keys:
        if profile.rarity[place] >= COMMON:
            yield int(profile.hashes[place]), float(profile.head[place] + profile.text[place]) / 2
