"""Cohesion: what a line shares with the sentences around which the page is built.

Teasers and comments read like the article's sentences; what gives them away is that they speak of something else.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from copydesk.services.cleaner.model.characters import Floats, Integers
from copydesk.services.cleaner.model.layout import Flags, gains
from copydesk.services.cleaner.span import best_span

LOSS = 12.0
LEDE = 3  # sentences
BITS = 25  # of a content word's hash, in words.py


def cohesion_features(line_of_word: Integers, content: Integers, width: Floats, sentence: Flags) -> Floats:
    """Shares of a line's content words that other sentences of the best stretch use (once; often), its lede, and the sentence above."""
    n = len(width)
    some = content > 0
    pairs = _unique(line_of_word[some] << BITS | content[some])
    lines, words = pairs >> BITS, pairs & ((1 << BITS) - 1)
    start, end = best_span(gains(width, sentence, LOSS))
    core_line = sentence & (np.arange(n) >= start) & (np.arange(n) < end)
    each = _unique(words)
    ids = np.searchsorted(each, words)
    times = np.bincount(ids[core_line[lines]], minlength=len(each))[ids] - core_line[lines]
    lede_line = core_line & (np.cumsum(core_line) <= LEDE)
    in_lede = np.where(lede_line[lines], 0.5, np.bincount(ids[lede_line[lines]], minlength=len(each))[ids] > 0)
    above = _above(sentence)[lines]
    in_above = _member(np.where(above >= 0, above << BITS | words, -1), pairs)
    count = np.maximum(np.bincount(lines, minlength=n), 1)

    def share(values: NDArray[Any]) -> Floats:
        return (np.bincount(lines, weights=values, minlength=n) / count).astype(np.float32)

    amount = np.log1p(np.bincount(lines, weights=np.maximum(times, 0), minlength=n)) / 4
    none = np.bincount(lines, minlength=n) == 0
    return np.stack([share(times > 0), share(times > 2), share(in_lede), share(in_above), amount, none], axis=1).astype(np.float32)


def _unique(values: Integers) -> Integers:
    """Sorted, each once. Several times faster here than numpy.unique, which builds a hash table."""
    ordered = np.sort(values)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _member(values: Integers, ordered: Integers) -> Flags:
    if not len(ordered):
        return np.zeros(len(values), bool)
    return np.equal(ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)], values)


def _above(sentence: Flags) -> Integers:
    """The line of the last sentence above each line; -1 for none."""
    at = np.where(sentence, np.arange(len(sentence)), -1)
    return np.concatenate([[-1], np.maximum.accumulate(at)[:-1]])
