"""A batch on its way through workers: which records are still to be given out, and what became of the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from copydesk.shared.envelope import Payload, Result
from copydesk.shared.workers.failure import Failed

PART_BYTES = 4_000_000


class Batch:
    """Records, what became of them, and who is at what. Safe for several threads."""

    def __init__(self, payloads: Sequence[Payload], shares: int) -> None:
        self.payloads = payloads
        self.parts = deque(parts_of([len(payload.value) for payload in payloads], -(-len(payloads) // shares)))
        self.deaths: dict[int, int] = {}  # by number of the record, how many workers it has ended
        self._results: list[Result | Failed | None] = [None] * len(payloads)

    def take(self) -> list[int] | None:
        try:
            return self.parts.popleft()
        except IndexError:
            return None

    def put(self, numbers: Sequence[int], results: Sequence[Result | Failed]) -> None:
        for number, result in zip(numbers, results, strict=True):
            self._results[number] = result

    def all(self) -> list[Result | Failed]:
        return [result for result in self._results if result is not None]


def parts_of(sizes: Sequence[int], most: int) -> Iterator[list[int]]:
    """The numbers of the records in parts of at most so many records, and of PART_BYTES but for a single one."""
    part: list[int] = []
    weight = 0
    for number, size in enumerate(sizes):
        if part and (len(part) >= most or weight + size > PART_BYTES):
            yield part
            part, weight = [], 0
        part.append(number)
        weight += size
    if part:
        yield part
