"""Who asks, what it may do, and how often. Before any address is looked at: host, origin, key, rate; scopes are for each address to ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as AsgiScope

from copydesk.services.gateway.keys import Keyring
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.settings import SCOPES, GatewaySettings, Scope
from copydesk.shared.errors import CopydeskError
from copydesk.shared.runner.logs import logger

COOKIE = "copydesk_key"
SAFE = ("GET", "HEAD", "OPTIONS")
MOST_CLIENTS = 50_000  # whose rates are remembered
SECURITY = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks: the key's name or the address, what it may do, its limits, and the key's hash where there is one."""

    name: str
    scopes: tuple[Scope, ...]
    rate: float
    size: int
    digest: str = ""


def client_of(request: HTTPConnection) -> Client:
    client: Client = request.scope["state"]["client"]
    return client


def require(request: HTTPConnection, scope: Scope) -> Client:
    """The client, if it may do that. Raises Problem 401 or 403."""
    client = client_of(request)
    if scope in client.scopes:
        return client
    if not client.scopes:
        remedy = "send a key as `Authorization: Bearer KEY`; who runs the gateway makes one with `copydesk keys create`"
        raise Problem(401, "no_key", "this needs a key", remedy, {"WWW-Authenticate": "Bearer"})
    raise Problem(403, "not_allowed", f"this key may {', '.join(client.scopes)}, not {scope}", f"ask for a key with the scope {scope}")


class Rates:
    """A bucket of tokens for each client: `rate` a second flow in, up to twice that."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when

    def wait_s(self, client: Client) -> float:
        """Seconds until the client may ask again; 0 when it may now, which takes a token."""
        if client.rate <= 0:
            return 0.0
        most, now = max(1.0, 2 * client.rate), self._clock()
        tokens, at = self._buckets.get(client.name, (most, now))
        tokens = min(most, tokens + (now - at) * client.rate)
        wait = max(0.0, (1 - tokens) / client.rate)
        self._buckets[client.name] = (tokens if wait else tokens - 1, now)
        self._buckets.move_to_end(client.name)
        while len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        return wait


class Access:
    """Middleware: refuses what may not ask at all, tells the rest who it is, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, settings: GatewaySettings, keyring: Keyring, rates: Rates) -> None:
        self.app, self.settings, self.keyring, self.rates = app, settings, keyring, rates

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        connection = HTTPConnection(scope)
        try:
            self._admit(connection)
        except Problem as problem:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008, "reason": problem.detail[:100]})
                return None
            return await problem.response()(scope, receive, _secured(send))
        return await self.app(scope, receive, _secured(send) if scope["type"] == "http" else send)

    def _admit(self, connection: HTTPConnection) -> None:
        self._check_host(connection.headers)
        self._check_origin(connection)
        client = self._client(connection)
        connection.scope["state"]["client"] = client
        if wait := self.rates.wait_s(client):
            seconds = str(max(1, round(wait)))
            raise Problem(429, "too_many_requests", f"more than {client.rate:g} requests a second", "wait as long as Retry-After says",
                          {"Retry-After": seconds})  # fmt: skip

    def _check_host(self, headers: Headers) -> None:
        """An open gateway is asked by its own name alone: a page elsewhere whose name was made to point here (DNS rebinding) is not answered."""
        if self.settings.is_open and not _is_own(name := _hostname(headers.get("host", "")), self.settings):
            raise Problem(421, "unknown_host", f"this gateway is not {name or 'without a name'}",
                          "ask it as 127.0.0.1 or localhost, or name the host in COPYDESK_GATEWAY_HOSTS")  # fmt: skip

    def _check_origin(self, connection: HTTPConnection) -> None:
        """Other sites' pages may not act for who looks at them: neither by forms nor by sockets."""
        origin = connection.headers.get("origin")
        changes = connection.scope["type"] == "websocket" or connection.scope["method"] not in SAFE
        if origin is None or not changes or origin in self.settings.origins:
            return
        if urlsplit(origin).netloc.lower() != connection.headers.get("host", "").lower():
            raise Problem(403, "foreign_origin", f"pages of {origin[:200]} may not do this", "name the origin in COPYDESK_GATEWAY_ORIGINS")

    def _client(self, connection: HTTPConnection) -> Client:
        address = connection.client.host if connection.client else "unknown"
        secret = _secret(connection)
        if secret is None:
            return Client(address, SCOPES if self.settings.is_open else (), self.settings.gateway_rate, self.settings.gateway_body_limit)
        try:
            key = self.keyring.find(secret)
        except CopydeskError as error:
            logger().error("no key can be looked up", error=error.message)
            raise Problem(503, "unavailable", "the gateway cannot read its keys", "its log says why; tell who runs it") from error
        if key is None:
            if self.rates.wait_s(Client(address, (), self.settings.gateway_rate, 0)):
                raise Problem(429, "too_many_requests", "too many keys were tried", "wait a second", {"Retry-After": "1"})
            raise Problem(401, "unknown_key", "this key is not known, or was revoked", "ask who runs the gateway for another",
                          {"WWW-Authenticate": 'Bearer error="invalid_token"'})  # fmt: skip
        rate = self.settings.gateway_rate if key.rate is None else key.rate
        return Client(f"key {key.name}", key.scopes, rate, self.settings.gateway_body_limit if key.size is None else key.size, key.digest)


def _secret(connection: HTTPConnection) -> str | None:
    """The key that came: as a bearer token or, for a browser that cannot send one with a stream, in the cookie of POST /session."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token.strip():
        return token.strip()
    return connection.cookies.get(COOKIE)


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _is_own(name: str, settings: GatewaySettings) -> bool:
    if name == "localhost" or name.endswith(".localhost") or name in settings.hosts:
        return True
    try:
        return bool(ip_address(name))  # no name was made to point here
    except ValueError:
        return False


def _secured(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", [])}
            more = [(name.encode(), value.encode()) for name, value in SECURITY.items() if name.encode() not in given]
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await send(message)

    return with_headers
