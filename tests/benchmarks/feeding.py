"""`make bench-feeding`: pages a second that one fetcher brings from 200 hosts on loopback, and how aiohttp and httpx compare as its client.

    python -m tests.benchmarks.feeding [--hosts 200] [--pages 20]

The website runs in a process of its own. Hosts bear ten requests a second, so that the fetcher and not its politeness is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import psutil

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from copydesk.shared.web.client import WebClient, WebRequest
from copydesk.shared.web.settings import WebSettings
from tests.feeding import FETCHER, put
from tests.groups import replicas
from tests.pipeline import fresh_topics, until_stored
from tests.site import Site

PRIVATE = "127.0.1.0/24"
UNDER_WAY = 32
PATIENCE_S = 120.0


def _serve(pipe: Connection) -> None:
    with Site() as site:
        pipe.send(site.port)
        pipe.recv()


async def _pages(settings: Settings, site: Site, hosts: int, pages: int, home: Path) -> tuple[float, float, float]:
    """Pages a second, CPU ms a page, and MB of the fetcher."""
    await fresh_topics(settings)
    env = {**FETCHER, "COPYDESK_WEB_PRIVATE": PRIVATE, "COPYDESK_WEB_HOST_DELAY_S": "0.1", "COPYDESK_FETCHER_MAX_LAG": "0"}
    with replicas("fetcher", settings, home, env) as fetchers:
        fetchers.start(1)
        process = psutil.Process(fetchers.running[1].pid)
        await put(settings, *(site.url("/article/first", host) for host in range(hosts)))
        await until_stored(settings, RAW, hosts)  # robots.txt of every host is known
        before, began = sum(process.cpu_times()[:2]), time.monotonic()
        await put(settings, *(site.url(f"/article/{number}", host) for number in range(pages) for host in range(hosts)))
        await until_stored(settings, RAW, hosts * (pages + 1))
        seconds, cpu = time.monotonic() - began, sum(process.cpu_times()[:2]) - before
        return hosts * pages / seconds, 1000 * cpu / (hosts * pages), process.memory_info().rss / 1e6


async def _client(urls: list[str], get: Callable[[str], Awaitable[object]]) -> float:
    """CPU ms a page of a client by itself."""
    room = asyncio.Semaphore(UNDER_WAY)

    async def one(url: str) -> None:
        async with room:
            await get(url)

    before = resource.getrusage(resource.RUSAGE_SELF)
    await asyncio.gather(*(one(url) for url in urls))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(urls)


async def _clients(site: Site, hosts: int) -> dict[str, float]:
    urls = [site.url(f"/article/{number}", host) for number in range(10) for host in range(hosts)]
    ours = WebClient(WebSettings(web_private=PRIVATE), UNDER_WAY)
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=UNDER_WAY), trust_env=False) as other:
        found = {"aiohttp": await _client(urls, lambda url: ours.get(url, WebRequest(1_000_000))), "httpx": await _client(urls, other.get)}
    await ours.close()
    return found


async def main(hosts: int, pages: int) -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    site = Site(port=here.recv())
    try:
        for name, cost in (await _clients(site, hosts)).items():
            print(f"client {name}: {cost:.2f} ms of CPU a page")
        with tempfile.TemporaryDirectory() as folder:
            broker = LocalBroker(Path(folder) / "broker", free_ports())
            broker.start()
            try:
                settings = Settings(bootstrap_servers=broker.address, delivery_timeout_s=PATIENCE_S)
                rate, cpu, size = await _pages(settings, site, hosts, pages, Path(folder))
            finally:
                broker.stop()
        print(f"fetcher, {hosts} hosts: {rate:.0f} pages/s, {cpu:.1f} ms of CPU a page, {size:.0f} MB")
    finally:
        here.send("end")
        server.join(10)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20)
    arguments = parser.parse_args()
    asyncio.run(main(arguments.hosts, arguments.pages))
