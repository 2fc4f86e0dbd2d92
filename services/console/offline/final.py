"""Records as they are in the end: with a deduplicator when all input is read, since a later article may change a verdict."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from typing import Protocol

from copydesk.services.console.offline.pipeline import RecordUnderway, run_stages
from copydesk.services.console.offline.spool import Spool
from copydesk.shared.computing import Computing
from copydesk.shared.inputs import Item
from copydesk.shared.stage import Rejected, SideRecord
from copydesk.shared.topics import DEDUPLICATED


class OutcomeListener(Protocol):
    """Is told what becomes of each record, as it happens. Called on the event loop."""

    def passed(self, entry: RecordUnderway) -> None: ...

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None: ...


class _SpoolingListener:
    """Hands corrections to the spool, and the rest to the follower."""

    def __init__(self, follower: OutcomeListener, spool: Spool | None) -> None:
        self.refused, self._spool = follower.refused, spool

    def aside(self, record: SideRecord) -> None:
        if self._spool is not None:
            self._spool.aside(record)


async def final_records(stages: Sequence[Computing], items: Iterable[Item], follower: OutcomeListener) -> AsyncGenerator[bytes, None]:
    """Yield the record of each item that passes all stages, as JSON, in input order. Raises what a stage or the input raises."""
    spool = Spool() if any(stage.target is DEDUPLICATED for stage in stages) else None
    async with aclosing(run_stages(stages, items, _SpoolingListener(follower, spool))) as entries:
        async for entry in entries:
            follower.passed(entry)
            if spool is None:
                yield entry.value
            else:
                spool.add(entry.value)
    for value in spool.drain() if spool is not None else ():
        yield value
