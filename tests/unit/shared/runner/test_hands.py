"""A record that replica after replica dies of is found, put aside, and never costs a good one."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.runner.hands import Hands, Note
from copydesk.shared.runner.transport import ConsumerCommits
from tests.unit.shared.runner.test_loop import Handler, Log, Stream, finished_or_crashed, loop_of

AHEAD = 24
COUNT = 12


class Died(BaseException):
    """A replica's sudden end."""


class Deadly(Handler):
    """Ends the replica over one value."""

    def __init__(self, value: bytes) -> None:
        super().__init__()
        self.value = value

    async def handle(self, messages):  # type: ignore[no-untyped-def]
        if any(message.value == self.value for message in messages):
            raise Died
        await super().handle(messages)


async def live(handler: Handler, log: Log) -> bool:
    """One replica: from its assignment until all is done (True) or it dies."""
    hands = Hands(AHEAD)
    await hands.take(log)
    start = log.committed["t", 0][0]
    crashes: list[BaseException] = []
    loop = loop_of(handler, crashes, hands)
    loop.commits = log
    stream = Stream([b"%d" % number for number in range(COUNT)])
    for _ in range(start):
        stream.channel.queue.get_nowait()
    running = asyncio.create_task(loop.run(stream))
    await finished_or_crashed(running, crashes)
    if crashes:
        running.cancel()
        return False
    log.committed["t", 0] = (COUNT, hands.metadata(("t", 0), COUNT))
    return True


async def test_a_deadly_record_is_put_aside_after_a_few_deaths_and_the_partition_moves_on() -> None:
    for place in (0, 7, COUNT - 1):
        log = Log()
        handler = Deadly(b"%d" % place)
        deaths = 0
        while not await live(handler, log):
            deaths += 1
            assert deaths < 8
        assert handler.buried == [(b"%d" % place, "crashed")]
        assert set(handler.stored) == {b"%d" % number for number in range(COUNT) if number != place}
        assert deaths <= 4


async def test_goodbyes_are_no_deaths() -> None:
    log = Log()
    for _ in range(10):
        hands = Hands(AHEAD)
        await hands.take(log)
        assert not hands.is_careful(("t", 0), 0)
        assert not hands.is_condemned(("t", 0), 0)
        await hands.leave(log)


async def test_where_nothing_is_in_hand_no_record_is_to_blame_however_many_replicas_die() -> None:
    log = Log()
    for _ in range(10):
        await Hands(AHEAD).take(log)
    handler = Handler()
    assert await live(handler, log)
    assert handler.buried == []
    assert len(handler.stored) == COUNT


async def test_a_replica_that_is_paused_again_and_again_has_not_died() -> None:
    """It has the same record in hand each time, loses its partitions, and gets them back when it goes on; others that take them go in order."""
    log = Log()
    paused = Hands(AHEAD)
    for _ in range(10):
        await paused.take(log)
        other = Hands(AHEAD)
        await other.take(log)
        await other.leave(log)
    fresh = Hands(AHEAD)
    await fresh.take(log)
    assert not fresh.is_careful(("t", 0), 0)


async def test_a_replica_that_is_paused_over_a_suspect_counts_once_and_not_for_itself() -> None:
    log = Log(5, str(Note(("r1",), exact=True)))
    paused = Hands(AHEAD)
    for _ in range(10):
        await paused.take(log)
        assert not paused.is_condemned(("t", 0), 5)
        await log.note({("t", 0): (5, paused.begun(("t", 0)))})
    last = Hands(AHEAD)
    await last.take(log)
    assert last.is_condemned(("t", 0), 5), "two have died of it as far as anybody can tell: r1, and the one that sleeps"
    assert not last.is_condemned(("t", 0), 6), "of one record alone"


async def test_a_commit_of_a_later_offset_begins_anew() -> None:
    log = Log()
    for number in range(1, 10):
        hands = Hands(AHEAD)
        await hands.take(log)
        assert not hands.is_condemned(("t", 0), number - 1)
        log.committed["t", 0] = (number, hands.metadata(("t", 0), number))


@given(st.text() | st.text("held exact r12").map(lambda rest: f"held {rest}"))
def test_any_metadata_can_be_read(text: str) -> None:
    assert Note.parse(str(Note.parse(text))) == Note.parse(text)


def test_a_note_survives_its_text() -> None:
    for note in (Note(), Note(("r1",)), Note(("r1", "r2"), exact=True), Note(exact=True)):
        assert Note.parse(str(note)) == note


def test_a_count_that_a_former_release_wrote_blames_nobody() -> None:
    assert Note.parse("held 3 exact").holders == ()


async def test_a_replica_that_has_no_partition_has_nothing_to_commit() -> None:
    """As is every one beyond the number of partitions, and a new one for a moment: aiokafka refuses a commit of nothing, which would end it."""
    nobody = ConsumerCommits(app=None, topics=frozenset())
    await nobody.note({})
    log = Log()
    log.committed.clear()
    await Hands(AHEAD).take(log)
    assert log.committed == {}
