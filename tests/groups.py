"""Services without a supervisor: replicas of one, who of them holds what, as the broker tells it, and what they say of themselves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment
from aiokafka.errors import GroupCoordinatorNotAvailableError

from copydesk.shared.kafka import client_options, producer
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic
from copydesk.shared.topology import BY_NAME

PATIENCE_S = 400.0
Shares = dict[str, set[tuple[str, int]]]  # topic and partition, by member


@dataclass
class Replicas:
    """Processes of one service, by number. Their logs are below `home`. `within`: a command that ends by executing the one behind it.
    `module`: what is run in place of the service's own."""

    service: str
    settings: Settings
    home: Path
    env: Mapping[str, str] = field(default_factory=dict)
    within: Sequence[str] = ()
    module: str = ""
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, number: int) -> None:
        env = {
            **os.environ,
            "COPYDESK_HOME": str(self.home),
            "COPYDESK_BOOTSTRAP_SERVERS": self.settings.bootstrap_servers,
            "COPYDESK_HTTP_PORT": "0",
            "COPYDESK_REPLICA": f"{self.service}-{number}",
            **self.env,
        }
        log = self.home / f"{self.service}-{number}.log"
        with log.open("ab") as out:
            self.running[number] = subprocess.Popen(
                [*self.within, sys.executable, "-P", "-m", self.module or BY_NAME[self.service].module], env=env, stdout=out, stderr=out
            )

    def signal(self, number: int, what: signal.Signals) -> None:
        self.running[number].send_signal(what)

    def kill(self, number: int) -> None:
        process = self.running.pop(number)
        process.kill()
        process.wait()

    def is_alive(self, number: int) -> bool:
        return self.running[number].poll() is None

    async def shares(self) -> Shares:
        """What the broker says of the group; empty while it is rebalancing."""
        admin = AIOKafkaAdminClient(**client_options(self.settings))
        await admin.start()
        try:
            (response,) = await admin.describe_consumer_groups([BY_NAME[self.service].group])
        except GroupCoordinatorNotAvailableError:
            return {}
        finally:
            await admin.close()
        ((_, _, state, _, _, members),) = [group[:6] for group in response.groups]
        if state != "Stable":
            return {}
        return {member[0]: _partitions(member[-1]) for member in members}

    async def settled(self, wanted: Callable[[Shares], bool], patience_s: float = PATIENCE_S) -> Shares:
        """The shares as soon as they are as wanted."""
        async with asyncio.timeout(patience_s):
            while not wanted(shares := await self.shares()):
                await asyncio.sleep(0.1)
        return shares


@contextlib.contextmanager
def module_running(module: str, settings: Settings, home: Path, **env: str) -> Iterator[subprocess.Popen[bytes]]:
    """A module as a process until the end; its log is `home`/log."""
    here = {"COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HOME": str(home), "COPYDESK_HTTP_PORT": "0"}
    with (home / "log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", module], env={**os.environ, **here, **env}, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def put_in_order(settings: Settings, topic: Topic, values: Sequence[bytes | None], headers: Mapping[str, str] | None = None) -> None:
    """All into one partition. Before a service starts: so are its batches full."""
    async with producer(settings) as sender:
        await asyncio.gather(*[await sender.send(topic, "k", value, headers, partition=0) for value in values])


async def suspend(process: psutil.Process) -> None:
    """SIGSTOP; returns once each of its threads stands still. Until then one of them may still answer: milliseconds, seen once."""
    process.suspend()
    async with asyncio.timeout(PATIENCE_S):
        while not _stands_still(process.pid):
            await asyncio.sleep(0.01)


def _stands_still(pid: int) -> bool:
    try:
        states = {psutil.Process(thread.id).status() for thread in psutil.Process(pid).threads()}
    except psutil.NoSuchProcess:  # a thread ended meanwhile
        return False
    return states == {psutil.STATUS_STOPPED}


def health_status(port: int, path: str = "/health") -> int:
    """Of /health, /health/live or /health/ready; 0 while nothing listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


async def drained_of(settings: Settings, *services: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until these services have committed all that there is."""
    async with asyncio.timeout(patience_s):
        quiet = 0
        while quiet < 5:  # a stage that has just committed may have written for the next
            behind = await lags(settings)
            quiet = quiet + 1 if not any(behind[service] for service in services) else 0
            await asyncio.sleep(0.3)


def _partitions(assignment: bytes) -> set[tuple[str, int]]:
    decoded = ConsumerProtocolMemberAssignment.decode(assignment)
    return {(topic, partition) for topic, partitions in decoded.assignment for partition in partitions}


@contextlib.contextmanager
def replicas(service: str, settings: Settings, home: Path, env: Mapping[str, str] | None = None, within: Sequence[str] = ()) -> Iterator[Replicas]:
    """None runs at first; all that run at the end are killed."""
    group = Replicas(service, settings, home, env or {}, within)
    try:
        yield group
    finally:
        for number in list(group.running):
            group.kill(number)
