"""What an article ends with though it is short: a last quotation, a correction."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label

CORRECTION = re.compile(
    r"(?:correction|clarification|editor['’]s\snote|korrektur|richtigstellung|berichtigung|corrección|fe\sde\serratas|rectificatif|correctif|correzione|errata"
    r"|correção|correctie|rectificatie|rättelse|sprostowanie|исправление|уточнение|виправлення|更正|訂正|تصحيح)\s?(?:[:：(—–-]|$)"
    r"|an\searlier\sversion\sof\sthis\s(?:article|story|report|post)\b|this\s(?:article|story)\s(?:was|has\sbeen)\s(?:corrected|amended|updated)\b",
    re.I,
)
QUOTATION = re.compile(r"[“\"„«「][^”\"“»」]{8,}[,.!?]?[”\"“»」].*[.!?”\"»。]$")
LAST = 4  # lines below the article that may still be of it


def with_last_words(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """The labels, with corrections and quotations directly below the article's last line as its own, unless a certain rule knows them."""
    last = max((n for n, label in enumerate(labels) if label.is_body), default=len(labels))
    labels = list(labels)
    for n in range(last + 1, min(last + 1 + LAST, len(labels))):
        text, told = blocks[n].text, labels[n].reason in ("model", "headline_after_end") and labels[n].confidence < 1.0
        if not told or not (CORRECTION.match(text) or QUOTATION.match(text) or CORRECTION.match(blocks[n - 1].text)):
            break
        labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels
