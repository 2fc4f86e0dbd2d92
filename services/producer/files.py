"""Files onto articles.raw, one after the other, remembering how far each came: what was confirmed is not read again after a crash.

A batch goes: 1. its records are sent, 2. the brokers confirm them, 3. the memory keeps the place. Killed between 2 and 3, the batch is sent
again, which changes nothing downstream.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from copydesk.services.producer.inbox import FileState
from copydesk.services.producer.memory import FileOutcome, Kept, Memory
from copydesk.services.producer.publish import OnRefused, Tally, publish_records
from copydesk.shared.arrivals import Arrival, batches
from copydesk.shared.inputs import BROKEN, Item, Reading, read
from copydesk.shared.kafka import RecordSender
from copydesk.shared.stage import Rejected

Batches = AsyncIterator[Sequence[Arrival]]
Pace = Callable[[Batches], Batches]  # when the next batch may go


@dataclass(slots=True)
class _Begun:
    """A file that is being read: the number of its first record here, and how many were passed over, since they were sent before."""

    first: int
    name: str
    state: FileState | None
    passed_over: int
    read: int = 0
    outcome: FileOutcome = "published"

    def kept(self, reached: int) -> Kept | None:
        """How far it came with the record of that number; None for what has no identity."""
        return None if self.state is None else Kept(self.state, "partial", self.passed_over + reached + 1 - self.first)


class FilePublisher:
    """Publishes files, and keeps in `memory` how far it came. Counts of all its runs are in `tally`; `skipped` were sent before."""

    def __init__(self, sender: RecordSender, memory: Memory, reading: Reading, raw_limit: int, pace: Pace = lambda batches: batches) -> None:
        self.memory, self.tally, self.skipped = memory, Tally(), 0
        self._sender, self._reading, self._raw_limit, self._pace = sender, reading, raw_limit, pace
        self._begun: list[_Begun] = []

    async def publish(
        self,
        files: Iterable[tuple[str, FileState | None]],
        refused: OnRefused,
        reached: Callable[[Arrival, Tally], None] = lambda *_: None,
        limit: int | None = None,
    ) -> None:
        """All records of the files, at most `limit`; a file without a state (standard input) is not remembered. Raises as `publish_records`."""
        self._begun, ended = [], False

        def records() -> Iterator[Item]:
            nonlocal ended
            yield from islice(self._items(files), limit)
            ended = limit is None

        def told(arrival: Arrival, why: Rejected) -> None:
            if why.reason == BROKEN:
                self._begun[self._at(arrival.number)].outcome = "broken"
            refused(arrival, why)

        def kept(last: Arrival, tally: Tally) -> None:
            self._keep(last.number)
            reached(last, tally)

        await publish_records(self._pace(batches(records())), self._sender, self._raw_limit, told, kept, self.tally)
        if ended:
            self._done(self._begun)

    def _items(self, files: Iterable[tuple[str, FileState | None]]) -> Iterator[Item]:
        """In the thread that reads."""
        number = before = 0
        for name, state in files:
            passed_over = self.memory.records(name, state) if state is not None else 0
            self.skipped += passed_over
            if state is None or not self.memory.knows(name, state):
                self._begun.append(begun := _Begun(number, name, state, passed_over))
                for item in islice(read([name], self._reading), passed_over, None):
                    number += 1
                    begun.read += 1
                    yield replace(item, consumed=before + item.consumed)
            before += state.size if state is not None else 0

    def _at(self, number: int) -> int:
        return bisect_right(self._begun, number, key=lambda begun: begun.first) - 1

    def _keep(self, number: int) -> None:
        """All files before that of the record are done, and it is as far as the record."""
        at = self._at(number)
        self._done(self._begun[:at])
        del self._begun[:at]
        if (kept := self._begun[0].kept(number)) is not None:
            self.memory.keep({self._begun[0].name: kept})

    def _done(self, begun: Sequence[_Begun]) -> None:
        self.memory.keep({one.name: Kept(one.state, one.outcome, one.passed_over + one.read) for one in begun if one.state is not None})
