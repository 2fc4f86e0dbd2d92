"""POST /articles."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from copydesk.services.gateway.access import Client, require
from copydesk.services.gateway.posting.bodies import Line, PostedForm, form_of, lines, whole
from copydesk.services.gateway.posting.records import ArticleQuery, ToSend, page, to_send, told_of
from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.queries import query_of
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.errors import CopydeskError, TooLargeError
from copydesk.shared.headers import fresh
from copydesk.shared.kafka import Sender
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.tracing import Tracing
from copydesk.shared.stage import Rejected

BATCH = 64  # records that are judged and sent together
BATCH_BYTES = 4_000_000
SPOOLED = 1_000_000  # bytes of an answer that are kept in memory
STATUS = {"too_large": 413, "unsupported_format": 415}
REMEDIES = {
    "not_json": "send each record as one JSON object in UTF-8",
    "not_an_object": "send each record as one JSON object",
    "too_large": "shorten it, or raise COPYDESK_RAW_LIMIT everywhere",
    "unsupported_format": "do what the detail says",
}
PLEASE = "correct what the detail names and send it again; docs/records.md has the fields"


@dataclass(frozen=True, slots=True)
class Post:
    """Where articles go, and who counts them."""

    settings: GatewaySettings
    sender: Sender
    metrics: Metrics
    tracing: Tracing | None = None


class PostReport:
    """What became of each record, in the order of the body. However many there are, little of it is in memory."""

    def __init__(self) -> None:
        self._parts: dict[str, IO[bytes]] = {name: SpooledTemporaryFile(SPOOLED) for name in ("accepted", "refused")}  # noqa: SIM115
        self.counts = {"accepted": 0, "refused": 0}
        self.first: dict[str, Any] | None = None  # that was refused

    def accept(self, sent: ToSend, number: int) -> None:
        about = {"topic": sent.topic.name} if sent.topic.name != "articles.raw" else {}
        self._add("accepted", {"id": sent.article_id, **({"record": number} if number else {}), **about})

    def refuse(self, rejected: Rejected, number: int) -> None:
        problem = problem_of(rejected, number).body()
        self.first = self.first or problem
        self._add("refused", problem)

    def _add(self, name: str, entry: dict[str, Any]) -> None:
        self._parts[name].write((b",\n" if self.counts[name] else b"") + orjson.dumps(entry))
        self.counts[name] += 1

    async def json(self, head: bytes = b"{") -> AsyncIterator[bytes]:
        """{"accepted": […], "refused": […], "counts": {…}}; `head` may hold members that stand before."""
        yield head
        for name, part in self._parts.items():
            yield b'"%s":[' % name.encode()
            part.seek(0)
            while piece := part.read(65_536):
                yield piece
            yield b"],\n"
        yield b'"counts":' + orjson.dumps(self.counts) + b"}\n"
        self.close()

    def close(self) -> None:
        for part in self._parts.values():
            part.close()


def problem_of(rejected: Rejected, number: int = 0) -> Problem:
    more: dict[str, Any] = {"record": number} if number else {}
    return Problem(STATUS.get(rejected.reason, 422), rejected.reason, rejected.detail, REMEDIES.get(rejected.reason, PLEASE), **more)


async def post_articles(request: Request) -> Response:
    """Put articles onto articles.raw: one, an array, JSON lines, a page or text as it is, or addresses to fetch.

    202 once the brokers have confirmed all that is accepted. Sending the same again changes nothing.
    """
    client = require(request, "write")
    post: Post = request.app.state.post
    form = form_of(request)
    query = query_of(request, ArticleQuery)
    if form in ("html", "text"):
        return await _one(post, page(await _whole(request, client), form, told_of(query, request.headers)))
    if query.model_fields_set:
        raise Problem(422, "invalid_request", f"{sorted(query.model_fields_set)[0]} in the query is for pages and texts", "put it into the records")
    if form == "json":
        return await _json(post, await _whole(request, client))
    return await _many(post, _judged_lines(request, post, form), request)


async def _whole(request: Request, client: Client) -> bytes:
    post: Post = request.app.state.post
    return await whole(request, client.size, post.settings.gateway_patience_s)


async def _json(post: Post, data: bytes) -> Response:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise problem_of(Rejected("not_json", f"the body is not JSON in UTF-8: {error}")) from error
    if not isinstance(found, list):
        return await _one(post, data)

    async def each() -> AsyncIterator[list[Line]]:
        for begin in range(0, len(found), BATCH):
            yield [Line(begin + place, _dumped(record)) for place, record in enumerate(found[begin : begin + BATCH], 1)]

    return await _many(post, each())


def _dumped(record: object) -> bytes | Rejected:
    try:
        return orjson.dumps(record)
    except TypeError as error:
        return Rejected("invalid_record", f"it cannot be written again ({error}): flatten what is nested deepest")


async def _one(post: Post, value: bytes | Rejected) -> Response:
    """One record: its problem is the answer's."""
    report = PostReport()
    await _send(post, [Line(0, value)], report)
    if report.first is not None:
        return Response(orjson.dumps(report.first), report.first["status"], media_type="application/problem+json")
    return _accepted(report)


async def _judged_lines(request: Request, post: Post, form: PostedForm) -> AsyncIterator[list[Line]]:
    batch: list[Line] = []
    size = 0
    async for line in lines(request, 2 * post.settings.raw_limit, post.settings.gateway_patience_s):
        if form == "urls" and isinstance(line.value, bytes):
            if line.value.startswith(b"#"):
                continue
            line = Line(line.number, orjson.dumps({"url": line.value.decode("utf-8", "replace")}))
        batch.append(line)
        size += len(line.value) if isinstance(line.value, bytes) else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    yield batch


async def _many(post: Post, batches: AsyncIterator[list[Line]], request: Request | None = None) -> Response:
    report = PostReport()
    try:
        async for batch in batches:
            await _send(post, batch, report)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it; what was confirmed is stored
    except (CopydeskError, Problem) as error:
        return _broken_off(error, report)
    if report.counts["accepted"] or not report.counts["refused"]:
        return _accepted(report)
    return _none_accepted(report)


def _accepted(report: PostReport) -> Response:
    return StreamingResponse(report.json(), 202, media_type="application/json")


def _none_accepted(report: PostReport) -> Response:
    first = report.first or {}
    problem = Problem(first["status"], first["type"].rpartition(":")[2], f"no record was accepted; the first: {first['detail']}", first["remedy"])
    return StreamingResponse(report.json(orjson.dumps(problem.body())[:-1] + b","), first["status"], media_type="application/problem+json")


def _broken_off(error: CopydeskError | Problem, report: PostReport) -> Response:
    """The brokers, or the body, ended in the middle: what is told as accepted is stored, the rest has to be sent again."""
    remedy = "send it again: what is accepted is stored, and twice is no harm"
    problem = error if isinstance(error, Problem) else Problem(503, "unavailable", error.message, remedy, {"Retry-After": "5"})
    body = report.json(orjson.dumps(problem.body())[:-1] + b",")
    return StreamingResponse(body, problem.status, problem.headers, media_type="application/problem+json")


async def _send(post: Post, batch: Sequence[Line], report: PostReport) -> None:
    """Judge a batch off the event loop, send what is good, and wait until all of it is confirmed. Raises CopydeskError where it is not."""
    now_ms = int(time.time() * 1000)
    judged = await asyncio.to_thread(lambda: [_judged(line, now_ms, post.settings.raw_limit) for line in batch])
    post.metrics.records_in.inc(len(batch))
    sent = [await _started(post, one, now_ms) if isinstance(one, ToSend) else one for one in judged]
    await asyncio.gather(*(one for one in sent if not isinstance(one, Rejected)), return_exceptions=True)
    for line, to_go, outcome in zip(batch, judged, sent, strict=True):
        if isinstance(outcome, Rejected) or not isinstance(to_go, ToSend):
            rejected = outcome if isinstance(outcome, Rejected) else Rejected("too_large")
            post.metrics.rejected(rejected.reason)
            report.refuse(rejected, line.number)
            continue
        await outcome  # raises where it was not confirmed
        post.metrics.records_out.inc()
        report.accept(to_go, line.number)


def _judged(line: Line, now_ms: int, raw_limit: int) -> ToSend | Rejected:
    return line.value if isinstance(line.value, Rejected) else to_send(line.value, now_ms, raw_limit)


async def _started(post: Post, one: ToSend, now_ms: int) -> asyncio.Future[Any] | Rejected:
    headers, tracing, began_ns = fresh("gateway", now_ms), post.tracing, time.time_ns()
    try:
        stored = asyncio.ensure_future(await post.sender.send(one.topic, one.key, one.value, headers))
        if tracing is not None:
            about = {"messaging.destination.name": one.topic.name, "messaging.kafka.message.key": one.article_id}
            stored.add_done_callback(lambda _: tracing.root(headers, began_ns, time.time_ns(), **about))
        return stored
    except TooLargeError as error:
        return Rejected("too_large", str(error))
