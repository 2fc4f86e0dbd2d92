"""`subscribe(url=…)` where the connection breaks in the middle of an event, the gateway starts again, and an article is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

import copydesk
from copydesk import events
from tests.samples import enriched

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nretry: 2000\n: copydesk\n\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n" + orjson.dumps({"detail": "no broker has answered yet", "remedy": "wait"})
GONE = {"article_id": "a", "state": "retracted", "reason": "court order", "at": "2026-01-05T00:00:00.000Z"}


def sent(kind: str, position: str, data: Any) -> bytes:
    return b"event: %s\nid: %s\ndata: %s\n\n" % (kind.encode(), position.encode(), orjson.dumps(data))


async def test_nothing_is_lost_when_a_connection_breaks_within_an_event_and_the_gateway_comes_back_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "AGAIN_S", 0.0)
    second = sent("article", "2_0_0", enriched("b"))
    answers = [HEAD + sent("article", "1_0_0", enriched("a")) + second[:-20], BUSY, HEAD + second + sent("retraction", "2_0_1", GONE) + second]
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        asked.extend(line.partition(": ")[2] for line in lines if line.lower().startswith("last-event-id"))
        writer.write(answers.pop(0))
        await writer.drain()
        writer.close()

    taken_back: list[Mapping[str, Any]] = []
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        subscription = copydesk.subscribe(url=url, limit=3, on_retraction=taken_back.append)
        assert [article.article_id async for article in subscription] == ["a", "b", "b"]
    assert asked == ["1_0_0", "1_0_0"], "the event that broke off moved nothing"
    assert taken_back == [GONE]
