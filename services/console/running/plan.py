"""What `copydesk up` is to keep running: written by the command, read by the supervisor whenever it changes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from copydesk.shared import processes
from copydesk.shared.broker import port_answers
from copydesk.shared.errors import CopydeskError
from copydesk.shared.topology import SERVICES

MOST = 20  # replicas of a service on one machine: so many ports belong to it
BLOCK = MOST * 20
LAST_PORT = 65_000


@dataclass(frozen=True, slots=True)
class Planned:
    """A replica, and the port of its /health and /metrics."""

    service: str
    number: int
    port: int

    @property
    def name(self) -> str:
        return f"{self.service}-{self.number}"


@dataclass(frozen=True, slots=True)
class Plan:
    """Replicas in the order in which they start: from the end of the flow. `env` is what they get besides the supervisor's own."""

    env: Mapping[str, str]
    base_port: int
    log_size: int
    log_files: int
    replicas: tuple[Planned, ...]

    def write(self, home: Path) -> None:
        file(home).parent.mkdir(parents=True, exist_ok=True)
        processes.write_whole(file(home), orjson.dumps(asdict(self)))

    @classmethod
    def read(cls, home: Path) -> Plan:
        """Raises FileNotFoundError where nothing was ever planned, CopydeskError for a file that is damaged."""
        try:
            return PLANS.validate_json(file(home).read_bytes())
        except ValidationError as error:
            raise CopydeskError(f"{file(home)} is damaged", "`copydesk down` and up writes it anew") from error


PLANS = TypeAdapter(Plan)


def file(home: Path) -> Path:
    return home / "run" / "plan.json"


def replicas(counts: Mapping[str, int], base_port: int) -> tuple[Planned, ...]:
    """So many of each service; where it is not named one, or none if optional. The port of a replica is its name's. Raises CopydeskError."""
    for service, count in counts.items():
        if count > MOST:
            raise CopydeskError(f"{service}={count}: at most {MOST} replicas of a service run on one machine", "use more machines, or containers")
    blocks = {service.name: place for place, service in enumerate(sorted(SERVICES, key=lambda service: service.optional))}
    return tuple(
        Planned(service.name, number, base_port + MOST * blocks[service.name] + number - 1)
        for service in reversed(SERVICES)
        for number in range(1, counts.get(service.name, 0 if service.optional else 1) + 1)
    )


def base_port(counts: Mapping[str, int], wanted: int, insist: bool) -> int:
    """The base with which all ports are free: the wanted one or, unless one insists on it, the next such. Raises CopydeskError."""
    for base in range(wanted, LAST_PORT - BLOCK, BLOCK):
        taken = taken_ports(replicas(counts, base))
        if not taken:
            return base
        if insist:
            raise CopydeskError(f"port {taken[0]} is taken by another program", "stop it, or set COPYDESK_HTTP_BASE_PORT")
    raise CopydeskError(f"no ports are free from {wanted} on", "set COPYDESK_HTTP_BASE_PORT")


def free_base() -> int:
    """Some base for what runs for a while only, with all of its ports free at this moment: not one of those that the system gives to connections."""
    return base_port({}, random.SystemRandom().randrange(20_000, 30_000 - BLOCK), insist=False)


def taken_ports(planned: Iterable[Planned]) -> list[int]:
    """Those on which something listens."""
    return [replica.port for replica in planned if port_answers(replica.port)]
