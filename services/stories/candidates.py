"""Which pairs are looked at: articles that share some of their heaviest rare terms, at most a window apart. A rule about two articles alone."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.profile import Profile

LEAST = 0.05  # of the sum of products of weights over shared keys, in head and text
UNIT = 65_535  # weights of keys are whole numbers of it: so the sum of a pair is exact, whichever of the two came first

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
        self._postings: dict[int, array[int]] = {}  # by key: slot, weight, slot, weight, …
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._keyed: tuple[Placed | None, list[tuple[int, int]]] = None, []
        self._placed: list[Placed | None] = []  # by slot
        self._times: npt.NDArray[np.float64] = np.zeros(1_024)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._slots

    def __getitem__(self, article_id: str) -> Placed:
        found = self._placed[self._slots[article_id]]
        assert found is not None
        return found

    def __len__(self) -> int:
        return len(self._slots)

    def add(self, placed: Placed) -> None:
        slot = self._slots[placed.article_id] = self._slot()
        self._placed[slot], self._times[slot] = placed, placed.time_s
        self._keyed = placed, list(_keys(placed.profile))
        for key, weight in self._keyed[1]:
            self._postings.setdefault(key, array("I")).extend((slot, weight))

    def discard(self, article_id: str) -> None:
        """Take it out again."""
        placed, slot = self[article_id], self._slots.pop(article_id)
        self._placed[slot] = None
        self._free.append(slot)
        for key, _ in _keys(placed.profile):
            postings = self._postings[key]
            if len(postings) == 2:
                del self._postings[key]
            else:
                pairs = np.array(postings, np.uint32).reshape(-1, 2)
                self._postings[key] = array("I", pairs[pairs[:, 0] != slot].tobytes())

    def near(self, placed: Placed) -> list[Placed]:
        """What may tell of the same event, earlier or later."""
        keys = self._keyed[1] if self._keyed[0] is placed else _keys(placed.profile)  # what was added last is looked for next
        found = [(self._postings[key], weight) for key, weight in keys if key in self._postings]
        if not found:
            return []
        pairs = np.concatenate([np.frombuffer(postings, np.uint32) for postings, _ in found])
        weights = np.repeat([float(weight) for _, weight in found], [len(postings) // 2 for postings, _ in found])
        shared = np.bincount(pairs[::2], pairs[1::2] * weights)
        close = np.abs(self._times[: len(shared)] - placed.time_s) <= self._window_s
        others = [self._placed[slot] for slot in np.flatnonzero((shared >= LEAST * UNIT**2) & close)]
        return [other for other in others if other is not None and other.article_id != placed.article_id]

    def _slot(self) -> int:
        if self._free:
            return self._free.pop()
        self._placed.append(None)
        if len(self._placed) > len(self._times):
            self._times = np.concatenate([self._times, np.zeros(len(self._times))])
        return len(self._placed) - 1


def _keys(profile: Profile) -> Iterable[tuple[int, int]]:
    hashes, weights = profile.keys
    return zip(hashes.tolist(), np.rint(weights.astype(np.float64) * UNIT).astype(np.int64).tolist(), strict=True)
