"""Brokers that form one cluster, for what a single one cannot show. Each has a second listener that is reached through a proxy of the test."""

from __future__ import annotations

import random
import subprocess
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import aiokafka

from copydesk.shared import processes
from copydesk.shared.broker import _classpath, _java, free_ports, port_answers
from copydesk.shared.kafka import client_options
from copydesk.shared.settings import Settings
from copydesk.shared.topics import Topic

CONFIG = """\
process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},PROXIED://127.0.0.1:{behind},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},PROXIED://127.0.0.1:{proxy}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor={copies}
offsets.topic.num.partitions=8
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={in_sync}
min.insync.replicas={in_sync}
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=2000
message.max.bytes=8000000
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A broker, and its ports: for all, behind the proxy, the proxy's, the controller's."""

    number: int
    port: int
    behind: int
    proxy: int
    controller: int


class Cluster:
    """Brokers below `folder`, of which each topic has as many copies as there are brokers, up to three."""

    def __init__(self, folder: Path, brokers: int) -> None:
        self.folder, self.copies = folder, min(3, brokers)
        self.nodes = [self._node(number) for number in range(1, brokers + 1)]
        self._java_home = _classpath()

    @staticmethod
    def _node(number: int) -> Node:
        first, second = free_ports(), free_ports()
        return Node(number, first, first + 1, second, second + 1)

    @property
    def settings(self) -> Settings:
        return self._settings(node.port for node in self.nodes)

    @property
    def proxied(self) -> Settings:
        """For clients that reach the brokers through proxies."""
        return self._settings(node.proxy for node in self.nodes)

    def _settings(self, ports: Iterable[int]) -> Settings:
        return Settings(bootstrap_servers=",".join(f"127.0.0.1:{port}" for port in ports), replication_factor=self.copies)

    def start(self) -> None:
        cluster = uuid.uuid4().hex[:22]
        for node in self.nodes:
            config = self._configure(node)
            tool = _java(self._java_home, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(config))
            subprocess.run(tool, check=True, capture_output=True)
        for node in self.nodes:
            self._launch(node)
        for node in self.nodes:
            self._await(node)

    def restart(self, node: Node) -> None:
        """Start a broker that was killed, with what it had stored."""
        self._launch(node)
        self._await(node)

    def kill(self, node: Node) -> None:
        facts = processes.recorded(self._home(node) / "broker.json")
        assert facts is not None
        processes.kill(facts["pid"])

    def stop(self) -> None:
        for node in self.nodes:
            processes.stop(self._home(node) / "broker.json", patience_s=3)  # one that has lost its quorum does not end in order

    async def leader(self, topic: Topic) -> Node:
        """Who leads one of the topic's partitions now."""
        consumer = aiokafka.AIOKafkaConsumer(**client_options(self.settings))
        await consumer.start()
        try:
            cluster = await consumer._client.fetch_all_metadata()
            partition = random.choice(sorted(cluster.partitions_for_topic(topic.name)))
            number = cluster.leader_for_partition(aiokafka.TopicPartition(topic.name, partition))
        finally:
            await consumer.stop()
        return next(node for node in self.nodes if node.number == number)

    def _home(self, node: Node) -> Path:
        return self.folder / f"broker-{node.number}"

    def _configure(self, node: Node) -> Path:
        home = self._home(node)
        home.mkdir(parents=True)
        path = home / "server.properties"
        voters = ",".join(f"{one.number}@127.0.0.1:{one.controller}" for one in self.nodes)
        ports = {"port": node.port, "behind": node.behind, "proxy": node.proxy, "controller": node.controller}
        copies = {"copies": self.copies, "in_sync": max(1, self.copies - 1)}
        path.write_text(CONFIG.format(node=node.number, voters=voters, data=home / "kafka", **ports, **copies))
        return path

    def _launch(self, node: Node) -> None:
        home = self._home(node)
        processes.spawn(_java(self._java_home, "kafka.Kafka", str(home / "server.properties")), home / "broker.log", home / "broker.json")

    def _await(self, node: Node) -> None:
        ready = processes.wait_until(lambda: port_answers(node.port) and port_answers(node.behind), 240)
        assert ready, processes.tail(self._home(node) / "broker.log")
