"""Misspelt names: the edit distance (optimal string alignment) under which two spellings are taken for one name."""

from __future__ import annotations

from rapidfuzz.distance import OSA

LEAST_LENGTH = 5
MOST_EDITS = 2


def is_misspelling(word: str, known: str) -> bool:
    """Whether `word` is a likely misspelling of `known`: both folded, same first letter, one edit, or two in eight letters or more."""
    if word == known or word[:1] != known[:1] or min(len(word), len(known)) < LEAST_LENGTH:
        return False
    allowed = MOST_EDITS if min(len(word), len(known)) >= 8 else 1
    return OSA.distance(word, known, score_cutoff=allowed) <= allowed and not _inflected(word, known)


def _inflected(word: str, known: str) -> bool:
    """“Johnson” and “Johnsons”, “Marin” and “Marino” are different names more often than not when only the end differs."""
    shorter, longer = sorted((word, known), key=len)
    return longer.startswith(shorter) and len(longer) - len(shorter) <= 2 and not longer.endswith(shorter[-1])
