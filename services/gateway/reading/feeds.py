"""/feeds: what is followed and how each stands, from memory; and what a client adds or ends."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import require
from copydesk.services.gateway.posting.bodies import whole
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.reading.archive import json_answer
from copydesk.services.gateway.reading.asked import NoQuery
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.edge import feed_source
from copydesk.shared.followed_sources import STANDING, FollowedSource, SourcesOnTopic, Standing, end_sources, write_sources
from copydesk.shared.kafka import Message, consume, positions
from copydesk.shared.records.feeding import FeedSource, encoded
from copydesk.shared.runner.logs import logger
from copydesk.shared.topics import FEEDER_STATE, SOURCES

AGAIN_S = 5.0
LOOK_S = 30.0  # between two looks whether anybody follows anything
FIRST_S = 20.0  # for reading the topics the first time
MOST_BYTES = 1_000_000


class FollowedFeeds:
    """The sources on their topic, and how each stands. Nothing is read before there is a source, or somebody asks."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._sources = SourcesOnTopic()
        self._standings: dict[str, Standing] = {}
        self._next: dict[tuple[str, int], int] = {}
        self._asked, self._moved = asyncio.Event(), asyncio.Event()
        self._is_whole = False

    def __contains__(self, url: str) -> bool:
        return url in self._sources

    def __len__(self) -> int:
        return len(self._sources)

    async def run(self) -> None:
        """Read for ever; while the brokers do not answer, it tries again."""
        while True:
            try:
                if self._asked.is_set() or any((await positions(self._settings, (SOURCES,))).values()):
                    await self._read()
            except Exception as error:
                logger().warning("feeds are not followed at present", error=repr(error))
                await asyncio.sleep(AGAIN_S)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), LOOK_S)

    async def _read(self) -> None:
        """What is there now, after which it is whole; then what comes."""
        for follow in (False, True):
            async with aclosing(consume(self._settings, (SOURCES, FEEDER_STATE), since=self._next or "beginning", follow=follow)) as messages:
                async for message in messages:
                    self._take(message)
            self._is_whole = True
            self._wake()

    async def listed(self) -> list[FollowedSource]:
        """In the order of addresses. Raises Problem 503 while the topics are read for the first time."""
        self._asked.set()
        if not await self._until(lambda: self._is_whole, FIRST_S):
            raise Problem(503, "unavailable", "the feeds are still being read", "try again in a while", {"Retry-After": "5"})
        return [FollowedSource(source, self._standings.get(url)) for url, source in self._sources.by_address().items()]

    async def reached(self, wanted: Mapping[str, FeedSource | None]) -> None:
        """Return once these are what was read last, or soon: who asks next sees what it said."""
        self._asked.set()
        await self._until(lambda: all(self._sources.get(url) == source for url, source in wanted.items()), AGAIN_S)

    async def _until(self, is_so: Any, patience_s: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while not is_so():
                    await self._moved.wait()
        return bool(is_so())

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    def _take(self, message: Message) -> None:
        self._next[message.topic, message.partition] = message.offset + 1
        key = (message.key or b"").decode("utf-8", "replace")
        if message.topic == SOURCES.name:
            self._sources.take(message)
            self._wake()
        elif key.startswith(STANDING):
            _keep(self._standings, key.removeprefix(STANDING), Standing.decoded(message.value) if message.value is not None else None)


def _keep(kept: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value


def _followed(request: Request) -> FollowedFeeds:
    found: FollowedFeeds = request.app.state.feeds
    return found


async def feeds(request: Request) -> Response:
    """Feeds and sitemaps that are followed: the last success, when each is due, how much was found, what is wrong with it."""
    require(request, "read")
    query_of(request, NoQuery)
    listed = await _followed(request).listed()
    return json_answer({"feeds": [{**orjson.loads(encoded(one.source)), **one.told()} for one in listed]})


async def follow_feeds(request: Request) -> Response:
    """Follow a feed or sitemap, or an array of them, or change how one is followed.

    202 once the brokers have confirmed. All of it is taken, or nothing.
    """
    require(request, "admin")
    query_of(request, NoQuery)
    wanted = {one.url: one for one in _given(await whole(request, MOST_BYTES, request.app.state.settings.gateway_patience_s))}
    await write_sources(request.app.state.post.sender, wanted.values())
    await _followed(request).reached(wanted)
    return json_answer({"followed": sorted(wanted)}, 202)


async def end_feed(request: Request) -> Response:
    """End a source, with all that is remembered of it."""
    require(request, "admin")
    query_of(request, NoQuery)
    url = request.path_params["url"]
    await _followed(request).listed()
    if url not in _followed(request):
        raise Problem(404, "no_such_feed", f"{url[:200]} is not followed", "see GET /feeds")
    await end_sources(request.app.state.post.sender, [url])
    await _followed(request).reached({url: None})
    return Response(status_code=204)


def _given(data: bytes) -> list[FeedSource]:
    """The sources of a body. Raises Problem 422 that names the first that is none."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Problem(422, "not_json", f"the body is not JSON in UTF-8: {error}", "send an object with `url`, or an array of them") from error
    given = found if isinstance(found, list) else [found]
    return [_source(one, number if isinstance(found, list) else 0) for number, one in enumerate(given, 1)]


def _source(given: Any, number: int) -> FeedSource:
    found = feed_source(orjson.dumps(given))
    if isinstance(found, FeedSource):
        return found
    more: dict[str, Any] = {"record": number} if number else {}
    raise Problem(422, found.reason, found.detail, "correct what the detail names; docs/feeding.md has the fields", **more)
