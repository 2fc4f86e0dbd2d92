"""One request at a time to a server, within bounds of time, size and kind, to public addresses only. Redirects are not followed here.

An answer is unpacked as it comes and given up once it is too large, so that a compressed bomb costs no more than what is taken.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from copydesk.shared.web.addresses import GuardedResolver, PrivateAddressError, connected_host, may_connect
from copydesk.shared.web.answers import FetchError, WebAnswer
from copydesk.shared.web.coding import ASKED, Decoder
from copydesk.shared.web.settings import WebSettings

PIECE = 65_536
LARGE = 1_000_000  # bytes
LARGE_AT_A_TIME = 16
HEADER_BYTES = 32_768
DNS_S = 60


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What a request asks for. `types`: media types that are taken, all if none is named; an answer without one is always taken.

    `before` is awaited when a connection is there and nothing was sent yet; `sent` is called once the request is out.
    """

    most_bytes: int
    types: Collection[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], Awaitable[None]] | None = None
    sent: Callable[[], None] | None = None


class WebClient:
    """An asynchronous HTTP client. Make it inside the running loop, close it at the end."""

    def __init__(self, settings: WebSettings, connections: int = 100) -> None:
        self._allowed = settings.private_networks
        timeout = aiohttp.ClientTimeout(
            total=settings.web_timeout_s, connect=None, sock_connect=settings.web_connect_timeout_s, sock_read=settings.web_read_timeout_s
        )
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(self._allowed), limit=connections, ttl_dns_cache=DNS_S)
        headers = {"User-Agent": settings.user_agent, "Accept-Encoding": ASKED}
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=timeout, headers=headers, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False, auto_decompress=False,
            trace_configs=[_tracing()], max_line_size=HEADER_BYTES, max_field_size=HEADER_BYTES,
        )  # fmt: skip
        self._room = asyncio.Semaphore(LARGE_AT_A_TIME)
        self._session._retry_connection = False  # a request that was sent twice would come twice within the host's pace

    async def close(self) -> None:
        await self._session.close()

    async def get(self, url: str, wanted: WebRequest) -> WebAnswer:
        """The answer of one server, whatever its status. Raises FetchError; `before` may raise what it likes."""
        self._require_public(url)
        told = SimpleNamespace(wanted=wanted, raised=None)
        try:
            async with self._session.get(url, headers=dict(wanted.headers), allow_redirects=False, trace_request_ctx=told) as response:
                return await _read(url, response, wanted, self._room)
        except (aiohttp.ClientError, HttpProcessingError, OSError, TimeoutError, ValueError, ssl.SSLError) as error:
            if told.raised is not None:
                raise told.raised from None
            raise _failure(error) from error

    def _require_public(self, url: str) -> None:
        """Names are judged where they are resolved; an address that stands in the URL is not resolved."""
        with suppress(ValueError):
            if not may_connect(host := connected_host(url), self._allowed):
                raise FetchError("private_address", f"{host} is no address of the public internet; COPYDESK_WEB_PRIVATE allows it", lasting=True)


def header_text(values: Sequence[str]) -> str:
    """The values of a header as one text. aiohttp gives bytes that are no UTF-8 as lone surrogates, which no JSON can hold."""
    return ", ".join(values).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


async def _read(url: str, response: aiohttp.ClientResponse, wanted: WebRequest, room: asyncio.Semaphore) -> WebAnswer:
    """The answer with its body; without one where it is no page, and cannot be unpacked."""
    names = {name.lower() for name in response.headers}
    answer = WebAnswer(url, response.status, {name: header_text(response.headers.getall(name)) for name in sorted(names)})
    if response.status == 200 and wanted.types and answer.media_type and answer.media_type not in wanted.types:
        raise FetchError("unsupported_type", f"it is {answer.media_type}, not {' or '.join(wanted.types)}", lasting=True, answer=answer)
    try:
        return replace(answer, body=await _body(answer, response, wanted.most_bytes, room))
    except FetchError as error:
        if answer.status == 200:
            error.answer = error.answer or answer
            raise
        response.close()
        return error.answer or answer


async def _body(answer: WebAnswer, response: aiohttp.ClientResponse, most: int, room: asyncio.Semaphore) -> bytes:
    """What is larger than LARGE waits for room before it is read on: many at once would fill the memory. Raises FetchError."""
    body, decoder = bytearray(), Decoder(answer.headers.get("content-encoding", ""))
    async with AsyncExitStack() as held:
        async for received in response.content.iter_chunked(PIECE):
            piece = decoder.decoded(received, most + 1 - len(body))
            if len(body) <= LARGE < len(body) + len(piece):
                await held.enter_async_context(room)
            body += piece
            if len(body) > most:
                raise FetchError("too_large", f"it has more than {most:,} bytes", lasting=True, answer=replace(answer, body=bytes(body[:PIECE])))
        return bytes(body) + decoder.end()


def _failure(error: BaseException) -> FetchError:
    cause = getattr(error, "os_error", error)  # what aiohttp wraps
    if isinstance(cause, PrivateAddressError):
        return FetchError("private_address", f"{cause}; COPYDESK_WEB_PRIVATE allows networks", lasting=True)
    if isinstance(error, asyncio.TimeoutError):
        return FetchError("timeout", str(error) or "it took longer than COPYDESK_WEB_TIMEOUT_S")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError("unknown_host", str(error))
    if isinstance(error, ssl.SSLError | aiohttp.ClientSSLError):
        return FetchError("tls_failed", str(error))
    if isinstance(error, aiohttp.InvalidURL):
        why = f" (its host {error.description})" if error.description else ""
        return FetchError("invalid_url", f"it is no address that can be fetched{why}", lasting=True)
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError("not_connected", str(error))
    return FetchError("broken_answer", f"{type(error).__name__}: {error}"[:500])


def _tracing() -> aiohttp.TraceConfig:
    config = aiohttp.TraceConfig()
    config.on_connection_create_end.append(_before)
    config.on_connection_reuseconn.append(_before)
    config.on_request_headers_sent.append(_sent)
    return config


async def _before(_: aiohttp.ClientSession, context: SimpleNamespace, __: Any) -> None:
    told = context.trace_request_ctx
    if told.wanted.before is not None:
        try:
            await told.wanted.before()
        except Exception as error:  # aiohttp may put it into an error of its own
            told.raised = error
            raise


async def _sent(_: aiohttp.ClientSession, context: SimpleNamespace, __: Any) -> None:
    if context.trace_request_ctx.wanted.sent is not None:
        context.trace_request_ctx.wanted.sent()
