"""A TCP proxy between a client and a broker, which a test can cut."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Literal, Self

Cut = Literal["silent", "reset"]  # as a cable that is pulled; as a firewall that resets every connection
PIECE = 65_536


class Proxy:
    """Listens on 127.0.0.1:`port` and passes bytes to and from 127.0.0.1:`target`, until it is cut and again when it is mended."""

    def __init__(self, port: int, target: int) -> None:
        self.port, self.target = port, target
        self._cut: Cut | None = None
        self._mended = asyncio.Event()
        self._mended.set()
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._end_all()

    async def cut(self, how: Cut) -> None:
        """From now on nothing passes. Silently: connections stay, and what is under way comes when it is mended, as TCP sends it again."""
        self._cut = how
        self._mended.clear()
        if how == "reset":
            await self._end_all()

    def mend(self) -> None:
        self._cut = None
        self._mended.set()

    async def _end_all(self) -> None:
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.create_task(self._connect(reader, writer))
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.ExitStack() as ends:
            ends.callback(writer.transport.abort)
            if self._cut == "reset":
                return
            with contextlib.suppress(OSError):
                there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
                ends.callback(there_writer.transport.abort)
                ways = {asyncio.create_task(self._pass(reader, there_writer)), asyncio.create_task(self._pass(there_reader, writer))}
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(PIECE):
                await self._mended.wait()
                writer.write(piece)
                await writer.drain()
