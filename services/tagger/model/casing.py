"""How a word is written. The encoder reads lower case only; this is what it is told of the rest."""

from __future__ import annotations

from functools import lru_cache

EDGE = 0
DIGITS, WITH_DIGIT, NO_LETTER, LOWER, ONE_CAPITAL, DOTTED_CAPITALS, UPPER, TITLE, MIXED = range(1, 10)
CASES = 10


@lru_cache(16_384)
def case_of(word: str) -> int:
    """The casing class of a word; EDGE (0) stands for the outside of the text."""
    if word.isdigit():
        return DIGITS
    if any(c.isdigit() for c in word):
        return WITH_DIGIT
    if not any(c.isalpha() for c in word):
        return NO_LETTER
    if word.islower():
        return LOWER
    if word.isupper():
        return ONE_CAPITAL if len(word) == 1 else DOTTED_CAPITALS if "." in word else UPPER
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED
