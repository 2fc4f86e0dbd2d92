"""Everything on this machine: the broker, and the services under a supervisor. What `copydesk up`, `down` and `status` do."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from copydesk.services.console.supervisor import plan_file, state_file
from copydesk.shared import processes
from copydesk.shared.admin import create_topics
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL
from copydesk.shared.topology import SERVICES

Say = Callable[[str], None]
READY_PATIENCE_S = 120.0
HOPELESS = 3  # restarts before it was ever ready


@dataclass(frozen=True, slots=True)
class Local:
    """The installation below `settings.home` on this machine."""

    settings: Settings

    @property
    def home(self) -> Path:
        return self.settings.home.resolve()

    @property
    def broker(self) -> LocalBroker:
        largest = max(topic.max_bytes(self.settings.raw_limit) for topic in ALL) + 200_000
        return LocalBroker(self.home, self.settings.broker_port, largest)

    @property
    def _record(self) -> Path:
        return self.home / "run" / "supervisor.json"

    def is_up(self) -> bool:
        return processes.recorded(self._record) is not None

    async def up(self, scale: Mapping[str, int], own_broker: bool, say: Say) -> None:
        """Start the broker (unless the settings name another), topics and services; return when all are ready.

        Raises CopydeskError when something is up already, or when a service does not become ready: its log's end is shown.
        """
        if self.is_up():
            raise CopydeskError("services are running here already", "`copydesk down` stops them")
        if own_broker:
            await asyncio.to_thread(self.broker.start, say)
        say("creating topics")
        await create_topics(self.settings)
        self._plan(scale)
        say("starting services")
        command = [sys.executable, "-P", "-m", "copydesk.services.console.supervisor", str(self.home)]
        processes.spawn(command, self.home / "logs" / "supervisor.log", self._record)
        await asyncio.to_thread(self._await_ready, say)

    def down(self) -> list[str]:
        """Stop the services, then the broker; what was stopped. Services that outlived their supervisor are stopped as well."""
        stopped = ["services"] if processes.stop(self._record, patience_s=180) else []
        for service in SERVICES:
            for record in sorted((self.home / "run").glob(f"{service.name}-*.json")):
                if processes.stop(record):
                    stopped.append(record.stem)
        if self.broker.stop():
            stopped.append("broker")
        return stopped

    def _plan(self, scale: Mapping[str, int]) -> None:
        replicas = []
        for service in reversed(SERVICES):
            for number in range(1, scale.get(service.name, 1) + 1):
                replicas.append({"service": service.name, "number": number, "port": free_ports()})
        env = {"COPYDESK_HOME": str(self.home), "COPYDESK_BOOTSTRAP_SERVERS": self.settings.bootstrap_servers}
        plan_file(self.home).parent.mkdir(parents=True, exist_ok=True)
        plan_file(self.home).write_bytes(orjson.dumps({"env": env, "replicas": replicas}))

    def replicas(self) -> list[dict[str, Any]]:
        """The supervisor's view of each replica, with its health added as `ready`. Empty when nothing is up."""
        try:
            state = orjson.loads(state_file(self.home).read_bytes())
        except FileNotFoundError:
            return []
        return [{**replica, "ready": _is_ready(replica["port"])} for replica in state["replicas"]]

    def _await_ready(self, say: Say) -> None:
        said: set[str] = set()

        def settled() -> bool:
            replicas = self.replicas()
            for name in [_name(replica) for replica in replicas if replica["ready"]]:
                if name not in said:
                    said.add(name)
                    say(f"{name} is ready ({len(said)} of {len(replicas)})")
            # all at the same time: a replica that joins moves partitions, and shards of the index have to be recovered elsewhere
            together = all(replica["ready"] for replica in replicas)
            return bool(replicas) and (together or any(replica["restarts"] >= HOPELESS for replica in replicas))

        processes.wait_until(settled, READY_PATIENCE_S, 0.2)
        missing = [_name(replica) for replica in self.replicas() if not replica["ready"]] or ([] if said else ["supervisor"])
        if missing:
            log = self.home / "logs" / f"{missing[0]}.log"
            raise CopydeskError(f"{missing[0]} does not become ready; the end of {log}:\n{processes.tail(log, 5)}", "`copydesk down` stops the rest")


def _name(replica: Mapping[str, Any]) -> str:
    return f"{replica['service']}-{replica['number']}"


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
