"""The group's assignment on a real broker, as replicas are killed, come back and are added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from copydesk.shared.settings import Settings
from tests.groups import Shares, replicas
from tests.pipeline import fresh_topics


def even(members: int) -> Callable[[Shares], bool]:
    return lambda shares: len(shares) == members and _spread([len(share) for share in shares.values()]) <= 1


def _spread(numbers: list[int]) -> int:
    return max(numbers) - min(numbers)


def _moved(before: Shares, after: Shares) -> int:
    owner = {partition: member for member, share in before.items() for partition in share}
    return sum(owner[partition] != member for member, share in after.items() for partition in share)


async def test_who_is_killed_comes_back_and_is_added_gets_its_share(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)  # the sink reads three topics of four partitions, and one of one
    with replicas("sink", kafka, tmp_path, {"COPYDESK_SESSION_TIMEOUT_S": "3"}) as sinks:
        for number in (1, 2, 3):
            sinks.start(number)
        three = await sinks.settled(even(3))
        assert Counter(partition for share in three.values() for partition in share).total() == 13

        sinks.kill(2)
        two = await sinks.settled(even(2))
        assert _moved(three, two) <= 5, "only what the dead one held, and what evens out"

        sinks.start(2)
        again = await sinks.settled(even(3))
        assert _moved(two, again) == 4, "its share and no more"

        for number in (4, 5, 6):
            sinks.start(number)
        six = await sinks.settled(even(6))
        assert all(six.values()), "none is idle"
        assert all(sinks.is_alive(number) for number in sinks.running)
