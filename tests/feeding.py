"""Feeding as tests see it: addresses put onto the topic, what came of them read back."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from copydesk.shared.kafka import consume, producer
from copydesk.shared.records.feeding import host_of
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, RAW, URLS, Topic

FETCHER = {
    "COPYDESK_WEB_PRIVATE": "127.0.1.0/24",
    "COPYDESK_WEB_CONTACT": "https://example.org/bot",
    "COPYDESK_WEB_HOST_DELAY_S": "0.3",
    "COPYDESK_WEB_READ_TIMEOUT_S": "60",
    "COPYDESK_WEB_TIMEOUT_S": "120",
    "COPYDESK_FETCHER_RETRY_S": "0.2",
    "COPYDESK_FETCHER_BACKOFF_S": "0.2",
    "COPYDESK_SESSION_TIMEOUT_S": "3",
}

Records = list[dict[str, Any]]


async def put(settings: Settings, *urls: str | Mapping[str, Any]) -> None:
    """Put addresses onto articles.urls."""
    async with producer(settings) as sender:
        records = [{"url": url} if isinstance(url, str) else url for url in urls]
        for sent in [await sender.send(URLS, host_of(record["url"]), orjson.dumps(record)) for record in records]:
            await sent


async def records(settings: Settings, topic: Topic) -> Records:
    """All records of a topic that hold something."""
    return [orjson.loads(message.value) async for message in consume(settings, [topic], since="beginning", follow=False) if message.value]


async def until(settings: Settings, done: Callable[[Records, Records], bool], patience_s: float = 400.0) -> tuple[Records, Records]:
    """Wait until the raw records and the dead letters are as they should be; both."""
    async with asyncio.timeout(patience_s):
        while True:
            found = await records(settings, RAW), await records(settings, DEADLETTERS)
            if done(*found):
                return found
            await asyncio.sleep(0.2)


def reasons(letters: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Path of the address → why it ended."""
    return {orjson.loads(base64.b64decode(letter["original"]))["url"].split("/", 3)[-1]: letter["reason"] for letter in letters}
