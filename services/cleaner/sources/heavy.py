"""The frequent lines of one source in bounded memory.

Space-Saving (Metwally, Agrawal and El Abbadi, "Efficient computation of frequent and top-k elements in data streams", ICDT 2005): at most
`capacity` counters; a new line takes over the smallest one and inherits its count as possible error. A line on more than
lines / capacity articles is never missed, and `documents` (count less error) is never too high.

Each line also keeps its most usual neighbours, by majority vote (Boyer and Moore, 1981): furniture stands in the same company on every
page, a word that the article's own text happens to repeat does not. `run_on` counts the articles in which the line's sentence goes on in
the next line: scrapers break lines at links, and a name that every first sentence links is no furniture.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sighting:
    """A line in an article, the keys of the lines before and after it, and whether its sentence goes on in the next."""

    key: str
    text: str
    before: str
    after: str
    runs_on: bool


@dataclass(slots=True)
class Vote:
    """Majority candidate and its lead over all others."""

    value: str = ""
    lead: int = 0

    def cast(self, value: str) -> None:
        if self.value == value:
            self.lead += 1
        elif self.lead == 0:
            self.value, self.lead = value, 1
        else:
            self.lead -= 1


@dataclass(slots=True)
class Counter:
    text: str
    count: int
    error: int = 0
    before: Vote = field(default_factory=Vote)
    after: Vote = field(default_factory=Vote)
    run_on: int = 0

    @property
    def documents(self) -> int:
        """Articles that surely had the line."""
        return self.count - self.error

    @property
    def company(self) -> float:
        """How constant its better neighbour is: 1 always the same, 0 no majority."""
        return max(self.before.lead, self.after.lead) / max(1, self.documents)


class HeavyLines:
    """Counts each line once an article."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._counters: dict[str, Counter] = {}
        self._smallest: list[tuple[int, str]] = []  # a heap of counts as they were; put right when looked at

    def add(self, lines: Iterable[Sighting]) -> None:
        """One article's distinct lines."""
        for line in lines:
            counter = self._counters.get(line.key) or self._new(line.key, line.text)
            counter.count += 1
            counter.before.cast(line.before)
            counter.after.cast(line.after)
            counter.run_on += line.runs_on

    def _new(self, key: str, text: str) -> Counter:
        error = self._evict() if len(self._counters) >= self.capacity else 0
        counter = self._counters[key] = Counter(text, error, error)
        heapq.heappush(self._smallest, (error, key))
        return counter

    def _evict(self) -> int:
        """Remove the line with the smallest count, and return that count."""
        while True:
            count, key = heapq.heappop(self._smallest)
            counter = self._counters[key]
            if counter.count == count or not self._smallest:
                del self._counters[key]
                return counter.count
            heapq.heappush(self._smallest, (counter.count, key))

    def items(self) -> Iterator[tuple[str, Counter]]:
        return iter(self._counters.items())

    def __len__(self) -> int:
        return len(self._counters)
