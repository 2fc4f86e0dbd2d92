"""The latest events, in the order in which they were read, within a number of bytes. A client is a number in it: that of the event it waits for."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.services.gateway.streams.events import Event, Position, Shown, written
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.subscribing.filters import Filter

PIECE_BYTES = 131_072  # of events that are written to a client at once, unless one alone is larger
SHARED = 256  # pieces that are kept for other clients with the same filter


@dataclass(frozen=True, slots=True)
class Portion:
    """What a client gets next: the events that its filter admits, and the number that it waits for after them, with the position there."""

    shown: tuple[Shown, ...]
    sse: bytes
    after: int
    position: str

    @classmethod
    def of(cls, shown: Sequence[Shown], after: int = 0, position: str = "") -> Portion:
        return cls(tuple(shown), b"".join(one.sse() for one in shown), after, position)


class Buffer:
    """Events are numbered from 0 on, as they come; `first` is the oldest that is still here, `end` the number of the next."""

    def __init__(self, most_bytes: int, standing: StandingRetractions | None = None) -> None:
        self.most = most_bytes
        self._standing = StandingRetractions() if standing is None else standing
        self._events: deque[Event] = deque()
        self._pieces: OrderedDict[tuple[Filter, int], Portion] = OrderedDict()
        self.first = self.end = self.size = 0
        self.come = 0  # bytes, all in all
        self.before: Position = {}  # how far all had been read before the first event

    def add(self, event: Event) -> None:
        self._events.append(event)
        self._pieces.clear()
        self.end += 1
        self.size += event.size
        self.come += event.size
        while self.size > self.most and len(self._events) > 1:
            oldest = self._events.popleft()
            self.before = {**self.before, oldest.place: oldest.offset + 1}
            self.size -= oldest.size
            self.first += 1

    def covers(self, position: Position) -> bool:
        """Whether all that came after a position is here."""
        return all(position.get(place, 0) >= offset for place, offset in self.before.items())

    def piece(self, number: int, chosen: Filter) -> Portion | None:
        """Events from a number on; None where the first of them is not here any more."""
        if number < self.first:
            return None
        known = self._pieces.get((chosen, number))
        if known is None:
            known = self._pieces[chosen, number] = self._made(number, chosen)
            while len(self._pieces) > SHARED:
                self._pieces.popitem(last=False)
        return known

    def _made(self, number: int, chosen: Filter) -> Portion:
        found, size = [], 0
        while number < self.end and size < PIECE_BYTES:
            event = self.event(number)
            number += 1
            if self.shows(event, chosen):
                found.append(event)
                size += len(event.data)
        return Portion.of(found, number, self.reached(number))

    def shows(self, event: Event, chosen: Filter) -> bool:
        """Whether a client with this filter is sent the event: what is taken back by now is sent to nobody."""
        return event.is_for(chosen) and not any(self._standing.of(*one) for one in event.named)

    def event(self, number: int) -> Event:
        return self._events[number - self.first]

    def reached(self, number: int) -> str:
        """The position of a client that waits for that number, which is still here."""
        if self.first < number <= self.end:
            return self.event(number - 1).id
        return written(self.before)
