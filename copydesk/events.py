"""Articles from a gateway's GET /stream: what `subscribe(url=…)` gives."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from copydesk.article import Article
from copydesk.bridge import iterate
from copydesk.shared.edge import fact
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.newer import NEWER
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.subscribing.verdicts import Verdicts

OnRetraction = Callable[[Mapping[str, Any]], None]
AGAIN_S = 2.0
MOST_LINE = 2**26  # bytes of one event
SILENCE_S = 60.0  # longer than the gateway's heartbeats are apart


@dataclass(frozen=True, slots=True)
class ReceivedEvent:
    """One event of a stream; a heartbeat has an id alone."""

    kind: bytes
    id: str
    data: bytes


class HttpSubscription:
    """Articles of a gateway, as they come: `for article in …` or `async for article in …`, once. A connection that breaks is made again.

    `position` names the place behind the article that was yielded last; `subscribe(url=…, since=position)` goes on from there.
    """

    def __init__(self, url: str, query: Mapping[str, str], key: str | None = None, on_retraction: OnRetraction | None = None) -> None:
        self._url, self._query = f"{url.rstrip('/')}/stream", dict(query)
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._verdicts, self._on_retraction = Verdicts(), on_retraction
        self._left = int(query["limit"]) if "limit" in query else None
        self.position = ""

    def __iter__(self) -> Iterator[Article]:
        return iterate(self._articles())

    def __aiter__(self) -> AsyncIterator[Article]:
        return self._articles()

    async def _articles(self) -> AsyncGenerator[Article, None]:
        """Raises CopydeskError for what the gateway refuses, UnavailableError where it does not answer at first."""
        timeout = aiohttp.ClientTimeout(total=None, sock_read=SILENCE_S)
        async with aiohttp.ClientSession(headers=self._headers, timeout=timeout, read_bufsize=MOST_LINE) as session:
            while True:
                try:
                    async for article in self._once(session):
                        yield article
                    if self._query["follow"] == "false" or self._left == 0:
                        return
                except (aiohttp.ClientError, TimeoutError) as error:
                    if not self.position:
                        raise UnavailableError(f"no gateway answers at {self._url} ({error})", "start one with `copydesk up`") from error
                except UnavailableError:  # a gateway that starts again, or too many ask it
                    if not self.position:
                        raise
                await asyncio.sleep(AGAIN_S)

    async def _once(self, session: aiohttp.ClientSession) -> AsyncGenerator[Article, None]:
        resumed = {"Last-Event-ID": self.position} if self.position else {}
        query = {**self._query, **({"limit": str(self._left)} if self._left is not None else {})}
        async with session.get(self._url, params=query, headers=resumed) as answer:
            if answer.status != 200:
                raise _refusal(answer.status, await answer.read())
            async for event in _events(answer.content):
                self.position = event.id or self.position
                if (article := self._taken(event)) is not None:
                    yield article

    def _taken(self, event: ReceivedEvent) -> Article | None:
        """The article to show for an event: one, or one that was shown before and is corrected now."""
        if event.kind == b"retraction" and self._on_retraction is not None:
            self._on_retraction(orjson.loads(event.data))
        if event.kind == b"notice" and (said := orjson.loads(event.data))["type"] == NEWER:
            warnings.warn(said["detail"], stacklevel=2)
        if event.kind == b"correction":
            found = fact(event.data)
            changed = self._verdicts.take(found) if isinstance(found, PairFact) else None
            if changed is not None:
                self._verdicts.shown(changed)
            return None if changed is None else Article(changed)
        if event.kind != b"article":
            return None
        whole = self._verdicts.complete(orjson.loads(event.data))
        self._verdicts.shown(whole)
        self._left = None if self._left is None else self._left - 1
        return Article(whole)


async def _events(lines: AsyncIterable[bytes]) -> AsyncIterator[ReceivedEvent]:
    """Whole events, each at the empty line behind it: of one that the connection broke in the middle of, also the id is not taken."""
    kind, id_, data = b"", "", b""
    async for line in lines:
        word, _, value = line.rstrip(b"\r\n").partition(b": ")
        if word == b"id":
            id_ = value.decode()
        elif word == b"event":
            kind = value
        elif word == b"data":
            data = value
        elif not line.strip():
            yield ReceivedEvent(kind, id_, data)
            kind, id_, data = b"", "", b""


def _refusal(status: int, body: bytes) -> CopydeskError:
    try:
        problem: dict[str, Any] = orjson.loads(body)
        kind = UnavailableError if status in (429, 503) else CopydeskError
        return kind(str(problem["detail"]), str(problem["remedy"]))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return CopydeskError(f"the gateway answers with status {status}", "check the address")
