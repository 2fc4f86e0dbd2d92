"""Records as they are in the end: with a deduplicator when all input is read, since a later article may change a verdict."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from typing import Protocol

from copydesk.services.console.offline.pipeline import RecordUnderway, run_stages
from copydesk.services.console.offline.spool import Facts, Spool
from copydesk.shared.computing import Computing
from copydesk.shared.inputs import Item
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import DEDUPLICATED


class OutcomeListener(Protocol):
    """Is told what becomes of each record, in input order. Called on the event loop."""

    def passed(self, entry: RecordUnderway) -> None: ...

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None: ...


class _InOrder:
    """Hands corrections to the facts, and the rest to the follower in the order of the input.

    A stage refuses a record while a later stage still works on those before it.
    """

    def __init__(self, follower: OutcomeListener, facts: Facts, first: int) -> None:
        self._follower, self.aside, self._next = follower, facts.aside, first
        self._waiting: dict[int, Callable[[], None]] = {}

    def passed(self, entry: RecordUnderway) -> None:
        self._tell(entry, lambda: self._follower.passed(entry))

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None:
        self._tell(entry, lambda: self._follower.refused(entry, stage, rejected))

    def _tell(self, entry: RecordUnderway, tell: Callable[[], None]) -> None:
        self._waiting[entry.arrival.number] = tell
        while (due := self._waiting.pop(self._next, None)) is not None:
            self._next += 1
            due()


def verdicts_change(stages: Sequence[Computing]) -> bool:
    """Whether later records may complete what earlier ones say: a deduplicator is among the stages."""
    return any(stage.target is DEDUPLICATED for stage in stages)


async def provisional_records(
    stages: Sequence[Computing], items: Iterable[Item], follower: OutcomeListener, facts: Facts, first: int = 0
) -> AsyncGenerator[bytes, None]:
    """Yield the record of each item as it comes out of the stages, in input order; `facts` learn what completes it. Raises as `final_records` does.

    `first` is the number of the first item in the whole input. By the time a record is yielded, the follower knows what became of all before it.
    """
    told = _InOrder(follower, facts, first)
    async with aclosing(run_stages(stages, items, told, first)) as entries:
        async for entry in entries:
            told.passed(entry)
            yield entry.value


async def final_records(stages: Sequence[Computing], items: Iterable[Item], follower: OutcomeListener) -> AsyncGenerator[bytes, None]:
    """Yield the record of each item that passes all stages, as JSON, in input order. Raises what a stage or the input raises."""
    facts = Facts()
    async with aclosing(provisional_records(stages, items, follower, facts)) as values:
        if not verdicts_change(stages):
            async for value in values:
                yield value
            return
        spool = Spool()
        async for value in values:
            spool.add(value)
    for value in spool.drain():
        yield facts.complete(value)
