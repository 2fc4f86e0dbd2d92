"""The process: topics, the reader of the streams, the server, until a signal."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
from collections.abc import Iterator
from typing import Any

import uvicorn
from prometheus_client import Gauge

from copydesk.services.gateway.app import GatewayParts, build
from copydesk.services.gateway.connections import limited
from copydesk.services.gateway.keys import Keyring
from copydesk.services.gateway.posting.endpoint import Post
from copydesk.services.gateway.reading.archive import Archive
from copydesk.services.gateway.reading.feeds import FollowedFeeds
from copydesk.services.gateway.reading.followed import FollowedTopics
from copydesk.services.gateway.reading.stats import Looks
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.endpoints import Streams
from copydesk.services.gateway.streams.hub import Hub
from copydesk.shared.admin import create_topics
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Sender
from copydesk.shared.runner import process
from copydesk.shared.runner.diary import Diary
from copydesk.shared.runner.logs import logger
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.policy import persist
from copydesk.shared.runner.tracing import tracing

DIARY_S = 1.0
CLOSE_S = 5  # for requests under way, when asked to stop


class Unsignalled(uvicorn.Server):
    """Signals are for the process to handle."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Gateway:
    """One process. It serves from the start: what needs Kafka says so until the brokers have answered."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self.metrics = Metrics("gateway")
        self.metrics.restarts.set(settings.restarts)
        self.sender = Sender(settings)
        self.tracing = tracing(settings, "gateway")
        self.hub = Hub(settings)
        self.keyring = Keyring(settings.keys_file)
        self.streams = Streams(self.hub, self.keyring)
        self.followed, self.feeds = FollowedTopics(settings), FollowedFeeds(settings)
        self.looks, self.archive = Looks(settings), Archive(settings)
        self._stop = process.stop_signal()
        _count(self.streams, self.metrics)

    async def run(self) -> int:
        """Serve until a signal. Exit code 0."""
        _allow_files(self.settings.gateway_connections + 500)
        server = self._server()
        sockets = [_listening(self.settings)]
        tasks = [asyncio.create_task(work) for work in (self._begin(), self.hub.tick(), self.streams.watch(), self._note())]
        serving = asyncio.create_task(server.serve(sockets))
        _say(self.settings, sockets[0])
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({serving, stopping, tasks[0]}, return_when=asyncio.FIRST_COMPLETED)
            if tasks[0].done():
                tasks[0].result()
        finally:
            self.streams.close()
            server.should_exit = True
            await serving
            for task in (*tasks, stopping):
                task.cancel()
            await self.sender.stop()
            self.archive.close()
            if self.tracing is not None:
                await asyncio.to_thread(self.tracing.close)
        return 0

    async def _begin(self) -> None:
        """Wait for the brokers, which may come later; then read for ever."""
        await persist(self._prepare, self.settings, self.metrics.retried.inc)
        async with asyncio.TaskGroup() as tasks:
            for work in (self.hub.run(), self.followed.run(), self.feeds.run(), self.looks.run()):
                tasks.create_task(work)

    async def _prepare(self) -> None:
        for line in (await create_topics(self.settings)).lines():
            logger().info("topics", done=line)
        await self.sender.start()

    async def _note(self) -> None:
        diary = Diary(self.metrics)
        while True:
            await asyncio.sleep(DIARY_S)
            diary.note(self.hub.ready, 0)

    def _parts(self) -> GatewayParts:
        post = Post(self.settings, self.sender, self.metrics, self.tracing)
        return GatewayParts(self.keyring, self.streams, post, self.archive, self.followed, self.feeds, self.looks)

    def _server(self) -> uvicorn.Server:
        protocol = limited(self.settings.gateway_connections, self.settings.gateway_patience_s)
        config = uvicorn.Config(
            build(self.settings, self._parts()), http=protocol, ws="websockets-sansio", lifespan="off",
            access_log=False, log_config=None, server_header=False, date_header=False, timeout_keep_alive=int(self.settings.gateway_patience_s),
            timeout_graceful_shutdown=CLOSE_S, ws_max_size=65_536, proxy_headers=False, backlog=4_096,
        )  # fmt: skip
        return Unsignalled(config)


def _listening(settings: GatewaySettings) -> socket.socket:
    """A socket that listens. Raises CopydeskError when the port is taken."""
    try:
        family = socket.getaddrinfo(settings.http_host, settings.http_port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.http_host, settings.http_port), family=family, backlog=4_096)
    except OSError as error:
        raise CopydeskError(f"the gateway cannot listen at {settings.http_host}:{settings.http_port} ({error})",
                            "set COPYDESK_HTTP_HOST and COPYDESK_HTTP_PORT; 0 takes a free port") from error  # fmt: skip


def _say(settings: GatewaySettings, listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    logger().info("listening", host=host, port=port, open=settings.is_open)
    if settings.is_open and not settings.is_loopback:
        logger().warning("open to all who can reach it: no key is asked for", host=host, port=port)


def _allow_files(wanted: int) -> None:
    """A connection is an open file: allow as many as the limits of this machine do."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most < wanted:
        logger().warning("this machine allows fewer open files than connections are allowed", files=most, connections=wanted)


def _count(streams: Streams, metrics: Metrics) -> None:
    gauges: dict[str, tuple[str, Any]] = {
        "copydesk_streams": ("Live streams.", lambda: len(streams.running)),
        "copydesk_stream_events_kept": ("Events in memory.", lambda: streams.hub.buffer.end - streams.hub.buffer.first),
        "copydesk_stream_bytes_kept": ("Their size in bytes.", lambda: streams.hub.buffer.size),
        "copydesk_streams_dropped": ("Streams that were ended because their clients did not take what was sent.", lambda: streams.dropped),
    }
    for name, (meaning, value) in gauges.items():
        Gauge(name, meaning, ("service",), registry=metrics.registry).labels("gateway").set_function(value)
