"""A gateway of the test's own, as a process, and a client that reads its streams."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

from copydesk.shared import processes
from copydesk.shared.broker import free_ports
from copydesk.shared.settings import Settings

PATIENCE_S = 400.0


@dataclass(frozen=True, slots=True)
class Running:
    """Where it listens, and how to end it."""

    url: str
    pid: int
    log: Path

    def metrics(self) -> dict[str, float]:
        lines = httpx.get(f"{self.url}/metrics", timeout=PATIENCE_S).text.splitlines()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}


@contextlib.contextmanager
def gateway(settings: Settings, home: Path, **env: str) -> Iterator[Running]:
    """A gateway on the test's broker, ready."""
    port = int(env.get("COPYDESK_HTTP_PORT") or free_ports())
    record, log = home / "gateway.json", home / "gateway.log"
    set_here = {
        "COPYDESK_HOME": str(home), "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_HTTP_HOST": "127.0.0.1",
        "COPYDESK_HTTP_PORT": str(port), "COPYDESK_GATEWAY_RATE": "0",
    }  # fmt: skip
    home.mkdir(parents=True, exist_ok=True)
    process = processes.spawn([sys.executable, "-m", "copydesk.services.gateway"], log, record, {**set_here, **env})
    url = f"http://127.0.0.1:{port}"
    try:
        assert processes.wait_until(lambda: is_ready(url), PATIENCE_S), processes.tail(log)
        yield Running(url, process.pid, log)
    finally:
        processes.stop(record)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process.pid, 0)


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=PATIENCE_S).status_code == 200
    except httpx.TransportError:
        return False


@dataclass(slots=True)
class Received:
    """One event of a stream, as a browser would see it."""

    event: str
    id: str
    data: Any


@dataclass
class Stream:
    """Events of GET /stream, one after the other; `last_id` is what a browser would send as Last-Event-ID."""

    lines: AsyncIterator[str]
    last_id: str = ""
    notices: list[Received] = field(default_factory=list)

    async def next(self, count: int = 1) -> list[Received]:
        """The next events; fewer where the stream ends."""
        found: list[Received] = []
        name = data = ""
        while len(found) < count and (line := await anext(self.lines, None)) is not None:
            word, _, value = line.partition(": ")
            if word == "id":
                self.last_id = value
            elif word == "event":
                name = value
            elif word == "data":
                data = value
            elif not line and data:
                received = Received(name, self.last_id, orjson.loads(data))
                (self.notices if name == "notice" else found).append(received)
                name = data = ""
        return found


@contextlib.asynccontextmanager
async def stream(url: str, last_id: Any = None, headers: Any = None, **query: str) -> AsyncIterator[Stream]:
    """A stream that is open: what is written from now on is in it."""
    given = {**(headers or {}), **({"Last-Event-ID": last_id} if last_id is not None else {})}
    async with httpx.AsyncClient(timeout=PATIENCE_S) as client, client.stream("GET", f"{url}/stream", params=query, headers=given) as answer:
        assert answer.status_code == 200, (await answer.aread()).decode()
        lines = answer.aiter_lines()
        assert (await anext(lines)).startswith("retry")
        yield Stream(lines)
