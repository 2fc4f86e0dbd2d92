"""Who waits for events: what comes is written to them at once, a task is woken only for who cannot take it, and who falls behind loses nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import pytest

from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.audience import Audience, ClientPlace
from copydesk.services.gateway.streams.buffer import Buffer
from copydesk.services.gateway.streams.events import Event, Notice, parsed, written
from copydesk.services.gateway.streams.follower import Follower, Wish
from copydesk.services.gateway.streams.hub import Hub
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.subscribing.filters import Filter


def event(number: int, source: str, size: int = 10) -> Event:
    return Event("article", ("articles.enriched", 0), number, f"{number + 1}_0", b"x" * size, {"source": source})


class Client:
    """One that takes so many writes before it is behind."""

    def __init__(self, most: int = 1_000) -> None:
        self.got: list[bytes] = []
        self.most = most

    def write(self, piece: bytes) -> bool:
        if len(self.got) < self.most:
            self.got.append(piece)
            return True
        return False


async def waiting(audience: Audience, *places: ClientPlace) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(audience.wait(place)) for place in places]
    await asyncio.sleep(0)
    return tasks


async def woken(task: asyncio.Task[None]) -> bool:
    for _ in range(3):
        await asyncio.sleep(0)
    return task.done()


def test_what_is_taken_back_meanwhile_is_given_to_nobody_and_comes_again_when_it_is_let_in() -> None:
    standing = StandingRetractions()
    buffer = Buffer(1_000_000, standing)
    named = (("a", "a.example"),), (("b", "b.example"),), (("a", ""), ("c", ""))
    for number, about in enumerate(named):
        buffer.add(replace(event(number, "x"), named=about))

    def given() -> list[int]:
        buffer.add(event(9, "x"))  # as what is said is an event too
        piece = buffer.piece(0, Filter())
        assert piece is not None
        return [one.offset for one in piece.shown if isinstance(one, Event) and one.offset < 9]

    assert given() == [0, 1, 2]
    standing.take(Retraction(article_id="a", at="2026-01-05T00:00:00.000Z"))
    assert given() == [1]
    standing.take(Retraction(source="b.example", at="2026-01-05T00:00:00.000Z"))
    assert given() == []
    standing.take(Retraction(article_id="a", state="restored", at="2026-01-06T00:00:00.000Z"))
    assert given() == [0, 2]


@pytest.mark.parametrize(("text", "retractions"), [("3.4_1.2_7", 7), ("3.4_1.2", 0)])
def test_a_position_of_an_earlier_version_is_completed(text: str, retractions: int) -> None:
    position = parsed(text)
    assert position is not None
    assert position["articles.retractions", 0] == retractions
    assert not [place for place in position if place[0] == "articles.stories"]
    whole = {**position, ("articles.stories", 0): 5}
    assert written(whole) == f"3.4_1.2_{retractions}_5"
    assert parsed(written(whole)) == whole
    assert parsed("3.4") is parsed("1_2_3_4_5") is parsed("1_2_") is None


async def test_what_a_filter_admits_is_written_and_the_rest_moves_the_place() -> None:
    buffer = Buffer(1_000_000)
    audience, client, other = Audience(buffer), Client(), Client()
    place, elsewhere = (ClientPlace(0, "", 0.0, Filter(source=name), one.write) for name, one in (("a.example", client), ("b.example", other)))
    tasks = await waiting(audience, place, elsewhere)
    for number, source in enumerate(("a.example", "a.example", "c.example")):
        buffer.add(event(number, source))
    audience.deliver()
    assert [piece.count(b"event: article") for piece in client.got] == [2]
    assert other.got == []
    assert place.number == elsewhere.number == 3
    assert elsewhere.heard == 0.0 < place.heard, "it is told that the stream lives, since nothing else was told"
    assert [await woken(task) for task in tasks] == [False, False]


async def test_the_task_of_a_client_that_is_behind_is_woken_where_it_was() -> None:
    buffer = Buffer(1_000_000)
    audience, client = Audience(buffer), Client(most=1)
    place = ClientPlace(0, "", 0.0, Filter(), client.write)
    (task,) = await waiting(audience, place)
    for number in range(2):
        buffer.add(event(number, "a.example"))
        audience.deliver()
    assert await woken(task)
    assert (len(client.got), place.number) == (1, 1)


async def test_a_burst_is_written_before_it_pushes_out_what_nobody_had_yet() -> None:
    buffer = Buffer(100_000)
    audience, client = Audience(buffer), Client()
    await waiting(audience, ClientPlace(0, "", 0.0, Filter(), client.write))
    for number in range(500):  # without ever letting the loop run a timer
        buffer.add(event(number, "a.example", size=3_000))
        audience.soon()
    audience.deliver()
    assert b"".join(client.got).count(b"event: article") == 500


async def test_who_was_told_nothing_for_long_and_who_reads_alone_are_woken() -> None:
    buffer = Buffer(1_000_000)
    audience, now = Audience(buffer), time.monotonic()
    late, heard, alone = ClientPlace(0, "", now - 20, Filter()), ClientPlace(0, "", now, Filter()), ClientPlace(0, "", now)
    tasks = await waiting(audience, late, heard, alone)
    audience.tick(now - 15)
    assert [await woken(task) for task in tasks] == [True, False, False]
    buffer.add(event(0, "a.example"))
    audience.deliver()
    assert [await woken(task) for task in tasks] == [True, True, True]


async def test_who_is_dropped_is_told_where_he_was_so_that_he_goes_on_without_a_gap() -> None:
    hub = Hub(GatewaySettings(gateway_buffer=100_000))
    hub.buffer.add(event(0, "a.example"))
    follower = Follower(hub, Wish(Filter()))
    for number in range(1, 200):
        hub.buffer.add(event(number, "a.example", size=3_000))
    assert hub.buffer.first > 1
    (piece,) = [piece async for piece in follower.pieces()]
    (notice,) = piece.shown
    assert isinstance(notice, Notice)
    assert (notice.kind, notice.id) == ("dropped", "1_0"), "behind the last event that he had, not before the first that is kept"


async def test_who_does_not_follow_ends_at_once_also_where_nothing_is_for_him() -> None:
    hub = Hub(GatewaySettings())
    follower = Follower(hub, Wish(Filter(source="b.example"), follow=False))
    hub.buffer.add(event(0, "a.example"))
    follower.hub.position[("articles.enriched", 0)] = 1
    async with asyncio.timeout(300):
        assert [piece.shown async for piece in follower._all(hub.buffer.end)] == []
