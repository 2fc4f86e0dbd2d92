"""When an article was published, as its text says: in its dateline, else on a date line beside its headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from copydesk.services.cleaner.date_lines import dates_told
from copydesk.services.cleaner.dates import DateOrder
from copydesk.services.cleaner.lines import Block, Label
from copydesk.shared.records.cleaned import Dateline

BELOW_TITLE, ABOVE_TITLE = 12, 4  # blocks around the headline in which the date may stand
LEDE = 2  # paragraphs of the article among which its date may stand
LONGEST = 160  # characters of a line that may hold the date


@dataclass(frozen=True, slots=True)
class PublicationDay:
    at: str
    precision: Literal["day"]
    origin: str


def publication_day(
    blocks: Sequence[Block], labels: Sequence[Label], dateline: Dateline | None, latest: date, order: DateOrder | None = None
) -> PublicationDay | None:
    """The dateline's day, else the first full date printed under the headline, else just above it; the date of a change only without another.

    `order` is that of dates in numbers where the article's language decides it. A date after `latest` (with a day of grace) is none.
    """
    if dateline and dateline.date:
        return PublicationDay(dateline.date, "day", "dateline")
    told = [dates_told(text, order) for text in _lines(blocks, labels)]
    for printed in (*(each.published for each in told), *(each.updated for each in told)):
        if printed and (on := printed.on()) and on <= latest + timedelta(days=1):
            return PublicationDay(on.isoformat(), "day", "text")
    return None


def _lines(blocks: Sequence[Block], labels: Sequence[Label]) -> Iterator[str]:
    """The lines that may hold the date: under the headline, or above the article that came without one; then above it.

    A date above the headline of a page with a weather line is the page's own clock.
    """
    start = next((n for n, label in enumerate(labels) if label.kind == "title"), None)
    if start is None:
        first = next((n for n, label in enumerate(labels) if label.is_body), 0)
        start = max(-1, first - BELOW_TITLE)
    ends = [n for n in range(start + 1, len(blocks)) if labels[n].is_body][LEDE : LEDE + 1]  # below it stand dates of corrections and comments
    below = range(start + 1, min([start + 1 + BELOW_TITLE, len(blocks), *ends]))
    above = () if any(label.kind == "weather" for label in labels) else range(start - 1, max(-1, start - 1 - ABOVE_TITLE), -1)
    return (blocks[n].text for n in (*below, *above) if not labels[n].is_body and len(blocks[n].text) <= LONGEST)
