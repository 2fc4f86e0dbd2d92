"""/articles, /entities, /stories, /sources: what the archive knows."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
from starlette.requests import Request
from starlette.responses import Response

from copydesk.services.gateway.access import require
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.reading.asked import ArticlesQuery, EntitiesQuery, NoQuery, StoriesQuery, TraceQuery
from copydesk.services.gateway.reading.brief import brief_page
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.archive.asking import ArchiveReader
from copydesk.shared.archive.postgres.connecting import driver
from copydesk.shared.archive.postgres.reader import PostgresReader
from copydesk.shared.archive.sqlite.reader import SqliteReader
from copydesk.shared.errors import ContentGoneError
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.subscribing.points_in_time import point_in_time
from copydesk.shared.trace import fetched, trace

T = TypeVar("T")
THREADS = 4
WAITING = 200  # questions that may wait for the archive


class Archive:
    """The archive, asked off the event loop; a question that would wait behind too many others is refused at once."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        self.reader = reader_of(settings)
        self._executor = ThreadPoolExecutor(THREADS, thread_name_prefix="archive")
        self._waiting = 0

    async def ask(self, question: Callable[[ArchiveReader], T]) -> T:
        """Raises CopydeskError as the reader does, Problem 503 when too many wait."""
        if self._waiting >= WAITING:
            raise Problem(503, "unavailable", "too many questions wait for the archive", "try again in a while", {"Retry-After": "2"})
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, question, self.reader)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)
        self.reader.close()


def reader_of(settings: GatewaySettings) -> ArchiveReader:
    """The database that the settings name. Nothing has to be there yet. Raises CopydeskError where its client is not installed."""
    if settings.gateway_archive == "sqlite":
        return SqliteReader(settings.database)
    driver()
    return PostgresReader(settings.postgres_url.get_secret_value())


def json_answer(value: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, {"Cache-Control": "no-store"}, "application/json")


def archive_of(request: Request) -> Archive:
    """The archive that this gateway reads."""
    found: Archive = request.app.state.archive
    return found


async def articles(request: Request) -> Response:
    """Articles that a search finds, with facets on the first page."""
    require(request, "read")
    query = query_of(request, ArticlesQuery)
    search, shown = query.search(), brief_page if query.brief else _whole
    return json_answer(await archive_of(request).ask(lambda reader: shown(reader.articles(search))))


def _whole(page: JsonObject) -> JsonObject:
    return page


async def article(request: Request) -> Response:
    """One article: what it is now, its revisions, its copies, corrections of its verdict."""
    return json_answer(await _article(request))


async def _article(request: Request) -> JsonObject:
    """The article that the path names, for whoever may read. Raises Problem 404 where there is none."""
    remedy = "see GET /articles; its /trace tells how far it came"
    return await _one(request, "article_id", lambda reader, name: reader.article(name), "no_such_article", "there is no article", remedy)


async def _one(
    request: Request, parameter: str, ask: Callable[[ArchiveReader, str], JsonObject | None], code: str, missing: str, remedy: str
) -> JsonObject:
    """What the archive has under a name in the path, for whoever may read. Raises Problem 404 with `missing` and the name where it has none."""
    require(request, "read")
    query_of(request, NoQuery)
    name = request.path_params[parameter]
    found = await archive_of(request).ask(lambda reader: ask(reader, name))
    if found is None:
        raise Problem(404, code, f"{missing} {name[:200]}", remedy)
    return found


async def article_trace(request: Request) -> Response:
    """How far an article came, by its id or URL: each record of it on the topics, and where it ended or waits."""
    require(request, "read")
    query = query_of(request, TraceQuery)
    since = point_in_time(query.since) if query.since else None
    if since is not None and since > datetime.now(UTC):
        raise Problem(422, "invalid_request", f"since {query.since} lies ahead", "give a time that has passed")
    found = await trace(request.app.state.settings, request.path_params["article_id"], since)
    return json_answer(found.as_json())


async def article_content(request: Request) -> Response:
    """What an article was made of, byte for byte as it was fetched, while articles.raw holds it; `Content-Digest` has its SHA-256."""
    found = await _article(request)
    try:
        data = await fetched(request.app.state.settings, found["article"])
    except ContentGoneError as error:
        raise Problem(410, "content_gone", error.message, error.remedy) from error
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return Response(data, 200, {"Cache-Control": "no-store", "Content-Digest": f"sha-256=:{digest}:"}, "application/octet-stream")


async def entities(request: Request) -> Response:
    """Names that the articles of a time are about."""
    require(request, "read")
    search = query_of(request, EntitiesQuery).search()
    return json_answer(await archive_of(request).ask(lambda reader: reader.entities(search)))


async def entity(request: Request) -> Response:
    """One name, or one link: how often, by day, with whom, in which sources."""
    found = await _one(request, "name", lambda reader, name: reader.entity(name), "no_such_entity", "no article names", "see GET /entities?q=")
    return json_answer(found)


async def stories(request: Request) -> Response:
    """Stories, those first of which an article came in last."""
    require(request, "read")
    search = query_of(request, StoriesQuery).search()
    return json_answer(await archive_of(request).ask(lambda reader: reader.stories(search)))


async def story(request: Request) -> Response:
    """One story, by its id or an article's: title, lede, outlets, names, who is quoted by whom, developments, and why each article is in it."""
    remedy = "see GET /stories; the service `stories` has to run"
    found = await _one(request, "story_id", lambda reader, name: reader.story(name), "no_such_story", "nothing was told of a story", remedy)
    return json_answer(found)


async def sources(request: Request) -> Response:
    """Sources: how much they print, how much of it is copied, who copies whom."""
    require(request, "read")
    query_of(request, NoQuery)
    return json_answer(await archive_of(request).ask(lambda reader: reader.sources()))


async def source(request: Request) -> Response:
    """One source, by day, and the lines that it repeats."""
    found = await _one(request, "name", lambda reader, name: reader.source(name), "no_such_source", "no article is of", "see GET /sources")
    return json_answer({**found, "furniture": request.app.state.followed.furniture(request.path_params["name"])})
