"""What of an article decides which story it belongs to: its terms, weighed, by where they stand. A profile depends on title and body alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.terms import Word, identity, weight, words

READ = 3_000  # characters of the body that are read: what follows is background more often than news
HEAD = 600
LEDE = 400
TITLE_COUNTS = 2  # times that a word of the title counts beside those of the body
KEYS = 48  # heaviest terms, by which candidates are found

TermWeights = npt.NDArray[np.float32]
TermFlags = npt.NDArray[np.bool_]
TermHashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Profile:
    """The terms of an article, ascending by hash, and for each of them what is said here. Weights have a Euclidean length of 1, or 0 for no terms."""

    spelled: tuple[str, ...]  # as the article spells the term first
    hashes: TermHashes
    rarity: TermWeights  # `copydesk.services.stories.terms.weight`
    title: TermWeights  # weights in the title, in title and head, in title and what is read
    head: TermWeights
    text: TermWeights
    in_title: TermFlags
    in_lede: TermFlags  # or in the title
    name: TermFlags  # a part of a name: written with a capital within sentences
    length: int  # characters read

    @cached_property
    def keys(self) -> tuple[int, ...]:
        """Places of the heaviest terms."""
        heaviest = np.lexsort((self.hashes, -(self.head + self.text)))[:KEYS]
        return tuple(int(place) for place in heaviest if self.head[place] + self.text[place] > 0)

    @cached_property
    def title_rarity(self) -> float:
        return _sum(self.rarity[self.in_title])

    @cached_property
    def lede_rarity(self) -> float:
        return _sum(self.rarity[self.in_lede])

    @cached_property
    def text_rarity(self) -> float:
        return _sum(self.rarity)

    @cached_property
    def name_rarity(self) -> float:
        return _sum(self.rarity[self.name])


def _sum(weights: TermWeights) -> float:
    """Their sum, or 1 for none: it divides."""
    return float(weights.sum()) or 1.0


def profile_of(title: str | None, body: str) -> Profile:
    """The profile of an article. Any text has one, an empty one too."""
    heading = list(words(title or ""))
    read = body[:READ]
    found = list(words(read))
    twice = Counter({term: TITLE_COUNTS * count for term, count in Counter(word.term for word in heading).items()})
    in_text = twice + Counter(word.term for word in found)
    in_head = twice + Counter(word.term for word in found if word.start < HEAD)
    terms = sorted(in_text, key=identity)
    spelled = {word.term: word.spelled for word in reversed([*heading, *found])}
    rarity = np.array([weight(term) for term in terms], np.float32)
    titled, lede, names = set(twice), set(twice) | {word.term for word in found if word.start < LEDE}, _names(found)
    return Profile(
        spelled=tuple(spelled[term] for term in terms),
        hashes=np.array([identity(term) for term in terms], np.uint64),
        rarity=rarity,
        title=_weighed([twice[term] / TITLE_COUNTS for term in terms], rarity),
        head=_weighed([in_head[term] for term in terms], rarity),
        text=_weighed([in_text[term] for term in terms], rarity),
        in_title=np.array([term in titled for term in terms], np.bool_),
        in_lede=np.array([term in lede for term in terms], np.bool_),
        name=np.array([term in names for term in terms], np.bool_),
        length=len(read),
    )


def _names(found: list[Word]) -> set[str]:
    """Terms that have a capital in at least half of the places where that says something."""
    told = Counter(word.term for word in found if word.named is not None)
    capital = Counter(word.term for word in found if word.named)
    return {term for term, count in capital.items() if 2 * count >= told[term]}


def _weighed(counts: list[float], rarity: TermWeights) -> TermWeights:
    """Logarithmic term frequency times rarity, of length 1 (Salton and Buckley 1988)."""
    times = np.array(counts, np.float32)
    weights = np.where(times > 0, 1 + np.log(np.maximum(times, 1)), 0).astype(np.float32) * rarity
    length = float(np.linalg.norm(weights))
    return weights / np.float32(length) if length else weights
