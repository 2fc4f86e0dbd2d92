"""Which line is the headline.

A title that is given is looked for. Without one, the lines above the first paragraph compete: the headline speaks of what
the article speaks of, stands near it, and is neither a sentence nor a menu.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from services.cleaner.lines import Block, Label

WORD = re.compile(r"\w+")
SHORTEST, LONGEST = 12, 220
ABOVE = 40  # blocks above the first paragraph that may be the headline
SUFFIX = re.compile(r"\s+[|–—·•-]\s+[^|–—·•]{2,40}$")


def fold(text: str) -> str:
    """A title as it is compared: NFKC, case and white space ignored."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def find(blocks: Sequence[Block], labels: Sequence[Label], given: str | None = None) -> int | None:
    """The index of the headline's block, or None."""
    first = next((n for n, label in enumerate(labels) if label.is_body), len(blocks))
    if given:
        wanted = {fold(given), fold(SUFFIX.sub("", given))}
        same = [n for n, block in enumerate(blocks) if fold(block.text) in wanted]
        if same:
            return max((n for n in same if n <= first), default=same[0])
    article = Counter(word for block, label in zip(blocks, labels, strict=True) if label.is_body for word in set(_content_words(block.text)))
    scored = [
        (_score(blocks[n].text, first - n, article), n)
        for n in range(max(0, first - ABOVE), min(first + 1, len(blocks)))
        if _may_be_title(blocks[n], labels[n])
    ]
    best = max(scored, default=(0.0, -1))
    return best[1] if best[0] > 0 else None


def _content_words(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if len(word) > 3]


def _may_be_title(block: Block, label: Label) -> bool:
    text = block.text
    return (
        SHORTEST <= len(text) <= LONGEST
        and label.kind in {"furniture", "body", "navigation", "related", "title"}
        and label.reason in {"model", "headline_after_end", "headline_under_heading"}
        and not text.endswith((".", ":", ",", ";"))
        and any(map(str.isalpha, text))
    )


def _score(text: str, distance: int, article: Counter[str]) -> float:
    """Shared content words, less the distance to the article."""
    words = set(_content_words(text))
    shared = sum(1 for word in words if article[word])
    if not words:
        return 0.5 - 0.05 * distance
    return shared / len(words) + 0.15 * min(shared, 6) + (0.2 if len(words) > 3 else 0.0) - 0.03 * distance
