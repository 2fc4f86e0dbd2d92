"""Every fault, as what is done to a running pipeline. Tests do it under load and compare tables, `measure.py` measures it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import resource
import signal
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from copydesk.shared import processes
from copydesk.shared.broker import LocalBroker
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, ENRICHED
from copydesk.shared.topology import ALWAYS, BY_NAME
from tests.cluster import Cluster
from tests.groups import replicas
from tests.load import Arrivals, Load
from tests.pipeline import Pipeline, fresh_topics, pipeline
from tests.proxy import Cut, Proxy

PATIENCE_S = 900.0
QUICK_MODEL = {"COPYDESK_TAGGER_MODEL": "fast"}  # what it finds is not the matter here; the work of the accurate one is half of each test
SESSION_S = 6.0  # as tests/pipeline.py sets it
PAUSE_S = 3 * SESSION_S
DELIVERY_S = 5.0
BROKER_AWAY_S = 6 * DELIVERY_S
TEN_MINUTES_S = 600.0
CUT_S = 3 * DELIVERY_S
REBALANCES, REBALANCE_S = 12, 10.0
STEADY = 8.0  # articles a second, where a fault goes on for a while: at once, the first services would be done before it begins
BEGUN = 8  # articles that have arrived when what concerns all services begins
UNLIMITED = resource.RLIM_INFINITY


@dataclass
class Scene:
    """What a fault is done to."""

    services: Pipeline
    arrivals: Arrivals
    broker: LocalBroker | None = None
    cluster: Cluster | None = None
    proxy: Proxy | None = None
    feeding: asyncio.Task[None] | None = None


@dataclass(frozen=True)
class Fault:
    """`name` stands in the table of measurements. `do` begins it, and returns when it is over.

    `scale` and `env` are what the pipeline runs with. `brokers` asks for a cluster of its own, `proxied` for a service of it that reaches the
    brokers through a proxy. `calm`: no service may have been restarted. `per_second`: fed so, and not all at once.
    """

    name: str
    do: Callable[[Scene], Awaitable[None]]
    scale: Mapping[str, int] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    brokers: int = 0
    proxied: str = ""
    calm: bool = False
    per_second: float | None = None


@dataclass(frozen=True)
class Outcome:
    """Seconds without an article of some partition after the fault began, and records beyond one of an article on articles.enriched."""

    silence_s: float
    twice: int


async def survive(fault: Fault, load: Load, settings: Settings, home: Path, places: Places, per_second: float | None = None) -> Outcome:
    """Do it under load. Nothing is lost, the lag goes back to zero by itself, the tables are those of a run without faults."""
    async with _scene(fault, settings, home, places) as scene:
        scene.feeding = asyncio.create_task(load.feed(scene.services.settings, fault.per_second or per_second))
        async with asyncio.timeout(PATIENCE_S + PAUSE_S):
            began = time.monotonic()
            await fault.do(scene)
            await scene.feeding
        await scene.services.drained(PATIENCE_S)
        await asyncio.sleep(2 * SESSION_S / 10)  # what arrived last is seen
        if fault.calm:
            assert not [replica for replica in scene.services.local.replicas() if replica["restarts"]]
        await load.require_same(scene.services)
        enriched = await scene.services.read(ENRICHED)
        partitions = {(message.key or b"").decode(): message.partition for message in enriched}
        twice = Counter(message.key for message in enriched).total() - len(partitions)
        return Outcome(scene.arrivals.silence_s(began, partitions), twice)


@dataclass
class Places:
    """The brokers of the tests: the one that all share, and clusters by their number of brokers, started when they are first asked for."""

    broker: LocalBroker
    folder: Path
    clusters: dict[int, Cluster] = field(default_factory=dict)

    def cluster(self, brokers: int) -> Cluster:
        if brokers not in self.clusters:
            self.clusters[brokers] = Cluster(self.folder / f"cluster-{brokers}", brokers)
            self.clusters[brokers].start()
        return self.clusters[brokers]

    def stop(self) -> None:
        for cluster in self.clusters.values():
            cluster.stop()


@contextlib.asynccontextmanager
async def _scene(fault: Fault, settings: Settings, home: Path, places: Places) -> AsyncIterator[Scene]:
    cluster = await asyncio.to_thread(places.cluster, fault.brokers) if fault.brokers else None
    here = cluster.settings if cluster else settings
    env = {**QUICK_MODEL, **fault.env, "COPYDESK_REPLICATION_FACTOR": str(here.replication_factor)}
    await fresh_topics(here)
    async with contextlib.AsyncExitStack() as stack:
        proxy = None
        if fault.proxied and cluster:
            (node,) = cluster.nodes
            proxy = await stack.enter_async_context(Proxy(node.proxy, node.behind))
        services = await stack.enter_async_context(pipeline(here, home, {**fault.scale, **({fault.proxied: 0} if proxy else {})}, env))
        if proxy and cluster:
            alone = stack.enter_context(replicas(fault.proxied, cluster.proxied, services.local.home))
            alone.start(1)
            await alone.settled(lambda shares: len(shares) == 1, PATIENCE_S)
        arrivals = Arrivals(services.database)
        await stack.enter_async_context(arrivals.watched())
        yield Scene(services, arrivals, places.broker, cluster, proxy)


def kill(*names: str, times: int = 1) -> Callable[[Scene], Awaitable[None]]:
    """kill -9 of replicas, such as `tagger-1`, all at once while the first of them holds records; the supervisor starts them again."""

    async def do(scene: Scene) -> None:
        for number in range(times):
            await _holding(scene.services, names[0], restarts=number)
            for name in names:
                psutil.Process(_pid(scene.services, name)).kill()

    return do


def pause(*names: str) -> Callable[[Scene], Awaitable[None]]:
    """SIGSTOP of replicas, all at once while the first of them holds records, for three sessions; then they go on where they were."""

    async def do(scene: Scene) -> None:
        await _holding(scene.services, names[0])
        asleep = [psutil.Process(_pid(scene.services, name)) for name in names]
        for process in asleep:
            process.suspend()
        await asyncio.sleep(PAUSE_S)
        for process in asleep:
            process.resume()

    return do


async def restart_broker(scene: Scene) -> None:
    await _broker_away(scene, 1.0)


async def lose_broker(scene: Scene) -> None:
    await _broker_away(scene, BROKER_AWAY_S)


async def lose_broker_for_long(scene: Scene) -> None:
    await _broker_away(scene, TEN_MINUTES_S)


async def _broker_away(scene: Scene, away_s: float) -> None:
    assert scene.broker is not None
    await scene.arrivals.at_least(BEGUN)
    scene.broker.kill()
    await asyncio.sleep(away_s)
    there = scene.services.local.replicas()
    assert all(_is_live(replica["port"]) for replica in there), "to wait is not to stall"
    assert away_s < BROKER_AWAY_S or not all(replica["ready"] for replica in there)
    await asyncio.to_thread(scene.broker.start)


async def kill_leader(scene: Scene) -> None:
    """Of three brokers one that leads a partition; all work is done before it comes back."""
    assert scene.cluster is not None
    assert scene.feeding is not None
    await scene.arrivals.at_least(BEGUN)
    leader = await scene.cluster.leader(CLEANED)
    scene.cluster.kill(leader)
    await scene.feeding
    await scene.services.drained(PATIENCE_S)
    await asyncio.to_thread(scene.cluster.restart, leader)


async def kill_two(scene: Scene) -> None:
    """Two of three brokers: nothing can be stored, since a record needs two copies. Then both come back."""
    assert scene.cluster is not None
    await scene.arrivals.at_least(BEGUN)
    gone = scene.cluster.nodes[:2]
    for node in gone:
        scene.cluster.kill(node)
    await asyncio.sleep(BROKER_AWAY_S)
    assert all(_is_live(replica["port"]) for replica in scene.services.local.replicas()), "to wait is not to stall"
    for node in gone:
        await asyncio.to_thread(scene.cluster.restart, node)


def cut(how: Cut) -> Callable[[Scene], Awaitable[None]]:
    """The network between one service and the broker."""

    async def do(scene: Scene) -> None:
        assert scene.proxy is not None
        await scene.arrivals.at_least(BEGUN)
        await scene.proxy.cut(how)
        await asyncio.sleep(CUT_S)
        scene.proxy.mend()

    return do


def fill_disk(name: str, room: int) -> Callable[[Scene], Awaitable[None]]:
    """No file of a replica may grow beyond so many bytes: a write fails, as on a full disk. When it has waited for a while there is room again."""

    async def do(scene: Scene) -> None:
        process = psutil.Process(_pid(scene.services, name))
        process.rlimit(psutil.RLIMIT_FSIZE, (room, UNLIMITED))
        while _is_ready(scene.services, name):
            await asyncio.sleep(0.2)
        await asyncio.sleep(DELIVERY_S)
        assert "cannot be written" in (scene.services.local.home / "logs" / f"{name}.log").read_text()
        process.rlimit(psutil.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))

    return do


async def rebalance(scene: Scene) -> None:
    """A replica more of one service after the other, and one less, every ten seconds."""
    counts = Counter(dict.fromkeys(CONSUMERS, 1))
    for service in itertools.islice(itertools.cycle(CONSUMERS), REBALANCES):
        due = time.monotonic() + REBALANCE_S
        counts[service] = 3 - counts[service]
        await scene.services.local.scale(counts, say=lambda line: None)
        await asyncio.sleep(due - time.monotonic())


async def restart_all(scene: Scene) -> None:
    """SIGTERM of one replica after the other, each when the last one is ready again."""
    await scene.arrivals.at_least(BEGUN)
    for replica in scene.services.local.replicas():
        name = f"{replica['service']}-{replica['number']}"
        psutil.Process(replica["pid"]).send_signal(signal.SIGTERM)
        while _pid_or_none(scene.services, name) in (None, replica["pid"]) or not _is_ready(scene.services, name):
            await asyncio.sleep(0.2)


async def _holding(services: Pipeline, name: str, restarts: int = 0) -> None:
    """Wait until a replica, restarted so often, holds records that it has not acknowledged."""
    service, _, number = name.rpartition("-")
    label = f'{{service="{service}"}}'
    while True:
        with contextlib.suppress(OSError, KeyError):  # it is being started again
            metrics = services.metrics(service, int(number))
            if metrics[f"copydesk_in_flight_records{label}"] and metrics[f"copydesk_restarts{label}"] >= restarts:
                return
        await asyncio.sleep(0.01)


def _pid_or_none(services: Pipeline, name: str) -> int | None:
    facts = processes.recorded(services.local.home / "run" / f"{name}.json")
    return None if facts is None else int(facts["pid"])


def _pid(services: Pipeline, name: str) -> int:
    pid = _pid_or_none(services, name)
    assert pid is not None, f"{name} is not running"
    return pid


def _is_ready(services: Pipeline, name: str) -> bool:
    return any(replica["ready"] for replica in services.local.replicas() if f"{replica['service']}-{replica['number']}" == name)


def _is_live(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=30) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return False


QUICK = {"COPYDESK_DELIVERY_TIMEOUT_S": f"{DELIVERY_S:g}"}  # the brokers count as unavailable so soon: what takes minutes by default takes seconds
TWO_EACH = dict.fromkeys(ALWAYS, 2)
CONSUMERS = tuple(name for name in ALWAYS if BY_NAME[name].reads)  # those that hold records: the gateway, which has no group, has none to lose
SILENT, RESET = cut("silent"), cut("reset")

LONG = Fault("the broker gone for ten minutes", lose_broker_for_long, calm=True, per_second=STEADY)  # measured; no test, for its length
FAULTS = (
    *(Fault(f"kill -9 of the only {service}, twice", kill(f"{service}-1", times=2)) for service in CONSUMERS),
    Fault("kill -9 of one of three taggers", kill("tagger-2"), {"tagger": 3}),
    Fault("kill -9 of two of three taggers at once", kill("tagger-1", "tagger-2"), {"tagger": 3}),
    Fault("kill -9 of both indexes and a deduplicator at once", kill("deduplicator-1", "index-1", "index-2"), {"index": 2, "deduplicator": 2}),
    *(Fault(f"SIGSTOP of one of two, {service}, for three sessions", pause(f"{service}-1"), {service: 2}) for service in CONSUMERS),
    Fault("SIGSTOP of the only deduplicator and index at once", pause("deduplicator-1", "index-1")),
    Fault("the broker killed, restarted after a second", restart_broker, calm=True, per_second=STEADY),
    Fault("the broker gone for six times the delivery timeout", lose_broker, env=QUICK, calm=True, per_second=STEADY),
    Fault("three brokers, one leader killed", kill_leader, brokers=3, calm=True, per_second=STEADY),
    Fault("two of three brokers killed", kill_two, env=QUICK, brokers=3, calm=True, per_second=STEADY),
    Fault("network of the cleaner reset", RESET, env=QUICK, brokers=1, proxied="cleaner", per_second=STEADY),
    Fault("network of the deduplicator cut", SILENT, env=QUICK, brokers=1, proxied="deduplicator", per_second=STEADY),
    Fault("network of the index cut", SILENT, env=QUICK, brokers=1, proxied="index", per_second=STEADY),
    Fault("network of the tagger cut", SILENT, env=QUICK, brokers=1, proxied="tagger", per_second=STEADY),
    Fault("network of the sink reset", RESET, env=QUICK, brokers=1, proxied="sink", per_second=STEADY),
    Fault("full disk under the sink", fill_disk("sink-1", 200_000), calm=True),
    Fault("full disk under the index", fill_disk("index-1", 20_000), calm=True),
    Fault("a rebalance every 10 s for two minutes", rebalance, per_second=1.4),
    Fault("every replica restarted in turn, two of each", restart_all, TWO_EACH, per_second=STEADY),
)
