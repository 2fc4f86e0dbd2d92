"""One small HTTP port: /health (live and ready) and /metrics."""

from __future__ import annotations

from collections.abc import Callable

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings

Check = Callable[[], bool]


class Http:
    """Serves the state of one service. /health is 200 when live and ready, else 503; /health/live and /health/ready tell one each."""

    def __init__(self, metrics: Metrics, settings: ServiceSettings, live: Check, ready: Check) -> None:
        self.metrics, self.settings, self.live, self.ready = metrics, settings, live, ready
        self.port = settings.http_port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen. Raises CopydeskError when the port is taken."""
        app = web.Application()
        app.add_routes([
            web.get("/health", lambda _: self._health(self.live() and self.ready())),
            web.get("/health/live", lambda _: self._health(self.live())),
            web.get("/health/ready", lambda _: self._health(self.ready())),
            web.get("/metrics", self._metrics),
        ])  # fmt: skip
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.settings.http_host, self.settings.http_port)
        try:
            await site.start()
        except OSError as error:
            raise CopydeskError(f"port {self.settings.http_port} is taken", "set COPYDESK_HTTP_PORT to a free port, or 0") from error
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _health(self, good: bool) -> web.Response:
        body = orjson.dumps({"service": self.metrics.service, "replica": self.settings.replica, "live": self.live(), "ready": self.ready()})
        return web.Response(body=body, status=200 if good else 503, content_type="application/json")

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self.metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})
