"""What a sink that keeps records as they come looks at before it takes them: the same contract that the databases ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import sorted_out
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Rejected, Written


class Passing(NamedTuple):
    """A record, a correction or a retraction that may be handed on. `article_id` is what it is about."""

    written: Written
    article_id: str
    record: JsonObject


def passing(written: Written) -> Passing | Rejected:
    """It with its JSON, or why it is refused."""
    found = sorted_out(written)
    match found:
        case Rejected():
            return found
        case Came(record=record):
            return Passing(written, record["article_id"], record)
        case PairFact(later_article_id=article_id):
            return Passing(written, article_id, found.model_dump(mode="json", exclude_none=True))
        case Retraction(article_id=article_id):
            return Passing(written, article_id or found.key, found.model_dump(mode="json", exclude_none=True))


def hand_on(records: Sequence[Written], take: Callable[[list[Passing]], None]) -> list[Rejected | None]:
    """Give what may pass to `take`, all at once; the answers of a sink's `write`."""
    found = [passing(written) for written in records]
    if good := [one for one in found if isinstance(one, Passing)]:
        take(good)
    return [one if isinstance(one, Rejected) else None for one in found]
