"""An address that a person names, fetched into a temporary file: within bounds, and not into private networks by way of redirects.

What is fetched for others, politely and at a pace, is the business of the fetcher; here is what curl would do.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from copydesk.shared.records.base import timestamp
from copydesk.shared.release import VERSION
from copydesk.shared.unpacking import PIECE, BrokenFileError
from copydesk.shared.web.addresses import connected_host, may_connect

REDIRECTS = 10
TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=60)
HEADERS = {"User-Agent": f"copydesk/{VERSION}", "Accept-Encoding": "gzip, deflate"}
UNKEPT = frozenset(["set-cookie", "connection", "transfer-encoding", "content-encoding", "content-length"])  # say nothing of what was read


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the address after redirects, the answer's headers, when it was, and its bytes."""

    url: str
    headers: dict[str, str]
    at: datetime
    file: IO[bytes]

    @property
    def about(self) -> dict[str, Any]:
        """What a page of it says of where it came from."""
        return {"url": self.url, "fetched_at": timestamp(self.at), "headers": self.headers}


@contextmanager
def fetched(url: str, most: int) -> Iterator[Fetched]:
    """Fetch an address, at most so many bytes. Raises BrokenFileError with what the server said, or why nothing could be asked."""
    with tempfile.TemporaryFile("w+b", PIECE, prefix="copydesk-") as file:
        found = _elsewhere(url, most, file)
        file.seek(0)
        yield found


def _elsewhere(url: str, most: int, file: IO[bytes]) -> Fetched:
    """In a loop of its own: who reads may run in one already."""
    result: Future[Fetched] = Future()

    def work() -> None:
        try:
            result.set_result(asyncio.run(_fetch(url, most, file)))
        except BaseException as error:
            result.set_exception(error)

    threading.Thread(target=work, daemon=True, name="fetch").start()
    try:
        return result.result()
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise BrokenFileError(f"it cannot be fetched ({str(error) or type(error).__name__}): check the address") from error


async def _fetch(url: str, most: int, file: IO[bytes]) -> Fetched:
    connector = aiohttp.TCPConnector(resolver=_Resolver(connected_host(url)))
    async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar()) as session:
        target = url
        for _ in range(REDIRECTS):
            _require_public(target, url)
            async with session.get(target, allow_redirects=False) as answer:
                if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                    target = urljoin(target, answer.headers["location"])
                    continue
                if answer.status != 200:
                    raise BrokenFileError(f"the server answers {answer.status} {answer.reason}: check the address, or ask later")
                async for piece in answer.content.iter_chunked(PIECE):
                    if file.tell() + len(piece) > most:
                        raise BrokenFileError(f"it has more than {most:,} bytes: save it as a file of its own")
                    file.write(piece)
                headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in UNKEPT}
                return Fetched(target, headers, datetime.now(UTC), file)
    raise BrokenFileError(f"it leads on more than {REDIRECTS} times: check the address")


class _Resolver(AbstractResolver):
    """The system's resolver; a host that the person did not name has to be on the public internet."""

    def __init__(self, named: str | None) -> None:
        self._named = named
        self._inner = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        return found if host == self._named else [one for one in found if may_connect(one["host"], ())]

    async def close(self) -> None:
        await self._inner.close()


def _require_public(target: str, given: str) -> None:
    """An address in numbers is not resolved, so that it is judged here. Raises BrokenFileError."""
    if urlsplit(target).scheme not in ("http", "https"):
        raise BrokenFileError(f"it leads to {target}, which is not fetched")
    with suppress(ValueError):
        host = connected_host(target)
        if host != connected_host(given) and not may_connect(host, ()):
            raise BrokenFileError(f"it leads to the private address {host}: name that one if it is meant")
