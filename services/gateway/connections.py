"""What holds for a connection before there is a request: how many there may be, how long a head may take, how large it may be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 32_768
REFUSAL = b"the head of the request is too large\n"
REFUSED_HEAD = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"


def limited(most: int, patience_s: float) -> type[HttpToolsProtocol]:
    """uvicorn's protocol for at most so many connections, of which each has so many seconds for the head of a request."""

    class Connection(HttpToolsProtocol):
        """A request finds it in its state; what is in `at_end` is called when the connection has ended."""

        head_bytes = 0
        in_head = True
        in_message = False
        refused = False
        deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.at_end: list[Callable[[], Any]] = []
            if len(self.connections) > most:
                self.refused = True
                transport.abort()
            else:
                self._await_head()

        def data_received(self, data: bytes) -> None:
            if self.refused:
                return
            super().data_received(data)
            if self.in_head:  # the parser keeps a header to itself until all of it is there
                self.head_bytes += len(data)
                self._refuse_large_head(self.head_bytes)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            self.in_message = True
            self.scope["state"]["connection"] = self

        def on_headers_complete(self) -> None:
            self._end_of_head()
            size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
            if not self._refuse_large_head(size):
                super().on_headers_complete()

        def on_body(self, body: bytes) -> None:
            if not self.refused:
                super().on_body(body)

        def on_message_complete(self) -> None:
            self.in_message = False
            if not self.refused:
                super().on_message_complete()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self.in_message:
                self.transport.close()  # answered before all of the body came: what follows is no request
            elif not self.transport.is_closing() and not self.pipeline:
                self._await_head()

        def write_now(self, body: bytes) -> bool:
            """Write a piece of a body that has no known length, as uvicorn's `send` does, but without a task.

            False where the client has not yet taken what was written before, or is gone.
            """
            if self.flow is None or self.flow.write_paused or self.transport.is_closing():
                return False
            self.transport.write(b"%x\r\n%b\r\n" % (len(body), body))
            return True

        def connection_lost(self, exc: Exception | None) -> None:
            self._end_of_head()
            super().connection_lost(exc)
            for tell in self.at_end:
                tell()

        def _await_head(self) -> None:
            self.in_head, self.head_bytes = True, 0
            self._stop_waiting()
            self.deadline = self.loop.call_later(patience_s, self.transport.abort)

        def _end_of_head(self) -> None:
            self.in_head = False
            self._stop_waiting()

        def _stop_waiting(self) -> None:
            if self.deadline is not None:
                self.deadline.cancel()
                self.deadline = None

        def _refuse_large_head(self, size: int) -> bool:
            if size > MOST_HEAD_BYTES and not self.refused:
                self.refused = True
                self.transport.write(REFUSED_HEAD % (len(REFUSAL), REFUSAL))
                self.transport.close()
            return self.refused

    return Connection
