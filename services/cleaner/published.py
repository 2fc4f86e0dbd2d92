"""When an article was published, as its text says: in its dateline, else on a date line beside its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from services.cleaner.dates import first_date
from services.cleaner.lines import Block, Label
from shared.records.cleaned import Dateline

UPDATED = re.compile(r"\b(?:updated|modified|actualizado|mis à jour|aktualisiert)\b", re.I)
BELOW_TITLE = 12  # blocks under the headline in which the date may stand


@dataclass(frozen=True, slots=True)
class Published:
    at: str
    precision: Literal["day"]
    origin: str


def published(blocks: Sequence[Block], labels: Sequence[Label], dateline: Dateline | None) -> Published | None:
    """The dateline's day, else the first full date printed beside the headline. A date above the headline is the page's own clock."""
    if dateline and dateline.date:
        return Published(dateline.date, "day", "dateline")
    start = next((n for n, label in enumerate(labels) if label.kind == "title"), None)
    if start is None:
        return None
    lines = [
        block.text
        for block, label in zip(blocks[start + 1 : start + 1 + BELOW_TITLE], labels[start + 1 :], strict=False)
        if not label.is_body and len(block.text) <= 120
    ]
    for text in sorted(lines, key=lambda line: UPDATED.search(line) is not None):
        printed = first_date(text)
        if printed and (on := printed.on()):
            return Published(on.isoformat(), "day", "text")
    return None
