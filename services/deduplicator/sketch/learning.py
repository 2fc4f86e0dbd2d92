"""Learning common text: shingles that many articles share which are not copies of each other.

A wire that fifty outlets print is shared by fifty articles too, but these share most of their text; the articles that share a legal
note, a sign-off or a site's furniture share little else. So it is not how many share a shingle that decides, but how
much else those articles share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from copydesk.services.deduplicator.arrays import Hashes, Ints
from copydesk.services.deduplicator.sketch.common_text import CommonText, common_text
from copydesk.services.deduplicator.sketch.sampling import Sketch, SketchRule, sketch_all
from copydesk.services.deduplicator.text.tokens import mix

BATCH = 256
EXAMPLES = 2_000  # articles of which passages are shown
NEAR = 40  # characters between two shingles that count as one passage


@dataclass(frozen=True, slots=True)
class LearningRule:
    """A shingle is common that `least` articles have, when of every two of them the median share in common is below `related`.

    `articles` bounds how many are looked at, `most` how many shingles are kept, those of most articles first.
    """

    least: int = 10
    related: float = 0.5
    pairs: int = 15
    articles: int = 200_000
    most: int = 50_000


class CommonTextLearner:
    """Takes article bodies one by one. The same bodies give the same set, in any order but for equal texts."""

    def __init__(self, sketching: SketchRule, rule: LearningRule | None = None) -> None:
        self.articles = 0
        self._sketching, self._rule = sketching, rule or LearningRule()
        self._sketches: list[Sketch] = []
        self._waiting: list[str] = []
        self._sample: list[str] = []

    def add(self, body: str) -> bool:
        """Whether it was taken: not when as many articles as the rule allows are known."""
        if self.articles >= self._rule.articles:
            return False
        self.articles += 1
        self._waiting.append(body)
        if len(self._sample) < EXAMPLES:
            self._sample.append(body)
        if len(self._waiting) == BATCH:
            self._sketch()
        return True

    def common(self, made_at: str = "") -> CommonText:
        """What was learned, under the time of now as `copydesk.shared.records.base.timestamp` writes it."""
        self._sketch()
        return common_text(_common(self._sketches, self._rule), self._sketching, made_at)

    def examples(self, common: CommonText) -> list[tuple[str, int]]:
        """Passages of such text in the first articles, most frequent first, and in how many of these articles each stands."""
        counts: Counter[str] = Counter()
        for body, sketch in zip(self._sample, self._sketches, strict=False):
            counts.update(set(_passages(body, sketch, common.hashes)))
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _sketch(self) -> None:
        self._sketches += sketch_all(self._waiting, self._sketching)
        self._waiting = []


def _passages(body: str, sketch: Sketch, common: Hashes) -> Iterator[str]:
    """The text of neighbouring common shingles, white space made one space."""
    rows = np.flatnonzero(np.isin(sketch.hashes, common))
    reached = first = -1
    for row in rows[np.argsort(sketch.starts[rows], kind="stable")].tolist():
        if sketch.hashes[row] == sketch.identity:
            continue
        start, end = int(sketch.starts[row]), int(sketch.ends[row])
        if first >= 0 and start > reached + NEAR:
            yield " ".join(body[first:reached].split())
            first = -1
        first, reached = start if first < 0 else first, max(reached, end)
    if first >= 0:
        yield " ".join(body[first:reached].split())


def _common(sketches: list[Sketch], rule: LearningRule) -> list[int]:
    hashes, articles, heads, counts = _inverted(sketches)
    frequent = np.flatnonzero(counts >= max(2, rule.least))
    frequent = frequent[np.argsort(-counts[frequent], kind="stable")]

    @lru_cache(maxsize=1 << 16)
    def share(one: int, other: int) -> float:
        ours, theirs = sketches[one].hashes, sketches[other].hashes
        return len(np.intersect1d(ours, theirs, assume_unique=True)) / min(len(ours), len(theirs))

    found: list[int] = []
    for row in frequent.tolist():
        sample = articles[heads[row] : heads[row] + counts[row]][: rule.pairs + 1].tolist()
        if float(np.median([share(one, other) for one, other in pairwise(sample)])) < rule.related:
            found.append(int(hashes[heads[row]]))
        if len(found) == rule.most:
            break
    return found


def _inverted(sketches: list[Sketch]) -> tuple[Hashes, Ints, Ints, Ints]:
    """All hashes, ascending, with the article of each; where each distinct hash starts and how often it comes.

    The articles of one hash stand in a random order that is the same for all hashes, so that their beginnings overlap.
    """
    hashes = np.concatenate([sketch.hashes for sketch in sketches] or [np.empty(0, np.uint64)])
    articles = np.repeat(np.arange(len(sketches)), [len(sketch.hashes) for sketch in sketches])
    identities = np.fromiter((sketch.identity for sketch in sketches), np.uint64, len(sketches))
    order = np.lexsort((mix(identities)[articles], hashes))
    hashes, articles = hashes[order], articles[order]
    heads = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)])
    return hashes, articles, heads, np.diff(np.append(heads, len(hashes)))
