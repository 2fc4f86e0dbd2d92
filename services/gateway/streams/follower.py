"""One client's way through the events: from Kafka where it has been away for long, then from the buffer, then as they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from copydesk.services.gateway.streams.audience import ClientPlace, Write
from copydesk.services.gateway.streams.buffer import PIECE_BYTES, Portion
from copydesk.services.gateway.streams.events import TOPICS, Event, Heartbeat, Notice, Position, Shown, written
from copydesk.services.gateway.streams.hub import Hub
from copydesk.shared.kafka import consume, positions
from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.topics import STORIES, Topic

Begin = Position | datetime | Literal["beginning"] | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client wants: events that the filter admits, from a position, a time or now on; without `follow` up to what is there now."""

    chosen: Filter
    begin: Begin = None
    follow: bool = True
    limit: int | None = None


class Follower:
    """Pieces of a stream, as `pieces` gives them; what comes while it waits for more is given to `write`, where there is one.

    `at` is the position behind all that it has given.
    """

    def __init__(self, hub: Hub, wish: Wish, write: Write | None = None) -> None:
        self.hub, self.wish = hub, wish
        self._write = write if wish.limit is None else None
        self._place = ClientPlace(hub.buffer.end, hub.buffer.reached(hub.buffer.end), time.monotonic())
        self._own: dict[tuple[str, int], int] | None = None  # the position, as long as it is not simply a number in the buffer

    @property
    def at(self) -> str:
        return written(self._own) if self._own is not None else self._place.position

    async def pieces(self) -> AsyncGenerator[Portion, None]:
        """Pieces until there is no more to come; for ever with `follow`. A client that is slower than the buffer is long gets a notice at last.

        Raises UnavailableError where Kafka has to be read, and no broker answers.
        """
        left = self.wish.limit
        async with aclosing(self._all(self.hub.buffer.end)) as found:
            async for piece in found:
                if left is None:
                    yield piece
                    continue
                shown = _cut(piece.shown, left)
                left -= sum(_counts(one) for one in shown)
                yield Portion.of(shown)
                if left == 0:
                    return

    async def _all(self, end: int) -> AsyncGenerator[Portion, None]:
        if self.wish.begin is not None:
            async for piece in self._from_position(self.wish.begin):
                yield piece
        while self.wish.follow or self._place.number < end:
            following = self._next()
            if following is None:
                yield Portion.of([Notice("dropped", "this client is slower than the events come; go on from `position`", self.at)])
                return
            if following.sse:
                yield following
                self._place.heard = time.monotonic()
            elif self.wish.follow and self._place.number >= self.hub.buffer.end:
                if time.monotonic() - self._place.heard >= self.hub.settings.gateway_heartbeat_s:
                    self._place.heard = time.monotonic()
                    yield Portion.of([Heartbeat(self.at)])
                await self._wait()
            else:
                await asyncio.sleep(0)

    async def _wait(self) -> None:
        alone = self._own is not None
        self._place.follows, self._place.write = (None, None) if alone else (self.wish.chosen, self._write)
        await self.hub.audience.wait(self._place)

    def _next(self) -> Portion | None:
        piece = self.hub.buffer.piece(self._place.number, self.wish.chosen) if self._own is None else self._own_piece(self._own)
        if piece is not None:
            self._place.go_on(piece)
        return piece

    def _own_piece(self, own: dict[tuple[str, int], int]) -> Portion | None:
        """What the client has not had of the events in the buffer, with positions of its own, until it is where the gateway's reader is."""
        number, size, found = self._place.number, 0, []
        if number < self.hub.buffer.first:
            return None
        while number < self.hub.buffer.end and size < PIECE_BYTES:
            event = self.hub.buffer.event(number)
            number += 1
            if event.is_behind(own):
                own[event.place] = event.offset + 1
                if self.hub.buffer.shows(event, self.wish.chosen):
                    found.append(event.at(own))
                    size += len(event.data)
        if number == self.hub.buffer.end and all(own.get(place, 0) <= offset for place, offset in self.hub.position.items()):
            self._own = None
        return Portion.of(found, number, self.hub.buffer.reached(number))

    async def _from_position(self, begin: Position | datetime | Literal["beginning"]) -> AsyncGenerator[Portion, None]:
        settings, topics = self.hub.settings, self._topics()
        if isinstance(begin, datetime) or begin == "beginning":
            own = {**self._on_stories(), **await positions(settings, topics, begin)}
        else:
            own = {**self._on_stories(), **begin}
            if not (self.hub.buffer.covers(own) and self._is_known(own)) and (notice := await self._judged(own)) is not None:
                yield Portion.of([notice])
        self._own = own
        while not self.hub.buffer.covers(own):
            target = dict(self.hub.position)
            async with aclosing(consume(settings, topics, since=own, follow=False)) as messages:
                async for message in messages:
                    own[message.topic, message.partition] = message.offset + 1
                    event = self.hub.event(message, "")
                    if event is not None and self.hub.buffer.shows(event, self.wish.chosen):
                        event = event.at(own)
                        yield Portion.of([event])
            for place, offset in target.items():
                own[place] = max(own.get(place, 0), offset)
        self._place.number = self.hub.buffer.first

    def _topics(self) -> Sequence[Topic]:
        """What has to be read for this client: stories where it follows one."""
        return [topic for topic in TOPICS if topic is not STORIES or self.wish.chosen.story is not None]

    def _on_stories(self) -> Position:
        """Where the gateway's reader is on articles.stories: from there on goes who was nowhere on it."""
        return {place: offset for place, offset in self.hub.position.items() if place[0] == STORIES.name}

    def _is_known(self, own: Position) -> bool:
        """Whether the gateway's reader has been there."""
        return all(offset <= self.hub.position.get(place, 0) for place, offset in own.items())

    async def _judged(self, own: dict[tuple[str, int], int]) -> Notice | None:
        """What to tell of a position that is not of this cluster's topics, or whose events are not kept any more; it is mended in place."""
        begins, now = await positions(self.hub.settings, TOPICS, "beginning"), await positions(self.hub.settings, TOPICS)
        if own.keys() - now.keys() or any(offset > now[place] for place, offset in own.items()):
            own.clear()
            own.update(now)
            return Notice("unknown_position", "this position is not of these topics: the stream begins now", written(own))
        missing = sum(max(0, begins[place] - own.get(place, 0)) for place in begins if place in own)
        for place, offset in begins.items():
            own[place] = max(own.get(place, 0), offset)
        return Notice("gap", f"{missing} records are not kept any more", written(own)) if missing else None


def _counts(one: Shown) -> bool:
    """Whether it is one of the articles that a limit counts."""
    return isinstance(one, Event) and one.kind == "article"


def _cut(shown: Sequence[Shown], left: int) -> list[Shown]:
    kept: list[Shown] = []
    for one in shown:
        if left == 0:
            break
        left -= _counts(one)
        kept.append(one)
    return kept
