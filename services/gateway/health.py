"""/health and /metrics, as every service has them."""

from __future__ import annotations

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import require
from copydesk.services.gateway.streams.endpoints import Streams


def _answer(request: Request, good: bool) -> Response:
    streams: Streams = request.app.state.streams
    replica = request.app.state.settings.replica
    body = orjson.dumps({"service": "gateway", "replica": replica, "live": True, "ready": streams.hub.ready})
    return Response(body, 200 if good else 503, media_type="application/json")


async def health(request: Request) -> Response:
    """200 when it lives and is ready, else 503."""
    return _answer(request, request.app.state.streams.hub.ready)


async def live(request: Request) -> Response:
    return _answer(request, True)


async def ready(request: Request) -> Response:
    return _answer(request, request.app.state.streams.hub.ready)


async def metrics(request: Request) -> Response:
    """For Prometheus."""
    require(request, "read")
    return Response(generate_latest(request.app.state.post.metrics.registry), media_type=CONTENT_TYPE_LATEST)
