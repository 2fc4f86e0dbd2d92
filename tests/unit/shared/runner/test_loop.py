"""One bad record among good ones, a broken dependency, and a crash that acknowledges nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.hands import Hands
from copydesk.shared.runner.loop import InHand, Loop, most_in_batch
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import RAW, Topic


class Handler:
    """Stores what it is given; `bad` values raise, and while `down` everything does. A `broken` one fails on what is known to be good."""

    name = "test"
    sources: tuple[Topic, ...] = (RAW,)
    computed = 0
    pace_s = 0.0

    def __init__(self, bad: frozenset[bytes] = frozenset(), down: bool = False, broken: bool = False) -> None:
        self.bad, self.down, self.broken = bad, down, broken
        self.stored: list[bytes] = []
        self.buried: list[tuple[bytes, str]] = []

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        return

    async def handle(self, messages: Sequence[Message]) -> None:
        if self.down:
            raise ConnectionError("the broker is gone")
        values = [message.value or b"" for message in messages]
        if self.bad & set(values):
            raise ValueError("cannot do this one")
        self.stored += values

    async def check(self) -> None:
        if self.broken:
            raise ValueError("cannot do that one either")

    async def bury(self, message: Message, cause: Cause) -> None:
        self.buried.append((message.value or b"", cause.reason))


class Stream:
    """What the loop uses of a Faust stream: events, and which were acknowledged."""

    def __init__(self, values: Sequence[bytes]) -> None:
        messages = [SimpleNamespace(topic="t", partition=0, offset=n, timestamp=0.0, key=b"k", value=v, headers={}) for n, v in enumerate(values)]
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        for message in messages:
            self._events.put_nowait(SimpleNamespace(message=message))
        self.channel = SimpleNamespace(queue=self._events)
        self.acknowledged: list[int] = []

    def noack(self) -> Stream:
        return self

    async def events(self) -> Any:
        while not self._events.empty():
            yield self._events.get_nowait()

    async def ack(self, event: Any) -> None:
        self.acknowledged.append(event.message.offset)


class Log:
    """The group's committed offsets, of one partition, with their metadata."""

    def __init__(self, offset: int = 0, metadata: str = "") -> None:
        self.committed = {("t", 0): (offset, metadata)}

    async def noted(self) -> dict[tuple[str, int], tuple[int, str]]:
        return dict(self.committed)

    async def note(self, notes: Mapping[tuple[str, int], tuple[int, str]]) -> None:
        self.committed |= notes


def nobody_died() -> Hands:
    hands = Hands(100)
    hands._known.set()
    return hands


def loop_of(handler: Handler, crashes: list[BaseException], hands: Hands | None = None) -> Loop:
    metrics = Metrics("test")

    async def crash(error: BaseException) -> None:
        crashes.append(error)

    settings = ServiceSettings(batch_size=8, batch_wait_s=0, patience_s=0.01, retry_base_s=0.001)
    return Loop(handler, settings, metrics, Gate(100, 1_000, metrics.in_flight), InHand(hands or nobody_died(), Log(), crash))


async def finished_or_crashed(running: asyncio.Task[None], crashes: Sequence[BaseException]) -> None:
    """Wait until a loop has done all there is, or has crashed: then it does not return."""
    async with asyncio.timeout(300):
        while not (running.done() or crashes):
            await asyncio.sleep(0.001)
    await turns()


async def turns() -> None:
    """Let everything go on that waits for nothing but its turn."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_record_that_raises_is_put_aside_and_the_others_arrive() -> None:
    handler, stream = Handler(bad=frozenset({b"2"})), Stream([b"0", b"1", b"2", b"3"])
    await loop_of(handler, []).run(stream)
    assert handler.stored == [b"0", b"1", b"3"]
    assert handler.buried == [(b"2", "stage_failed")]
    assert stream.acknowledged == [0, 1, 2, 3]


async def test_a_broken_dependency_crashes_and_acknowledges_nothing() -> None:
    crashes: list[BaseException] = []
    handler, stream = Handler(down=True), Stream([b"0", b"1"])
    running = asyncio.create_task(loop_of(handler, crashes).run(stream))
    await finished_or_crashed(running, crashes)
    assert not running.done(), "the loop never returns after a crash: Faust would acknowledge"
    assert isinstance(crashes[0], ConnectionError)
    assert stream.acknowledged == []
    running.cancel()


async def test_while_a_dependency_is_away_the_loop_is_not_ready_and_then_it_is_again() -> None:
    handler, stream = Handler(down=True), Stream([b"0"])
    loop = loop_of(handler, [])
    loop.settings = loop.settings.model_copy(update={"patience_s": 60.0})
    running = asyncio.create_task(loop.run(stream))
    async with asyncio.timeout(300):
        while not loop.waiting:
            await asyncio.sleep(0.001)
        handler.down = False
        await running
    assert not loop.waiting
    assert stream.acknowledged == [0]


MANY = [b"%d" % number for number in range(100)]


async def test_many_bad_records_in_a_row_are_put_aside_and_the_stream_goes_on() -> None:
    handler, stream = Handler(bad=frozenset(MANY)), Stream([*MANY, b"good"])
    await loop_of(handler, []).run(stream)
    assert [value for value, _ in handler.buried] == MANY
    assert handler.stored == [b"good"]
    assert stream.acknowledged == list(range(101))


async def test_code_that_fails_on_what_is_known_to_be_good_stops_and_puts_nothing_aside() -> None:
    crashes: list[BaseException] = []
    handler, stream = Handler(bad=frozenset(MANY), broken=True), Stream(MANY)
    running = asyncio.create_task(loop_of(handler, crashes).run(stream))
    await finished_or_crashed(running, crashes)
    assert "known to be good" in str(crashes[0])
    assert (handler.buried, stream.acknowledged) == ([], [])
    running.cancel()


@pytest.mark.parametrize(("records", "nbytes"), [(3, 10**6), (100, 30)])
async def test_the_gate_holds_back_by_records_and_by_bytes(records: int, nbytes: int) -> None:
    gate = Gate(records, nbytes, Metrics("test").in_flight)
    passing = asyncio.create_task(_pass(gate, 6))
    await turns()
    assert gate.held == 3
    gate.leave(1, 10)
    await turns()
    assert gate.held == 3
    gate.reset()
    await passing
    assert gate.held == 2


async def _pass(gate: Gate, count: int) -> None:
    for _ in range(count):
        await gate.room()
        gate.enter(10)


@pytest.mark.parametrize(("pace_s", "records"), [(0.0, 64), (0.001, 64), (0.05, 20), (0.3, 3), (10.0, 1)])
def test_batches_of_slow_records_are_small(pace_s: float, records: int) -> None:
    assert most_in_batch(pace_s, 64) == records
