"""GET /stats: how far each service is behind, how fast it goes, what it refused, and how much comes in."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import require
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.reading.archive import Archive, json_answer
from copydesk.services.gateway.reading.asked import NoQuery
from copydesk.services.gateway.reading.followed import FollowedTopics
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.endpoints import Streams
from copydesk.shared.errors import UnavailableError
from copydesk.shared.lag import Behind, behind
from copydesk.shared.processes import recorded
from copydesk.shared.records.base import timestamp
from copydesk.shared.runner.logs import logger
from copydesk.shared.topology import SERVICES

LOOK_S = 3.0  # between two looks at the brokers, while anybody asks
FRESH_S = 30.0  # somebody has asked within so many seconds
MINUTES = timedelta(hours=1)


class Looks:
    """The two latest looks at the brokers: a rate is made of both. It looks only while somebody asks."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._asked = 0.0
        self._wanted = asyncio.Event()
        self.before: Mapping[str, Behind] = {}
        self.now: Mapping[str, Behind] = {}
        self.replicas: Mapping[str, int] = {}

    async def run(self) -> None:
        while True:
            if time.monotonic() - self._asked > FRESH_S:
                self._wanted.clear()
                self.before = self.now = {}
                await self._wanted.wait()
            try:
                found = await behind(self._settings)
                self.replicas = await asyncio.to_thread(replicas, self._settings)
                self.before, self.now = self.now or found, found
            except Exception as error:
                logger().warning("the brokers do not tell of the groups at present", error=repr(error))
                self.before = self.now = {}
            await asyncio.sleep(LOOK_S)

    async def services(self, rejected: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
        """Raises Problem 503 where no broker tells."""
        self._asked = time.monotonic()
        self._wanted.set()
        deadline = time.monotonic() + 10
        while not self.now:
            if time.monotonic() > deadline:
                raise Problem(503, "unavailable", "no Kafka broker tells how far the services are", "try again in a while", {"Retry-After": "5"})
            await asyncio.sleep(0.1)
        return [self._service(service.name, rejected) for service in SERVICES if service.name in self.now and service.reads]

    def _service(self, name: str, rejected: Mapping[tuple[str, str], int]) -> dict[str, Any]:
        before, now = self.before.get(name, self.now[name]), self.now[name]
        seconds = now.at - before.at
        return {
            "name": name,
            "replicas": self.replicas.get(name),
            "lag": now.lag,
            "rate": round((now.processed - before.processed) / seconds, 2) if seconds > 0.1 else 0.0,
            "oldest_s": None if now.oldest is None else round(max(0.0, now.at - now.oldest), 1),
            "rejected": {reason: count for (stage, reason), count in rejected.items() if stage == name},
        }


def replicas(settings: GatewaySettings) -> dict[str, int]:
    """How many of each service run on this machine, as far as `copydesk up` started them: groups' members are not told by this client of Kafka."""
    records = (settings.home / "run").glob("*-*.json")
    return Counter(record.stem.rpartition("-")[0] for record in records if recorded(record) is not None)


def _gateway(streams: Streams, replicas: int | None) -> dict[str, Any]:
    """This process, which reads without a group: articles that came in the last minute, and its live streams."""
    return {
        "name": "gateway",
        "replicas": replicas or 1,
        "lag": 0,
        "oldest_s": None,
        "rejected": {},
        "streams": len(streams.running),
        **streams.hub.pace.told(),
    }


async def stats(request: Request) -> Response:
    """Services, totals, and articles a minute over the last hour. What the archive does not tell at present is left out."""
    require(request, "read")
    query_of(request, NoQuery)
    looks: Looks = request.app.state.looks
    followed: FollowedTopics = request.app.state.followed
    archive: Archive = request.app.state.archive
    services = await looks.services(followed.rejected)
    services.append(_gateway(request.app.state.streams, looks.replicas.get("gateway")))
    since = timestamp(datetime.now(UTC) - MINUTES)
    try:
        totals = await archive.ask(lambda reader: reader.totals(since))
    except UnavailableError:
        totals = {"per_minute": []}
    counts = {name: totals[name] for name in ("articles", "copies") if name in totals}
    return json_answer({
        "services": services, "counts": {**counts, "deadletters": followed.rejected.total()}, "per_minute": totals["per_minute"],
    })  # fmt: skip
