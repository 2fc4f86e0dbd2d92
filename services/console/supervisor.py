"""`python -m copydesk.services.console.supervisor`: keeps the services of `copydesk up` running, and starts a dead one again.

It reads the plan (run/plan.json below home), writes its state (run/state.json) whenever that changes, and on SIGTERM
stops the services in the order of the flow, so that each can finish what it has.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from copydesk.shared import processes
from copydesk.shared.topology import BY_NAME, SERVICES

LOOK_S = 0.3
LONGEST_PAUSE_S = 15.0
STEADY_S = 30.0  # a service that ran this long starts again at once
STOP_PATIENCE_S = 30.0


@dataclass(slots=True)
class Replica:
    """One process to keep running."""

    service: str
    number: int
    port: int
    pid: int | None = None
    restarts: int = 0
    started: float = 0.0
    due: float = 0.0

    @property
    def name(self) -> str:
        return f"{self.service}-{self.number}"


class Supervisor:
    """Starts, watches and stops the replicas of a plan."""

    def __init__(self, home: Path) -> None:
        self.home = home
        plan = orjson.loads(plan_file(home).read_bytes())
        self.env: dict[str, str] = plan["env"]
        self.replicas = [Replica(**replica) for replica in plan["replicas"]]
        self.stopping = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        for replica in self.replicas:
            self._start(replica)
        self._write_state()
        while not self.stopping:
            self._look()
            time.sleep(LOOK_S)
        self._stop()

    def _on_signal(self, *_: object) -> None:
        self.stopping = True

    def _record(self, replica: Replica) -> Path:
        return self.home / "run" / f"{replica.name}.json"

    def _start(self, replica: Replica) -> None:
        env = {
            **self.env,
            "COPYDESK_REPLICA": replica.name,
            "COPYDESK_STATIC_MEMBERSHIP": "true",
            "COPYDESK_HTTP_PORT": str(replica.port),
            "COPYDESK_HTTP_HOST": "127.0.0.1",
            "COPYDESK_RESTARTS": str(replica.restarts),
        }
        command = [sys.executable, "-P", "-m", BY_NAME[replica.service].module]
        replica.pid = processes.spawn(command, self.home / "logs" / f"{replica.name}.log", self._record(replica), env)
        replica.started = time.time()

    def _look(self) -> None:
        changed = False
        for replica in self.replicas:
            if replica.pid is not None and processes.recorded(self._record(replica)) is None:
                replica.pid, changed = None, True
                steady = time.time() - replica.started > STEADY_S
                replica.due = time.time() + (0 if steady else min(LONGEST_PAUSE_S, 0.5 * 2 ** min(replica.restarts, 6)))
            if replica.pid is None and time.time() >= replica.due and not self.stopping:
                replica.restarts += 1
                self._start(replica)
                changed = True
        self._reap()
        if changed:
            self._write_state()

    def _reap(self) -> None:
        """Collect ended children, so that none stays a zombie."""
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return

    def _write_state(self) -> None:
        target = state_file(self.home)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(orjson.dumps({"supervisor": os.getpid(), "replicas": [asdict(replica) for replica in self.replicas]}))
        fresh.replace(target)

    def _stop(self) -> None:
        for service in SERVICES:
            for replica in self.replicas:
                if replica.service == service.name:
                    processes.stop(self._record(replica), STOP_PATIENCE_S)
        state_file(self.home).unlink(missing_ok=True)


def plan_file(home: Path) -> Path:
    return home / "run" / "plan.json"


def state_file(home: Path) -> Path:
    return home / "run" / "state.json"


if __name__ == "__main__":
    Supervisor(Path(sys.argv[1])).run()
