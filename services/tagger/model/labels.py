"""The tag set: BIOES tags over the entity types that the project's own model knows, and which tag may follow which.

BIOES (Ratinov & Roth 2009): B-egin, I-nside, E-nd of a longer entity, S-ingle word entity, O-utside.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ENTITY_TYPES = ("PERSON", "ORG", "LOC", "NORP", "DATE", "EVENT", "MISC")
OUTSIDE = "O"
TAGS: tuple[str, ...] = (OUTSIDE, *(f"{prefix}-{label}" for label in ENTITY_TYPES for prefix in "BIES"))
TAG_IDS = {tag: number for number, tag in enumerate(TAGS)}

FORBIDDEN = np.float32(-1e4)


def _opens(tag: str) -> bool:
    """The tag may stand first, or after an entity has ended."""
    return tag == OUTSIDE or tag[0] in "BS"


def _closes(tag: str) -> bool:
    """No entity is open after the tag."""
    return tag == OUTSIDE or tag[0] in "ES"


def _follows(before: str, after: str) -> bool:
    if _closes(before):
        return _opens(after)
    return after[0] in "IE" and after[2:] == before[2:]


def _scores(allowed: list[bool]) -> NDArray[np.float32]:
    return np.where(allowed, np.float32(0), FORBIDDEN).astype(np.float32)


START = _scores([_opens(tag) for tag in TAGS])
END = _scores([_closes(tag) for tag in TAGS])
TRANSITIONS: NDArray[np.float32] = np.stack([_scores([_follows(before, after) for after in TAGS]) for before in TAGS])


def tags_of_spans(length: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """BIOES tags of `length` words with labelled word spans [start, end)."""
    tags = [OUTSIDE] * length
    for start, end, label in spans:
        if end - start == 1:
            tags[start] = f"S-{label}"
        else:
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 2), f"E-{label}"]
    return tags
