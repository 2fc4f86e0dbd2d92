"""The order of records that different versions made of one article: the one order, for the sink, its views, the fold and subscribers.

1. The releases of the stages, in the order of the pipeline. A version is RELEASE or RELEASE+BUILD; only the numbers of a release have an order.
2. The version of the common text, which begins with the time at which it was learned.
3. The time at which the record was written: models, gazetteers and settings are builds, of which the one that is used last counts.

A hash never decides before these; it can only say that two builds differ.
"""

from __future__ import annotations

import re
from typing import Any

from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import Record

DIGITS = 12  # to which a number of a release is filled up
FIRST = "1"  # the deduplicator's version when facts did not name it

_NUMBER = re.compile(r"[0-9]{1,12}")


def release(version: object) -> str:
    """The numbers of a version's release, as a text that sorts as they do: 1.10 after 1.9, 1.2.3 after 1.2, 2+beef like 2+cafe."""
    return ".".join(number.zfill(DIGITS) for number in _NUMBER.findall(str(version).partition("+")[0]))


def releases(record: Record) -> str:
    """The releases of all stages that made the record, as a text that sorts as they do."""
    return " ".join(f"{stage} {release(version)}" for stage, version in sorted((record.get("versions") or {}).items()))


def common_version(record: Record) -> str:
    """The version of the common text that its verdict left out; empty, and so before all others, where it names none."""
    return str((record.get("duplicate") or {}).get("common_version") or "")


def what_made(record: Record) -> tuple[Any, ...]:
    """What tells apart two runs that may find different things in one text: stages, models, gazetteer, common text and furniture."""
    return tuple(sorted((record.get("versions") or {}).items())), common_version(record), record.get("furniture_version")


def is_superseded(fact: PairFact, record: Record) -> bool:
    """Whether the record's own verdict was made by something newer than the fact, or with other settings of the same release.

    Common text learned → the record is run again → its verdict says `unique`: what was found before on that phrase has to go.
    """
    made, named = str((record.get("versions") or {}).get("deduplicator", FIRST)), fact.version or FIRST
    if release(made) == release(named) and made != named:
        return True
    return (release(named), fact.common_version or "") < (release(made), common_version(record))
