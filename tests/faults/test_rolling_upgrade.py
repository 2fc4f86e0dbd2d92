"""From the last release to this tree while articles come: services of both in one pipeline and one group after the other, nothing lost.

The old release is the code of its commit, run by the interpreter of these tests. What CHANGELOG.md says of it holds here: all replicas of a service
are stopped before the first new one starts, those of the deduplicator and its index together.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.sink.settings import SinkSettings
from copydesk.shared.kafka import consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, Topic
from copydesk.shared.topology import ALWAYS, BY_NAME
from tests.checkout import released
from tests.groups import Replicas, Shares, drained_of, replicas
from tests.load import Load
from tests.pipeline import copydesk, fresh_topics

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
LAST = "0.1.0"
STEPS = (("sink",), ("tagger",), ("deduplicator", "index"), ("cleaner",))
ARTICLES = 40
OLD, NEW = 1, 2  # numbers of replicas
ENV = {"COPYDESK_SESSION_TIMEOUT_S": "6"}
CURRENT = "SELECT article_id, title, body, status, duplicate_of FROM articles_current ORDER BY article_id"
ENTITIES = """
SELECT a.article_id, e.type, e.canonical, e.link_id FROM articles_current a JOIN entities e ON e.article = a.id ORDER BY a.article_id, e.position"""


@dataclass
class Upgraded:
    """One service: its replicas of the last release and of this tree."""

    old: Replicas
    new: Replicas

    async def stop_old(self) -> None:
        process = self.old.running.pop(OLD)
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait)


@pytest.mark.parametrize("steps", [STEPS, STEPS[::-1]], ids=["from the end", "from the beginning"])
async def test_one_service_after_the_other(kafka: Settings, tmp_path: Path, steps: Sequence[Sequence[str]]) -> None:
    code = released(LAST, tmp_path / LAST)
    load = Load.of(ARTICLES, tmp_path)
    await fresh_topics(kafka)
    names = [name for step in steps for name in step]
    assert set(names) == set(ALWAYS) - {"gateway"}, "which has no group, and is new"
    with everything(kafka, tmp_path, code, names) as services:
        for service in services.values():
            service.old.start(OLD)
        for service in services.values():
            await service.old.settled(has_all)
        chunks = [Load(load.articles[number :: len(steps) + 1], (), frozenset()) for number in range(len(steps) + 1)]
        for step, chunk in zip(steps, chunks, strict=False):
            await replace_all([services[name] for name in step], chunk, kafka)
            await drained_of(kafka, *names)
        await chunks[-1].feed(kafka)
        await drained_of(kafka, *names)
        database = SinkSettings(home=tmp_path).database
        assert {row[0] for row in ask(database, CURRENT)} | await refused(kafka) == {article["article_id"] for article in load.articles}, "lost"
        await replayed(kafka, names)
        expected = tmp_path / "expected.sqlite"
        assert ask(database, CURRENT) == ask(expected, CURRENT)
        assert ask(database, ENTITIES) == ask(expected, ENTITIES)


async def replace_all(services: Sequence[Upgraded], load: Load, settings: Settings) -> None:
    """Stop the old ones, then start the new ones, while articles come."""
    feeding = asyncio.create_task(load.feed(settings, per_second=5))
    for service in services:
        await service.stop_old()
    for service in services:
        service.new.start(NEW)
    await feeding
    for service in services:
        await service.new.settled(has_all)


def has_all(shares: Shares) -> bool:
    """One replica has all there is."""
    return len(shares) == 1 and all(shares.values())


@contextlib.contextmanager
def everything(settings: Settings, home: Path, code: Path, names: Sequence[str]) -> Iterator[Mapping[str, Upgraded]]:
    before = {**ENV, "PYTHONPATH": str(code)}
    with ExitStack() as stack:
        found = {}
        for name in names:
            old = stack.enter_context(replicas(name, settings, home, before))
            old.module = BY_NAME[name].module.removeprefix("copydesk.")
            found[name] = Upgraded(old, stack.enter_context(replicas(name, settings, home, ENV)))
        yield found


async def replayed(settings: Settings, names: Sequence[str]) -> None:
    """What docs/upgrading.md says to do when all is new."""
    await asyncio.to_thread(copydesk, "replay", "--stage", "cleaner", "--since", "6h", env={"COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers})
    await drained_of(settings, *names)


async def refused(settings: Settings) -> set[str]:
    return {letter["article_id"] for letter in await records(settings, DEADLETTERS)}


async def records(settings: Settings, topic: Topic) -> list[dict[str, Any]]:
    return [orjson.loads(message.value or b"") async for message in consume(settings, (topic,), since="beginning", follow=False)]


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()
