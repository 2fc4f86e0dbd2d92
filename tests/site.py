"""A website of the tests' own, on as many hosts as there are addresses on loopback: feeds, a sitemap, robots.txt, redirects, pages that are slow,
broken, large or gone, 304s and 429s. It notes every request, so that a test can say how its hosts were treated.

`http://127.0.1.N:PORT` is a host for every N; 127.0.0.1 is none of its. Nothing outside this machine is ever asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

from aiohttp import web

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body><header>Menu</header><article><h1>{title}</h1>
<p>The ferry between Elwick and Port Averil number {name} will stop running for six weeks from Monday while engineers replace a cracked shaft.</p>
<p>The harbour board said on Friday that commuters should use the buses that leave from the old quay every twenty minutes until late.</p>
<p>{text}</p></article><footer>Copyright</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Coast</title><link>http://{host}/</link><language>en</language>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>http://{host}{path}</link><guid>{path}</guid><pubDate>Mon, 05 Jan 2026 08:00:00 GMT</pubDate>
<description>{text}</description></item>"""
ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
HUGE = b"<p>much</p>" * 800_000  # more than a raw record may have
BOMB = gzip.compress(bytes(50_000_000), 1)


@dataclass
class Site:
    """The server. Settings may be changed while it runs."""

    robots: dict[str, str] = field(default_factory=dict)  # by host, or where it is; others name a sitemap and allow everything
    mining: dict[str, str] = field(default_factory=dict)  # tdmrep.json by host; others have none
    titles: dict[str, str] = field(default_factory=dict)  # of articles, by path
    texts: dict[str, str] = field(default_factory=dict)  # the last paragraph, by path
    items: dict[str, list[str]] = field(default_factory=dict)  # paths in the feed of a host
    busy: Counter[str] = field(default_factory=Counter)  # so many times a path answers 429, or a host where no path is named
    failing: Counter[str] = field(default_factory=Counter)  # so many times a path answers 500
    retry_after: str = "1"
    requests: list[tuple[float, str, str, int]] = field(default_factory=list)  # time, host, path, status
    open: Counter[str] = field(default_factory=Counter)  # requests under way, by host
    most_open: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def __enter__(self) -> Self:
        """Serve from a thread of its own, so that what a test does meanwhile delays no note."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="site", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(300)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(300)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(300)
        self._loop.close()

    async def _start(self) -> None:
        app = web.Application(middlewares=[self._noted])
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "0.0.0.0", self.port).start()
        self.port = int(self._runner.addresses[0][1])

    def host(self, number: int) -> str:
        return f"127.0.{1 + number // 250}.{number % 250 + 1}"

    def url(self, path: str, number: int = 0) -> str:
        return f"http://{self.host(number)}:{self.port}{path}"

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for _, _, asked, _ in self.requests if asked == path)

    def looks(self, number: int, path: str) -> int:
        """How often a path of one host was asked for."""
        return sum(1 for _, host, asked, _ in self.requests if (host, asked) == (self.host(number), path))

    def statuses(self, path: str) -> list[int]:
        return [status for _, _, asked, status in self.requests if asked == path]

    def gaps(self) -> dict[str, list[float]]:
        """Seconds between one request and the next one, by host."""
        times: dict[str, list[float]] = defaultdict(list)
        for at, host, _, _ in self.requests:
            times[host].append(at)
        return {host: [later - sooner for sooner, later in pairwise(found)] for host, found in times.items()}

    @web.middleware
    async def _noted(self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        at, host = time.monotonic(), (request.host or "").partition(":")[0]
        self.open[host] += 1
        self.most_open[host] = max(self.most_open[host], self.open[host])
        status, place = 0, len(self.requests)
        self.requests.append((at, host, request.path, status))
        try:
            response: web.StreamResponse = await handler(request)
            status = response.status
            return response
        finally:
            self.open[host] -= 1
            self.requests[place] = (at, host, request.path, status)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path, host = request.path, request.host.partition(":")[0]
        if path == "/robots.txt" and (target := self.robots.get(host, "")).startswith("http"):
            return web.Response(status=301, headers={"Location": target})
        if path == "/robots.txt":
            return web.Response(text=self.robots.get(host, f"Sitemap: http://{request.host}/sitemap.xml\n"))
        if path == "/.well-known/tdmrep.json" and host in self.mining:
            return web.Response(text=self.mining[host], content_type="application/json")
        for counter, status in ((self.busy, 429), (self.failing, 500)):
            for name in (path, host):
                if counter[name] > 0:
                    counter[name] -= 1
                    return web.Response(status=status, headers={"Retry-After": self.retry_after} if status == 429 else {}, text="not now")
        first = path.split("/")[1]
        answer = getattr(self, f"_{first.partition('.')[0]}", None)
        return await answer(request) if answer else web.Response(status=404, text="no such page")

    async def _article(self, request: web.Request, head: str = ALTERNATE, headers: dict[str, str] | None = None) -> web.StreamResponse:
        path = request.path
        title, text = self.titles.get(path, f"Ferry {path} stops for six weeks"), self.texts.get(path, "No more is known.")
        body = ARTICLE.format(title=title, name=path, text=text, head=head).encode()
        response = web.Response(body=body, content_type="text/html", charset="utf-8", headers=headers or {})
        response.headers["ETag"] = f'"{hash(body):x}"'
        if request.headers.get("If-None-Match") == response.headers["ETag"]:
            return web.Response(status=304, headers={"ETag": response.headers["ETag"]})
        return response

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        items = "".join(
            ITEM.format(title=self.titles.get(path, f"Ferry {path} stops"), host=request.host, path=path, text=self.texts.get(path, "Short."))
            for path in self.items.get(host, [])
        )
        body = FEED.format(host=request.host, items=items).encode()
        response = web.Response(body=body, content_type="application/rss+xml", headers={"ETag": f'"{hash(body):x}"'})
        if request.headers.get("If-None-Match") == response.headers["ETag"]:
            return web.Response(status=304)
        return response

    async def _sitemap(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        urls = "".join(f"<url><loc>http://{request.host}{path}</loc><lastmod>2026-01-05</lastmod></url>" for path in self.items.get(host, []))
        text = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
        return web.Response(text=text, content_type="application/xml")

    async def _noai(self, request: web.Request) -> web.StreamResponse:
        return await self._article(request, head='<meta name="robots" content="index, noai">', headers={"tdm-reservation": "1"})

    async def _moved(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": request.path.replace("/moved", "/article")})

    async def _away(self, request: web.Request) -> web.StreamResponse:
        number = int(request.path.split("/")[2])
        return web.Response(status=301, headers={"Location": self.url("/article/away", number)})

    async def _trap(self, request: web.Request) -> web.StreamResponse:
        targets = {"loop": "/trap/pool", "pool": "/trap/loop", "inside": "http://169.254.169.254/latest", "name": f"http://localhost:{self.port}/article/x",
                   "file": "file:///etc/passwd", "many": f"/trap/many?{request.query_string}1"}  # fmt: skip
        return web.Response(status=302, headers={"Location": targets[request.path.split("/")[2]]})

    async def _slow(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        with contextlib.suppress(ConnectionError):
            await response.prepare(request)
            for _ in range(1_000):
                await response.write(b"<p>still here</p>")
                await asyncio.sleep(0.2)
        return response

    async def _silent(self, _: web.Request) -> web.StreamResponse:
        await asyncio.sleep(600)
        return web.Response()

    async def _broken(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "100000"})
        with contextlib.suppress(ConnectionError):
            await response.prepare(request)
            await response.write(b"<p>cut off")
        if request.transport is not None:
            request.transport.close()
        return response

    async def _huge(self, _: web.Request) -> web.StreamResponse:
        return web.Response(body=HUGE, content_type="text/html")

    async def _bomb(self, _: web.Request) -> web.StreamResponse:
        return web.Response(body=BOMB, content_type="text/html", headers={"Content-Encoding": "gzip"})

    async def _pdf(self, _: web.Request) -> web.StreamResponse:
        return web.Response(body=b"%PDF-1.7", content_type="application/pdf")

    async def _latin(self, _: web.Request) -> web.StreamResponse:
        text = ARTICLE.format(title="Fähre fällt aus", name="f", text="Ärger über Öl.", head="")
        return web.Response(body=text.encode("cp1252"), headers={"Content-Type": "text/html; charset=windows-1252"})
