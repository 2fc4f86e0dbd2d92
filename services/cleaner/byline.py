"""Who wrote it, as the page says beside its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label

BELOW_TITLE = 12  # blocks under the headline in which a byline may stand
LEAD = re.compile(r"^\W*(?:(?:written|reported|posted|words|story)\s+)?(?:by|von|par|por)\b\s*:?\s*", re.I)
NAME = re.compile(r"^[A-ZÀ-Þ][\w.'’-]+(?:\s(?:[A-ZÀ-Þ][\w.'’-]*|de|van|von|der|la|al|bin|el)){1,3}$")


def find(blocks: Sequence[Block], labels: Sequence[Label]) -> str | None:
    """The byline under the headline, or else the first on the page; a name alone counts where "By" stands above it."""
    start = next((n for n, label in enumerate(labels) if label.kind == "title"), 0)
    for n in range(start, min(start + BELOW_TITLE, len(blocks))):
        text = blocks[n].text
        if labels[n].kind == "byline":
            return text
        if LEAD.fullmatch(text) and n + 1 < len(blocks) and NAME.match(blocks[n + 1].text):
            return f"{text.rstrip(': ')} {blocks[n + 1].text}"
    return next((block.text for block, label in zip(blocks, labels, strict=True) if label.kind == "byline"), None)


def author_of(byline: str) -> str | None:
    """The names in a byline."""
    names = re.split(r"\s*(?:[|•·]|,\s|\s[–—-]\s)", LEAD.sub("", byline), maxsplit=1)[0]
    return names.strip(" ,.") or None
