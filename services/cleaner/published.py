"""When an article was published, as its text says: in its dateline, else on a date line beside its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from copydesk.services.cleaner.dates import first_date
from copydesk.services.cleaner.lines import Block, Label
from copydesk.shared.records.cleaned import Dateline

UPDATED = re.compile(r"\b(?:updated|modified|actualizado|mis à jour|aktualisiert)\b", re.I)
BELOW_TITLE, ABOVE_TITLE = 12, 4  # blocks around the headline in which the date may stand


LONGEST = 120  # characters of a line that may hold the date


@dataclass(frozen=True, slots=True)
class Published:
    at: str
    precision: Literal["day"]
    origin: str


def published(blocks: Sequence[Block], labels: Sequence[Label], dateline: Dateline | None) -> Published | None:
    """The dateline's day, else the first full date printed under the headline, else just above it.

    A date beside the weather is the page's own clock.
    """
    if dateline and dateline.date:
        return Published(dateline.date, "day", "dateline")
    start = next((n for n, label in enumerate(labels) if label.kind == "title"), None)
    if start is None:
        return None
    below = range(start + 1, min(start + 1 + BELOW_TITLE, len(blocks)))
    above = [] if any(label.kind == "weather" for label in labels) else range(start - 1, max(-1, start - 1 - ABOVE_TITLE), -1)
    lines = [blocks[n].text for n in (*below, *above) if not labels[n].is_body and len(blocks[n].text) <= LONGEST]
    for text in sorted(lines, key=lambda line: UPDATED.search(line) is not None):
        printed = first_date(text)
        if printed and (on := printed.on()):
            return Published(on.isoformat(), "day", "text")
    return None
