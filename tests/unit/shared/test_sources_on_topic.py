"""The sources that are followed do not depend on the order in which partitions are read."""

from __future__ import annotations

import random

import orjson
import pytest

from copydesk.shared.followed_sources import ROUTED, SourcesOnTopic
from copydesk.shared.kafka import Message

URL = "https://coast.example/feed.xml"


def written(partition: int, time: int, source: str | None, url: str = URL, **headers: str) -> Message:
    value = None if source is None else orjson.dumps({"url": url, "source": source})
    return Message("feeds.sources", partition, time, time, URL.encode(), value, headers)


def in_any_order(messages: list[Message], seed: int) -> list[Message]:
    """Each partition in its own order, the partitions as they come."""
    draw = random.Random(seed)
    queues = [[one for one in messages if one.partition == number] for number in {one.partition for one in messages}]
    order: list[Message] = []
    while queues := [queue for queue in queues if queue]:
        order.append(draw.choice(queues).pop(0))
    return order


ELSEWHERE = [written(3, 1, "a.example"), written(0, 2, "a.example", **{ROUTED: "1"}), written(3, 3, None, **{ROUTED: "1"})]


@pytest.mark.parametrize(
    ("messages", "source"),
    [
        (ELSEWHERE, "a.example"),
        ([*ELSEWHERE, written(0, 4, None)], None),
        ([*ELSEWHERE, written(0, 4, "b.example")], "b.example"),
        ([written(0, 1, "a.example"), written(0, 2, None)], None),
        ([written(0, 1, "a.example"), written(3, 2, "b.example")], "b.example"),
        ([written(0, 1, "a.example"), written(0, 2, "b.example", url="https://other.example/")], "a.example"),
    ],
    ids=["sent on", "sent on and ended", "sent on and changed", "ended", "not sent on yet", "under another key"],
)
def test_what_is_followed_is_the_same_in_any_order_of_partitions(messages: list[Message], source: str | None) -> None:
    for seed in range(20):
        sources = SourcesOnTopic()
        for message in in_any_order(messages, seed):
            sources.take(message)
        found = sources.get(URL)
        assert (found and found.source, URL in sources, len(sources)) == (source, source is not None, int(source is not None))
        assert sources.by_address() == ({URL: found} if found else {})
