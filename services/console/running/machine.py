"""Everything on this machine: the broker, and the services under a supervisor. What `copydesk up`, `scale`, `down` and `status` do."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.running import instance
from copydesk.services.console.running import plan as planning
from copydesk.services.console.running.plan import Plan
from copydesk.services.console.running.settings import ConsoleSettings
from copydesk.services.console.running.supervisor import read_state, state_file
from copydesk.shared import processes
from copydesk.shared.admin import cluster_of, create_topics
from copydesk.shared.broker import LocalBroker
from copydesk.shared.errors import CopydeskError
from copydesk.shared.lag import partitions
from copydesk.shared.settings import Settings, load
from copydesk.shared.topics import ALL
from copydesk.shared.topology import SERVICES

READY_PATIENCE_S = 400.0
HOPELESS = 3  # restarts before it was ever ready
COMPLAINT = "error: "  # how the last line of a service begins that ended by a fault which its user can mend


@dataclass(frozen=True, slots=True)
class Local:
    """The installation below `settings.home` on this machine. `base_port` is the first of the services' ports, where it is not a setting."""

    settings: Settings
    base_port: int | None = None

    @property
    def home(self) -> Path:
        return self.settings.home.resolve()

    @property
    def broker(self) -> LocalBroker:
        largest = max(self.settings.max_bytes(topic) for topic in ALL) + 200_000
        return LocalBroker(self.home, self.settings.broker_port, largest)

    @property
    def _record(self) -> Path:
        return self.home / "run" / "supervisor.json"

    def is_up(self) -> bool:
        """Whether the supervisor runs."""
        return processes.recorded(self._record) is not None

    async def up(self, scale: Mapping[str, int], own_broker: bool, say: Say) -> None:
        """Start the broker (unless the settings name another), topics and services; return when all are ready.

        Raises CopydeskError when something is up already, when a setting of any service is wrong, or when a service does not become
        ready: its log's end is shown.
        """
        if self.is_up():
            raise CopydeskError("services are running here already", "`copydesk down` stops them, `copydesk scale` changes how many there are")
        check_settings()
        planning.replicas(scale, 1)
        if left := self._stop_services():
            say(f"stopped {', '.join(left)}, which ran without a supervisor")
        if own_broker:
            await self.start_broker(say)
        say("creating topics")
        await create_topics(self.settings)
        cluster = await cluster_of(self.settings)
        instance.remember(self.settings, cluster)
        plan = self._plan(scale, cluster)
        await self._warn_of_idle(plan, say)
        plan.write(self.home)
        say("starting services")
        command = [sys.executable, "-P", "-m", "copydesk.services.console.running.supervisor", str(self.home)]
        processes.spawn(command, self.home / "logs" / "supervisor.log", self._record)
        await asyncio.to_thread(self._await_ready, plan, say)

    async def start_broker(self, say: Say) -> bool:
        """Start the broker alone, and remember it; False when it was running already."""
        started = await asyncio.to_thread(self.broker.start, say)
        if started and not self.is_up():
            instance.remember(self.settings, await cluster_of(self.settings))
        return started

    async def scale(self, counts: Mapping[str, int], say: Say) -> None:
        """Change how many replicas of some services run; return when the new ones are ready and the others gone. Raises CopydeskError."""
        if not self.is_up():
            raise CopydeskError("no services are running here", "start them with `copydesk up`")
        before = Plan.read(self.home)
        now = {service.name: sum(replica.service == service.name for replica in before.replicas) for service in SERVICES}
        plan = Plan(before.env, before.base_port, before.log_size, before.log_files, planning.replicas({**now, **counts}, before.base_port))
        if taken := planning.taken_ports(set(plan.replicas) - set(before.replicas)):
            raise CopydeskError(f"port {taken[0]} is taken by another program", "stop it, or `copydesk down` and up with COPYDESK_HTTP_BASE_PORT")
        await self._warn_of_idle(plan, say)
        plan.write(self.home)
        await asyncio.to_thread(self._await_ready, plan, say)

    def down(self) -> list[str]:
        """Stop the services, then the broker; what was stopped. Services that outlived their supervisor are stopped as well."""
        stopped = ["services"] if processes.stop(self._record, patience_s=180) else []
        stopped += self._stop_services()
        if self.broker.stop():
            stopped.append("broker")
        instance.forget_instance(self.home)
        return stopped

    def _stop_services(self) -> list[str]:
        """Stop what runs without a supervisor, in the order of the flow."""
        stopped = []
        for service in SERVICES:
            for record in sorted((self.home / "run").glob(f"{service.name}-*.json")):
                if processes.stop(record):
                    stopped.append(record.stem)
        state_file(self.home).unlink(missing_ok=True)
        return stopped

    def _plan(self, scale: Mapping[str, int], cluster: str | None) -> Plan:
        settings = load(ConsoleSettings)
        env = {"COPYDESK_HOME": str(self.home), "COPYDESK_BOOTSTRAP_SERVERS": self.settings.bootstrap_servers}
        base = planning.base_port(scale, self.base_port or settings.http_base_port, "http_base_port" in settings.model_fields_set)
        return Plan(
            {**env, **({"COPYDESK_CLUSTER_ID": cluster} if cluster else {})},
            base, settings.log_size, settings.log_files, planning.replicas(scale, base),
        )  # fmt: skip

    async def _warn_of_idle(self, plan: Plan, say: Say) -> None:
        known = await partitions(self.settings)
        for service in SERVICES:
            count = sum(replica.service == service.name for replica in plan.replicas)
            if count > known[service.name] > 0:
                idle = count - known[service.name]
                say(f"{service.name}: {count} replicas, but {known[service.name]} partitions to share: {idle} of them will have nothing to do")

    def replicas(self) -> list[dict[str, Any]]:
        """The supervisor's view of each replica, with what is so now: `pid` (None: it does not run) and `ready`. Empty when nothing is up."""
        state = [asdict(replica) for replica in read_state(self.home)]
        alive = [{**replica, "pid": self._pid(replica)} for replica in state]
        if not self.is_up() and not any(replica["pid"] for replica in alive):
            return []  # the machine was started anew, or all was killed
        return [{**replica, "ready": replica["pid"] is not None and _is_ready(replica["port"])} for replica in alive]

    def _pid(self, replica: Mapping[str, Any]) -> int | None:
        facts = processes.recorded(self.home / "run" / f"{_name(replica)}.json")
        return None if facts is None else int(facts["pid"])

    def _await_ready(self, plan: Plan, say: Say) -> None:
        """Return when the planned replicas are ready and no others are left. Raises CopydeskError when that is not to be hoped for."""
        said = {_name(replica) for replica in self.replicas() if replica["ready"]}
        wanted = {replica.name for replica in plan.replicas}

        def settled() -> bool:
            replicas = self.replicas()
            ready = {_name(replica) for replica in replicas if replica["ready"]}
            for name in sorted(ready & wanted - said):
                said.add(name)
                say(f"{name} is ready ({len(said & wanted)} of {len(wanted)})")
            # all at the same time: a replica that joins moves partitions, and shards of the index have to be recovered elsewhere
            together = wanted == {_name(replica) for replica in replicas} == ready
            return together or bool(self._hopeless(replicas, said))

        processes.wait_until(settled, READY_PATIENCE_S, 0.2)
        replicas = self.replicas()
        missing = self._hopeless(replicas, said) + sorted(wanted - {_name(replica) for replica in replicas if replica["ready"]})
        if missing:
            log = self.home / "logs" / f"{missing[0] if said or self.replicas() else 'supervisor'}.log"
            raise CopydeskError(f"{missing[0]} does not become ready; the end of {log}:\n{processes.tail(log, 5)}", "`copydesk down` stops the rest")

    def _hopeless(self, replicas: Sequence[Mapping[str, Any]], ready: set[str]) -> list[str]:
        """Replicas that will not become ready: their settings are wrong, as they said when they ended, or they ended again and again."""
        return [_name(replica) for replica in replicas if _name(replica) not in ready and self._is_hopeless(replica)]

    def _is_hopeless(self, replica: Mapping[str, Any]) -> bool:
        complains = replica["restarts"] and processes.tail(self.home / "logs" / f"{_name(replica)}.log", 1).startswith(COMPLAINT)
        return bool(replica["failed"] or complains or replica["restarts"] >= HOPELESS)


def check_settings() -> None:
    """Look at the settings of all services, and at what they name, before any of them starts. Raises CopydeskError that says what is wrong."""
    load(ConsoleSettings)
    for service in SERVICES:
        load(service.settings()).require_what_they_name()


def _name(replica: Mapping[str, Any]) -> str:
    return f"{replica['service']}-{replica['number']}"


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
