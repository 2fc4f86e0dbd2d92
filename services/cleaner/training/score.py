"""The measure of the public article-extraction benchmark: shingles of four words, as multisets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

WORD = re.compile(r"\w+")
Shingles = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Means over pages; F1 is of these means. `halved` is the share of pages that lost more than half of their body."""

    precision: float
    recall: float
    halved: float
    pages: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"pages {self.pages}  F1 {self.f1:.4f}  precision {self.precision:.4f}  recall {self.recall:.4f}  halved {self.halved:.2%}"


def shingles(text: str, size: int = 4) -> Shingles:
    """Every run of `size` words with how often it stands there; a shorter text is one run."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))) if words else Counter()


def page_score(got: Shingles, gold: Shingles) -> tuple[float, float]:
    """Precision and recall of one page."""
    same = sum((got & gold).values())
    return (same / got.total() if got else 0.0, same / gold.total() if gold else 0.0)


def mean(scores: Iterable[tuple[float, float]]) -> Score:
    """The mean of precision and recall over pages, and the share of pages whose precision is below a half."""
    rows = list(scores)
    count = max(1, len(rows))
    return Score(sum(row[0] for row in rows) / count, sum(row[1] for row in rows) / count, sum(row[1] < 0.5 for row in rows) / count, len(rows))
