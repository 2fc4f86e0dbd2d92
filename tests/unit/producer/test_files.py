"""Files are published one after the other: each record once, also where a run stopped anywhere and another goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.producer.files import FilePublisher
from copydesk.services.producer.inbox import state_of
from copydesk.services.producer.memory import Memory
from copydesk.services.producer.pace import at_rate, behind_consumers, stamped_as_they_go
from copydesk.shared.arrivals import Arrival
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Reading
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import Topic


class Topics:
    """Takes records until it has `most` of them."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.contents: list[str] = []
        self.most = most

    async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]:
        return asyncio.ensure_future(self._store(value or b""))

    async def _store(self, value: bytes) -> None:
        if len(self.contents) >= self.most:
            raise TimeoutError("the broker is gone")
        self.contents.append(orjson.loads(value)["content"])


def ignore(arrival: Arrival, why: Rejected) -> None:
    """Refusals are counted in the tally."""


def lines(path: Path, count: int) -> str:
    path.write_bytes(b"".join(orjson.dumps({"content": f"{path.stem} {number}"}) + b"\n" for number in range(count)))
    return str(path)


async def publish(folder: Path, topics: Topics, names: list[str], limit: int | None = None) -> FilePublisher:
    memory = Memory(folder / "memory.sqlite")
    publisher = FilePublisher(topics, memory, Reading(), 1_000)
    try:
        await publisher.publish([(name, state_of(name)) for name in names], ignore, limit=limit)
    finally:
        memory.close()
    return publisher


@pytest.mark.parametrize("stops", [[0], [1, 70], [100, 200, 300], [499]])
async def test_a_run_goes_on_where_the_last_one_stopped(tmp_path: Path, stops: list[int]) -> None:
    names = [lines(tmp_path / "a.jsonl", 300), lines(tmp_path / "b.jsonl", 0), lines(tmp_path / "c.txt", 150), lines(tmp_path / "d.jsonl", 50)]
    topics = Topics()
    for stop in stops:
        topics.most = stop
        with pytest.raises(CopydeskError):
            await publish(tmp_path, topics, names)
    topics.most = 1_000_000
    done = await publish(tmp_path, topics, names)
    expected = [f"{name} {number}" for name, count in (("a", 300), ("c", 150), ("d", 50)) for number in range(count)]
    assert sorted(set(topics.contents)) == sorted(expected)
    assert len(topics.contents) < len(expected) + 64 * len(stops) + 1
    assert done.skipped + done.tally.sent == len(expected)
    again = await publish(tmp_path, topics, names)
    assert (again.tally.sent, again.skipped) == (0, len(expected))


async def test_a_limit_is_a_place_to_go_on_from(tmp_path: Path) -> None:
    names = [lines(tmp_path / "a.jsonl", 3), lines(tmp_path / "b.jsonl", 3)]
    topics = Topics()
    for _ in range(3):
        await publish(tmp_path, topics, names, limit=2)
    assert topics.contents == ["a 0", "a 1", "a 2", "b 0", "b 1", "b 2"]


async def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    topics = Topics()
    name = lines(tmp_path / "a.jsonl", 2)
    await publish(tmp_path, topics, [name])
    lines(tmp_path / "a.jsonl", 4)
    await publish(tmp_path, topics, [name])
    assert topics.contents == ["a 0", "a 1", "a 0", "a 1", "a 2", "a 3"]


async def test_addresses_of_a_sitemap_go_to_the_fetcher(tmp_path: Path) -> None:
    sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://Élan.example/a</loc></url><url><loc>ftp://b</loc></url></urlset>"
    (tmp_path / "a.xml").write_text(sitemap)
    sent: list[tuple[str, str | None, bytes | None]] = []

    class Sender(Topics):
        async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]:
            sent.append((topic.name, key, value))
            return asyncio.ensure_future(asyncio.sleep(0))

    memory = Memory(tmp_path / "memory.sqlite")
    publisher = FilePublisher(Sender(), memory, Reading(addresses=True), 1_000)
    await publisher.publish([(str(tmp_path / "a.xml"), None)], ignore)
    memory.close()
    ((topic, key, value),) = sent
    assert (topic, key, orjson.loads(value or b"")["url"]) == ("articles.urls", "xn--lan-9la.example", "https://Élan.example/a")
    assert (publisher.tally.addresses, publisher.tally.refusals.total()) == (1, 1)


async def arriving(sizes: list[int]) -> AsyncIterator[list[Arrival]]:
    for size in sizes:
        yield [Arrival("a", 0, b"", 0, 0)] * size


async def test_consumers_that_lag_hold_it_back() -> None:
    behind = iter([{"tagger": 0}, {"tagger": 101, "sink": 3}, {"tagger": 100}])
    told: list[tuple[str, int]] = []
    looks = 0

    async def lags() -> Mapping[str, int]:
        nonlocal looks
        looks += 1
        return next(behind)

    paced = behind_consumers(arriving([30, 30, 30]), 100, lags, lambda service, lag: told.append((service, lag)))
    assert [len(batch) async for batch in paced] == [30, 30, 30]
    assert (looks, told) == (3, [("tagger", 101)])


async def test_a_rate_cuts_batches_and_loses_nothing() -> None:
    assert sum([len(batch) async for batch in at_rate(arriving([64, 1]), 1_000)]) == 65


async def test_a_record_that_is_held_back_comes_in_when_it_goes_and_in_order() -> None:
    ticks = iter([1_800_000_000.0, 1_800_000_001.0, 1_800_000_000.5])
    parts = [batch async for batch in stamped_as_they_go(at_rate(arriving([1, 1, 1]), 1_000_000), lambda: next(ticks))]
    assert [one.timestamp_ms for part in parts for one in part] == [1_800_000_000_000, 1_800_000_001_000, 1_800_000_001_001]
