"""What of an article decides which story it belongs to: its terms, weighed, by where they stand. A profile depends on title and body alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import numpy.typing as npt

from copydesk.services.stories.terms import identity, named_terms, weight, words

READ = 3_000  # characters of the body that are read: what follows is background more often than news
HEAD = 600
LEDE = 400
TITLE_COUNTS = 2  # times that a word of the title counts beside those of the body
KEYS = 48  # heaviest terms: the rare ones among them find candidates
COMMON = 4.0  # terms of less rarity find nobody: more than one text in 55 has them, which made most of the work and no better links
IN_TITLE, IN_HEAD, IN_TEXT = range(3)  # rows of `Profile.weights`
TITLED, LEDED, NAMED = (
    1,
    2,
    4,
)  # bits of `Profile.flags`: the term is in the title; in title or lede; a part of a name, with a capital within sentences

TermWeights = npt.NDArray[np.float32]
TermFlags = npt.NDArray[np.bool_]
TermHashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Profile:
    """The terms of an article, ascending by hash, and for each of them what is said here. Some 8 kB for 250 terms, most of what it takes to keep."""

    spelling: str  # as the article spells each term first, with a space between two
    hashes: TermHashes
    rarity: TermWeights  # `copydesk.services.stories.terms.weight`
    weights: TermWeights  # (3, terms): in the title, in title and head, in title and what is read. Of a Euclidean length of 1, or 0 for no terms
    flags: npt.NDArray[np.uint8]  # TITLED, LEDED, NAMED
    length: int  # characters read

    @property
    def spelled(self) -> Sequence[str]:
        return self.spelling.split(" ") if self.spelling else ()

    @property
    def head(self) -> TermWeights:
        found: TermWeights = self.weights[IN_HEAD]
        return found

    def has(self, flag: int) -> TermFlags:
        """Which terms are so: TITLED, LEDED, NAMED."""
        found: TermFlags = self.flags & flag != 0
        return found

    @property
    def keys(self) -> tuple[npt.NDArray[np.uint64], TermWeights]:
        """The heaviest terms that are rare, by their hashes, and their weights."""
        weights = (self.weights[IN_HEAD] + self.weights[IN_TEXT]) / 2
        heaviest = np.lexsort((self.hashes, -weights))[:KEYS]
        rare = heaviest[(weights[heaviest] > 0) & (self.rarity[heaviest] >= COMMON)]
        return self.hashes[rare], weights[rare]

    @cached_property
    def title_rarity(self) -> float:
        return _sum(self.rarity[self.has(TITLED)])

    @cached_property
    def lede_rarity(self) -> float:
        return _sum(self.rarity[self.has(LEDED)])

    @cached_property
    def text_rarity(self) -> float:
        return _sum(self.rarity)

    @cached_property
    def name_rarity(self) -> float:
        return _sum(self.rarity[self.has(NAMED)])

    @cached_property
    def is_titled(self) -> bool:
        return bool(self.has(TITLED).any())


def _sum(weights: TermWeights) -> float:
    """Their sum, or 1 for none: it divides."""
    return float(weights.sum()) or 1.0


def profile_of(title: str | None, body: str) -> Profile:
    """The profile of an article. Any text has one, an empty one too."""
    read = body[:READ]
    heading, found = words((title or "")[:READ]), words(read)
    in_title, in_body, in_head = Counter(heading.terms), Counter(found.terms), Counter(found.before(HEAD))
    spelled = dict(zip(reversed([*heading.terms, *found.terms]), reversed([*heading.spelled, *found.spelled]), strict=True))
    unordered = list(spelled)
    hashes = np.fromiter(map(identity, unordered), np.uint64, len(unordered))
    order = np.argsort(hashes)
    terms = [unordered[place] for place in order.tolist()]
    rarity = np.array(list(map(weight, terms)), np.float32)
    titled, head, whole = (np.array(list(map(part.get, terms, repeat(0))), np.float32) for part in (in_title, in_head, in_body))
    counts = np.array([titled, TITLE_COUNTS * titled + head, TITLE_COUNTS * titled + whole])
    return Profile(
        spelling=" ".join(map(spelled.__getitem__, terms)),
        hashes=hashes[order],
        rarity=rarity,
        weights=_weighed(counts, rarity),
        flags=_flags(terms, in_title, {*in_title, *found.before(LEDE)}, named_terms(found, read)),
        length=len(read),
    )


def _flags(terms: Sequence[str], titled: Collection[str], leded: Collection[str], named: Collection[str]) -> npt.NDArray[np.uint8]:
    made = ((TITLED, titled), (LEDED, leded), (NAMED, named))
    flags: npt.NDArray[np.uint8] = sum(
        (np.array(list(map(those.__contains__, terms)), np.uint8) * np.uint8(flag) for flag, those in made), np.zeros(len(terms), np.uint8)
    )
    return flags


def _weighed(counts: TermWeights, rarity: TermWeights) -> TermWeights:
    """Logarithmic term frequency times rarity, each row of length 1 (Salton and Buckley 1988)."""
    weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0).astype(np.float32) * rarity
    lengths = np.sqrt(np.sum(weights * weights, axis=1, dtype=np.float64, keepdims=True))
    found: TermWeights = (weights / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return found
