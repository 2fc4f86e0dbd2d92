"""A real broker and real services for tests: the same code as `make run`."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import subprocess
import sys
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiokafka
import orjson
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from aiokafka.protocol.group import LeaveGroupRequest

from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.plan import free_base
from copydesk.services.sink.settings import SinkSettings
from copydesk.shared import processes
from copydesk.shared.admin import create_topics
from copydesk.shared.archive.dump import dump
from copydesk.shared.configs import alter, configs_of
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message, client_options, consume
from copydesk.shared.lag import lags
from copydesk.shared.settings import ServiceSettings, Settings
from copydesk.shared.topics import ALL, RAW, Topic

SESSION = {"COPYDESK_SESSION_TIMEOUT_S": "6"}
PATIENCE_S = 400.0
_changes = itertools.count()


async def fresh_topics(settings: Settings) -> None:
    """Delete all topics with their offsets and create them again; groups have no members then."""
    async with _admin(settings) as admin:
        await _without_members(admin)
        names = {topic.name for topic in ALL}
        while present := names & set(await admin.list_topics()):
            await admin.delete_topics(sorted(present))
            await asyncio.sleep(0.1)
    await create_topics(settings.model_copy(update={"delivery_timeout_s": PATIENCE_S}))


async def without_topic(settings: Settings, topic: Topic) -> None:
    """Delete one topic; it is gone then."""
    async with _admin(settings) as admin:
        while topic.name in await admin.list_topics():
            await admin.delete_topics([topic.name])
            await asyncio.sleep(0.1)


async def without_members(settings: Settings) -> None:
    """Let all groups forget members that were killed."""
    async with _admin(settings) as admin:
        await _without_members(admin)


def of_a_service(settings: Settings) -> ServiceSettings:
    """The settings of a service on these brokers."""
    return ServiceSettings(bootstrap_servers=settings.bootstrap_servers)


async def _without_members(admin: Any) -> None:
    """A member that was killed stays until its session ends, and until then whoever comes has to wait for it."""
    async with asyncio.timeout(PATIENCE_S):
        while members := await _members(admin):
            for group, member in members:
                await admin._send_request(LeaveGroupRequest(group, member), await admin.find_coordinator(group))


async def _members(admin: Any) -> list[tuple[str, str]]:
    """Group and id of each. A broker that has just begun says for a moment that it still loads its groups."""
    found = []
    for name, *_ in await _once_loaded(admin.list_consumer_groups):
        (response,) = await admin.describe_consumer_groups([name])  # one by one: aiokafka cannot read an answer about several
        found += [(name, member[0]) for group in response.groups for member in group[5]]
    return found


async def _once_loaded(ask: Callable[[], Awaitable[Any]]) -> Any:
    while True:
        try:
            return await ask()
        except KafkaError as error:
            if not error.retriable:
                raise
            await asyncio.sleep(0.1)


async def change(settings: Settings, topic: Topic, configs: Mapping[str, str]) -> None:
    """Change settings of a topic; its log goes by them then."""
    await _altered(settings, topic, configs)
    await put_to_work(settings)


async def put_to_work(settings: Settings) -> None:
    """Wait until what a broker has confirmed, and shows, is also what it goes by: it takes one change after the other, so the next one shows last."""
    await _altered(settings, RAW, {"index.interval.bytes": str(4_097 + next(_changes))})


async def _altered(settings: Settings, topic: Topic, configs: Mapping[str, str]) -> None:
    async with _admin(settings) as admin:
        await alter(admin, {topic.name: configs})
        while (await configs_of(admin, [topic.name], list(configs)))[topic.name] != configs:
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def _admin(settings: Settings) -> AsyncIterator[Any]:
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


@dataclass
class Pipeline:
    """Services that run on the test's broker, and what can be asked of them."""

    local: Local

    @property
    def settings(self) -> Settings:
        return self.local.settings

    @property
    def database(self) -> Path:
        return SinkSettings(home=self.local.home).database

    def rows(self) -> list[str]:
        """All that the sink holds, in an order of its own."""
        return list(dump(self.database))

    def produce(self, *inputs: Path) -> None:
        copydesk("produce", *map(str, inputs), env={"COPYDESK_BOOTSTRAP_SERVERS": self.settings.bootstrap_servers})

    async def drained(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until every service has committed all that there is."""
        async with asyncio.timeout(patience_s):
            quiet = 0
            while quiet < 3:  # a stage that has just committed may have written for the next
                try:
                    quiet = 0 if any((await lags(self.settings)).values()) else quiet + 1
                except UnavailableError:  # some broker is on its way out or in
                    quiet = 0
                await asyncio.sleep(0.3)

    async def read(self, *topics: Topic) -> list[Message]:
        return [message async for message in consume(self.settings, topics, since="beginning", follow=False)]

    def metrics(self, service: str, number: int = 1) -> dict[str, float]:
        """Metrics of one replica of a service, by name and labels."""
        port = next(replica["port"] for replica in self.local.replicas() if (replica["service"], replica["number"]) == (service, number))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
            lines = answer.read().decode().splitlines()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}

    def kill(self, service: str, number: int = 1) -> None:
        """kill -9 of one replica; the supervisor starts it again."""
        facts = processes.recorded(self.local.home / "run" / f"{service}-{number}.json")
        assert facts is not None, f"{service}-{number} is not running"
        processes.kill(facts["pid"])


@contextlib.asynccontextmanager
async def pipeline(
    settings: Settings, home: Path, scale: Mapping[str, int] | None = None, env: Mapping[str, str] | None = None
) -> AsyncIterator[Pipeline]:
    """All services, ready; stopped at the end."""
    here = settings.model_copy(update={"home": home})
    local = Local(here, base_port=free_base())
    wanted = {**SESSION, **(env or {})}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        await local.up(scale or {}, own_broker=False, say=lambda line: None)
        yield Pipeline(local)
    finally:
        await asyncio.to_thread(local.down)
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


async def until_stored(settings: Settings, topic: Topic, count: int) -> None:
    """Wait until a topic holds that many records."""
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings))
    await consumer.start()
    try:
        partitions = [aiokafka.TopicPartition(topic.name, number) for number in range(settings.partitions)]
        while sum((await consumer.end_offsets(partitions)).values()) < count:
            await asyncio.sleep(0.1)
    finally:
        await consumer.stop()


def copydesk(
    *arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b"", codes: Sequence[int] = (0, 3)
) -> subprocess.CompletedProcess[bytes]:
    """The command line as a person calls it; fails the test when it ends with another exit code."""
    command = [sys.executable, "-m", "copydesk.services.console", *arguments]
    done = subprocess.run(command, capture_output=True, input=stdin, env={**os.environ, **(env or {})}, check=False, timeout=600)
    assert done.returncode in codes, done.stderr.decode()
    return done


def enrich(*inputs: Path, stages: str = "clean,dedup,tag", env: Mapping[str, str] | None = None) -> list[bytes]:
    """Lines of `copydesk enrich`."""
    return copydesk("enrich", "--stages", stages, *map(str, inputs), env=env).stdout.splitlines()


def write_lines(path: Path, records: Sequence[Mapping[str, Any]]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path
