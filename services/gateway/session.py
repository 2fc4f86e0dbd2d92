"""GET /session: what this client may do. POST /session keeps a key in a cookie, for pages: a browser can send no header with a stream."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import COOKIE, client_of
from copydesk.services.gateway.posting.bodies import whole
from copydesk.services.gateway.problems import Problem, of_validation
from copydesk.services.gateway.reading.stats import replicas
from copydesk.shared.release import VERSION
from copydesk.shared.topology import SERVICES

MOST_BYTES = 1_000
DAYS_S = 30 * 86_400


class SessionKey(BaseModel):
    """A key to keep in the cookie."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(min_length=1, max_length=200)


class Session(BaseModel):
    """What this client may do, and which services this gateway knows of. `feeds`: whether any are followed, or the feeder runs here."""

    scopes: list[str]
    version: str
    services: list[str]
    feeds: bool


async def session(request: Request) -> Response:
    """What this client may do."""
    return _answer(await _told(request, client_of(request).scopes))


async def open_session(request: Request) -> Response:
    """Keep a key in a cookie that scripts cannot read and other sites cannot send."""
    try:
        given = SessionKey.model_validate_json(await whole(request, MOST_BYTES, 10.0))
    except ValidationError as error:
        raise of_validation(error) from error
    found = request.app.state.keyring.find(given.key)
    if found is None:
        remedy = "ask who runs the gateway for another"
        raise Problem(401, "unknown_key", "this key is not known, or was revoked", remedy, {"WWW-Authenticate": "Bearer"})
    response = _answer(await _told(request, found.scopes))
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, given.key, max_age=DAYS_S, httponly=True, samesite="strict", secure=secure, path="/")
    return response


async def _told(request: Request, scopes: Sequence[str]) -> dict[str, Any]:
    has_feeds = bool(request.app.state.feeds) or "feeder" in await asyncio.to_thread(replicas, request.app.state.settings)
    return {"scopes": list(scopes), "version": VERSION, "services": [service.name for service in SERVICES], "feeds": has_feeds}


async def close_session(_: Request) -> Response:
    """Forget the key in the cookie."""
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


def _answer(value: dict[str, Any]) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"Cache-Control": "no-store"})
