"""Sentences against menu lines: which tokens of a text are running text.

Menus, share bars, lists of headlines and tables repeat on every page of a site and are no sign of a copy. A block of lines is prose
when it has some words, most of them in lower case where the script knows case, and ends a sentence or is long. Lines that a fixed
width has broken (the next one goes on in lower case) are one block. This looks at one text alone, so it is the same for
whoever sees that text later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.deduplicator import alphabet
from services.deduplicator.arrays import Bools, Flags, Ints
from services.deduplicator.tokens import Tokens


@dataclass(frozen=True, slots=True)
class ProseRule:
    """`least` words for a block that ends a sentence, `long` for one that does not, and the least share of lower-case words."""

    least: int = 6
    long: int = 25
    lower: float = 0.5


def prose_tokens(tokens: Tokens, rule: ProseRule) -> Bools:
    """For each token whether it stands in a block of prose."""
    if not len(tokens.starts):
        return np.zeros(0, np.bool_)
    newlines = np.flatnonzero(tokens.flags & alphabet.NEWLINE)
    block_of_line, ends_sentence = _blocks(tokens.flags, newlines, tokens.text_starts)
    block = block_of_line[np.searchsorted(newlines, tokens.starts)]
    count = int(block_of_line[-1]) + 1
    words = np.bincount(block, minlength=count)
    lower = np.bincount(block, _is_lower(tokens), count)
    closed = np.zeros(count, np.bool_)
    closed[block_of_line[ends_sentence]] = True
    good = (words >= rule.least) & (closed | (words >= rule.long)) & (lower >= rule.lower * words)
    result: Bools = good[block]
    return result


def _is_lower(tokens: Tokens) -> Bools:
    """Words that start in lower case, or in a script that has no case."""
    return (tokens.flags[tokens.starts] & (alphabet.LOWER | alphabet.CASELESS)) != 0


def _blocks(flags: Flags, newlines: Ints, text_starts: Ints) -> tuple[Ints, Bools]:
    """For each line its block, and whether it ends a sentence. A block goes on where the next line starts in lower case."""
    shown = np.flatnonzero((flags & (alphabet.NEWLINE | alphabet.SPACE | alphabet.CLOSER)) == 0)
    if not len(shown):
        return np.arange(len(newlines)), np.zeros(len(newlines), np.bool_)
    last = np.searchsorted(shown, newlines) - 1
    ends = (last >= 0) & ((flags[shown[np.maximum(last, 0)]] & alphabet.ENDER) != 0)
    following = shown[np.minimum(last + 1, len(shown) - 1)]
    goes_on = (flags[following] & alphabet.LOWER) != 0
    goes_on &= ~np.isin(newlines + 1, text_starts) & ~ends & (np.diff(newlines, append=-1) != 1)
    block = np.zeros(len(newlines), np.int64)
    block[1:] = np.cumsum(~goes_on[:-1])
    return block, ends
