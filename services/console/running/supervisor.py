"""`python -m copydesk.services.console.running.supervisor`: keeps the services of `copydesk up` running, and starts a dead one again.

It follows the plan (run/plan.json below home), writes its state (run/state.json) whenever that changes, logs who started and died, when,
of what, and what it did about it, keeps logs small, and on SIGTERM stops the services in the order of the flow, so that each can finish
what it has.
"""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from subprocess import Popen

import orjson
from pydantic import TypeAdapter, ValidationError

from copydesk.services.console.running import plan as planning
from copydesk.services.console.running.plan import Plan, Planned
from copydesk.services.console.running.rotation import rotate
from copydesk.shared import processes
from copydesk.shared.errors import CopydeskError
from copydesk.shared.runner import logs
from copydesk.shared.settings import ServiceSettings, load
from copydesk.shared.topology import BY_NAME, SERVICES

LOOK_S = 0.3
LONGEST_PAUSE_S = 15.0
STEADY_S = 30.0  # a service that ran this long starts again at once
STOP_PATIENCE_S = 30.0
WRONG_SETTINGS = 2  # the exit code of a service that need not be started again as it is


@dataclass(slots=True)
class Replica:
    """One process to keep running. `ended` is how it ended last; one that `failed` is not started again, one that is `leaving` was asked to go."""

    service: str
    number: int
    port: int
    pid: int | None = None
    restarts: int = 0
    started: float = 0.0
    due: float = 0.0
    ended: str = ""
    failed: bool = False
    leaving: bool = False

    @property
    def name(self) -> str:
        return f"{self.service}-{self.number}"


class Supervisor:
    """Starts, watches and stops the replicas of the plan."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.stopping = False
        self._processes: dict[str, Popen[bytes]] = {}
        self._replicas: dict[str, Replica] = {}
        self._planned = 0
        self.plan: Plan

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        while not self.stopping:
            if self._follow() | self._look():
                self._write_state()
            rotate(self.home / "logs", self.plan.log_size, self.plan.log_files)
            time.sleep(LOOK_S)
        self._stop()

    def _on_signal(self, *_: object) -> None:
        self.stopping = True

    def _record(self, replica: Replica) -> Path:
        return self.home / "run" / f"{replica.name}.json"

    def _follow(self) -> bool:
        """Take over a plan that has changed."""
        written = planning.file(self.home).stat().st_mtime_ns
        if written == self._planned:
            return False
        try:
            self._planned, self.plan = written, Plan.read(self.home)
        except CopydeskError as error:
            if not self._planned:
                raise
            self._planned = written
            logs.logger().error("the plan cannot be read, the last one stands", error=str(error))
            return False
        wanted = {replica.name: replica for replica in self.plan.replicas}
        for name, replica in wanted.items():
            self._want(name, replica)
        for name in self._replicas.keys() - wanted.keys():
            self._dismiss(self._replicas[name])
        return True

    def _want(self, name: str, planned: Planned) -> None:
        known = self._replicas.setdefault(name, Replica(planned.service, planned.number, planned.port))
        known.leaving = False  # one that is on its way out starts again when it is gone

    def _dismiss(self, replica: Replica) -> None:
        if not replica.leaving:
            replica.leaving, replica.due = True, time.time() + STOP_PATIENCE_S
            logs.logger().info("asked to stop", of=replica.name, pid=replica.pid)
            if (process := self._processes.get(replica.name)) is not None:
                process.terminate()

    def _look(self) -> bool:
        """Start what is due, see what has ended; whether anything has changed."""
        changed = False
        for replica in list(self._replicas.values()):
            process = self._processes.get(replica.name)
            if process is not None and process.poll() is not None:
                self._ended(replica, self._processes.pop(replica.name))
            elif process is not None and replica.leaving and time.time() > replica.due:
                process.kill()
                continue
            elif process is None and replica.leaving:
                del self._replicas[replica.name]
                self._record(replica).unlink(missing_ok=True)
            elif process is None and not replica.failed and time.time() >= replica.due and not self.stopping:
                self._start(replica)
            else:
                continue
            changed = True
        return changed

    def _start(self, replica: Replica) -> None:
        env = {
            **self.plan.env,
            "COPYDESK_REPLICA": replica.name,
            "COPYDESK_STATIC_MEMBERSHIP": "true",
            "COPYDESK_HTTP_PORT": str(replica.port),
            "COPYDESK_HTTP_HOST": "127.0.0.1",
            "COPYDESK_RESTARTS": str(replica.restarts),
        }
        command = [sys.executable, "-P", "-m", BY_NAME[replica.service].module]
        process = processes.spawn(command, self.home / "logs" / f"{replica.name}.log", self._record(replica), env)
        self._processes[replica.name] = process
        replica.pid, replica.started = process.pid, time.time()
        logs.logger().info("started", of=replica.name, pid=replica.pid, port=replica.port, restarts=replica.restarts)

    def _ended(self, replica: Replica, process: Popen[bytes]) -> None:
        """Decide what becomes of a replica whose process is gone, and say so."""
        ran_s = time.time() - replica.started
        replica.ended, replica.pid = cause(process.returncode), None
        if replica.leaving:
            logs.logger().info("stopped", of=replica.name, pid=process.pid, by=replica.ended)
            return
        replica.failed = process.returncode == WRONG_SETTINGS
        pause_s = 0 if ran_s > STEADY_S else min(LONGEST_PAUSE_S, 0.5 * 2 ** min(replica.restarts, 6))
        replica.due, replica.restarts = time.time() + pause_s, replica.restarts + (not replica.failed)
        then = "left down: its settings are wrong, see its log" if replica.failed else f"starts again {f'in {pause_s:g} s' if pause_s else 'at once'}"
        logs.logger().warning("died", of=replica.name, pid=process.pid, by=replica.ended, after_s=round(ran_s, 1), then=then)

    def _write_state(self) -> None:
        processes.write_whole(state_file(self.home), orjson.dumps([asdict(replica) for replica in self._replicas.values()]))

    def _stop(self) -> None:
        for service in SERVICES:
            for replica in self._replicas.values():
                if replica.service == service.name:
                    asked = processes.stop(self._record(replica), STOP_PATIENCE_S)
                    logs.logger().info("stopped" if asked else "was not running", of=replica.name)
        state_file(self.home).unlink(missing_ok=True)


def cause(code: int) -> str:
    """How a process ended, in words: `signal SIGKILL`, `exit code 1`."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def state_file(home: Path) -> Path:
    return home / "run" / "state.json"


def read_state(home: Path) -> list[Replica]:
    """What the supervisor wrote last; empty where it wrote nothing, or the file is damaged."""
    try:
        return STATES.validate_json(state_file(home).read_bytes())
    except (FileNotFoundError, ValidationError):
        return []


STATES = TypeAdapter(list[Replica])


if __name__ == "__main__":
    logs.configure("supervisor", load(ServiceSettings))
    Supervisor(Path(sys.argv[1])).run()
