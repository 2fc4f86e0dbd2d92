"""A real broker that lets nobody in without TLS, a password or both: one listener for each way, as a cluster of a firm has them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from copydesk.shared import processes
from copydesk.shared.broker import _classpath, _java, free_ports, port_answers
from tests.data import ROOT

USER, PASSWORD = "desk", "a-long-secret"
SCRIPT = ROOT / "docs" / "examples" / "certificates.sh"

CONFIG = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{plaintext},SSL://127.0.0.1:{ssl},SASL_PLAINTEXT://127.0.0.1:{sasl_plaintext},SASL_SSL://127.0.0.1:{sasl_ssl},\
CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
ssl.keystore.type=PEM
ssl.keystore.location={folder}/broker.pem
log.dirs={folder}/kafka
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=2
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
"""


@dataclass(frozen=True, slots=True)
class SecuredBroker:
    """Below `folder`; `ports` by the name of the security protocol, `authority` is the certificate to trust."""

    folder: Path
    ports: dict[str, int]

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    def stop(self) -> None:
        processes.stop(self.folder / "broker.json")


def start(folder: Path) -> SecuredBroker:
    """A started broker. Its certificates are made as the documentation says."""
    subprocess.run(["bash", str(SCRIPT), "127.0.0.1"], cwd=folder, check=True, capture_output=True)
    names = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL", "CONTROLLER")
    ports = {name: free_ports() for name in names}
    config = folder / "server.properties"
    config.write_text(CONFIG.format(folder=folder, **{name.lower(): port for name, port in ports.items()}))
    scram = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
    classpath = _classpath()
    tool = _java(classpath, "kafka.tools.StorageTool", "format", "-t", "c2VjdXJlZC1jbHVzdGVyLQ", "-c", str(config), "--add-scram", scram)
    subprocess.run(tool, check=True, capture_output=True)
    processes.spawn(_java(classpath, "kafka.Kafka", str(config)), folder / "broker.log", folder / "broker.json")
    assert processes.wait_until(lambda: all(port_answers(port) for port in ports.values()), 400), processes.tail(folder / "broker.log")
    return SecuredBroker(folder, ports)
