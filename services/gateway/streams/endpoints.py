"""GET /stream as server-sent events, and /stream/ws as a WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from copydesk.services.gateway.access import Client, require
from copydesk.services.gateway.keys import Keyring
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.streams.events import Notice, NoticeKind
from copydesk.services.gateway.streams.follower import Follower
from copydesk.services.gateway.streams.hub import Hub
from copydesk.services.gateway.streams.wish import StreamQuery
from copydesk.shared.errors import CopydeskError

HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
LOOK_S = 2.0


@dataclass(frozen=True, slots=True)
class Parting:
    """Why a stream is ended: the type of the notice, what it says, and the code that closes a socket."""

    kind: NoticeKind
    detail: str
    code: int

    def notice(self, follower: Follower) -> Notice:
        return Notice(self.kind, self.detail, follower.at)


CLOSING = Parting("closing", "this gateway stops; go on from `position`", 1012)
REVOKED = Parting("revoked", "the key of this stream was revoked", 1008)


@dataclass(eq=False, slots=True)
class Running:
    """A stream that runs: `writing` since when a write waits for its client, `end` ends it at once, `part` once the client is told why."""

    task: asyncio.Task[object]
    connection: object | None
    client: Client
    writing: float | None = None
    parting: Parting | None = None

    def part(self, parting: Parting) -> None:
        if self.parting is None:
            self.parting = parting
            self.task.cancel()

    def end(self) -> None:
        transport = getattr(self.connection, "transport", None)
        if transport is not None:
            transport.abort()  # which cancels the task in its turn
        else:
            self.task.cancel()


class Streams:
    """All streams of this process."""

    def __init__(self, hub: Hub, keyring: Keyring) -> None:
        self.hub, self.keyring = hub, keyring
        self.running: set[Running] = set()
        self.dropped = 0

    async def watch(self) -> None:
        """End the streams whose clients do not take what is written to them, as memory for them is bounded and so is patience, or whose keys went."""
        while True:
            await asyncio.sleep(LOOK_S)
            self._end_revoked()
            late = time.monotonic() - self.hub.settings.gateway_patience_s
            for one in [one for one in self.running if one.writing is not None and one.writing < late]:
                self.dropped += 1
                one.end()

    def _end_revoked(self) -> None:
        with contextlib.suppress(CopydeskError):  # keys that cannot be read at present revoke none
            known = {key.digest for key in self.keyring.all()}
            for one in self.running:
                if one.client.digest and one.client.digest not in known:
                    one.part(REVOKED)

    def close(self) -> None:
        """Let all streams end: clients come back with their last ids."""
        for one in self.running:
            one.part(CLOSING)

    @contextlib.contextmanager
    def entered(self, connection: object | None, client: Client) -> Iterator[Running]:
        task = asyncio.current_task()
        assert task is not None
        running = Running(task, connection, client)
        self.running.add(running)
        try:
            yield running
        finally:
            self.running.discard(running)

    def check_room(self) -> None:
        if len(self.running) >= self.hub.settings.gateway_streams:
            raise Problem(503, "too_many_streams", f"{len(self.running):,} streams run, which is all this gateway takes",
                          "try again in a while, ask another gateway, or raise COPYDESK_GATEWAY_STREAMS", {"Retry-After": "30"})  # fmt: skip
        if not self.hub.position:
            raise Problem(503, "unavailable", "no Kafka broker has answered yet", "try again in a while", {"Retry-After": "5"})


class ServerSentEvents:
    """The answer to GET /stream."""

    def __init__(self, streams: Streams, follower: Follower, client: Client) -> None:
        self.streams, self.follower, self.client = streams, follower, client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = scope["state"].get("connection")
        with self.streams.entered(connection, self.client) as running:
            if connection is not None:
                connection.at_end.append(running.task.cancel)
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            if scope["method"] == "HEAD":
                await send({"type": "http.response.body"})
                return
            try:
                await self._send_all(running, send)
            except asyncio.CancelledError:
                if running.parting is None:
                    return
                await send({"type": "http.response.body", "body": running.parting.notice(self.follower).sse(), "more_body": True})
            await send({"type": "http.response.body"})

    async def _send_all(self, running: Running, send: Send) -> None:
        await send({"type": "http.response.body", "body": b"retry: 2000\n: copydesk\n\n", "more_body": True})
        try:
            async with aclosing(self.follower.pieces()) as pieces:
                async for piece in pieces:
                    running.writing = time.monotonic()
                    await send({"type": "http.response.body", "body": piece.sse, "more_body": True})
                    running.writing = None
        except CopydeskError as error:  # the head is sent: what is left is to say so, and to let the client come again
            body = b": %s\n\n" % str(error).replace("\n", " ").encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})


async def stream(request: Request) -> ServerSentEvents:
    """Articles as they come, one event each, and corrections of verdicts."""
    client = require(request, "read")
    streams: Streams = request.app.state.streams
    wish = query_of(request, StreamQuery).wish(request.headers.get("last-event-id"))
    streams.check_room()
    connection = request.scope["state"].get("connection")
    return ServerSentEvents(streams, Follower(streams.hub, wish, getattr(connection, "write_now", None)), client)


async def socket(websocket: WebSocket) -> None:
    """The same by WebSocket: messages {"id", "event", "data"}. A wrong query closes with 1008 and the reason."""
    streams: Streams = websocket.app.state.streams
    try:
        client = require(websocket, "read")
        wish = query_of(websocket, StreamQuery).wish(None)
        streams.check_room()
    except (Problem, CopydeskError) as error:
        detail = error.detail if isinstance(error, Problem) else error.message
        await websocket.accept()  # a browser is told nothing of a socket that was refused
        await websocket.close(1013 if isinstance(error, Problem) and error.status == 503 else 1008, detail[:100])
        return
    await websocket.accept()
    with streams.entered(None, client) as running:
        listening = asyncio.create_task(_until_gone(websocket, running))
        follower = Follower(streams.hub, wish)
        try:
            await _send_messages(websocket, running, follower)
            await websocket.close(1000)
        except asyncio.CancelledError:
            if running.parting is not None:
                await websocket.send_text(running.parting.notice(follower).json().decode())
                await websocket.close(running.parting.code)
        except (CopydeskError, WebSocketDisconnect, RuntimeError, OSError) as error:
            with contextlib.suppress(Exception):
                await websocket.close(1013, str(error)[:100])
        finally:
            listening.cancel()


async def _send_messages(websocket: WebSocket, running: Running, follower: Follower) -> None:
    async with aclosing(follower.pieces()) as pieces:
        async for piece in pieces:
            running.writing = time.monotonic()
            for one in piece.shown:
                await websocket.send_text(one.json().decode())
            running.writing = None


async def _until_gone(websocket: WebSocket, running: Running) -> None:
    """Nothing that a client says is listened to; when it is gone, its stream ends."""
    with contextlib.suppress(Exception):
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    running.task.cancel()
