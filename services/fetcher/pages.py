"""A page as a raw record, and what is remembered of it: `v<tab>ID → {"etag", "last_modified", "content", "knowledge", "at_ms"}`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import orjson
import xxhash

from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.waiting import identity
from copydesk.shared.inputs.content import content_of
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.records.base import Noted, timestamp
from copydesk.shared.records.feeding import ArticleUrl, host_of
from copydesk.shared.records.times import NotedMs
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.freshness import Validator, validators

PAGES = "v\t"
KEPT_HEADERS = (
    "cache-control", "content-language", "content-type", "date", "etag", "last-modified", "tdm-policy", "tdm-reservation", "x-robots-tag",
)  # fmt: skip
HEADER_CHARACTERS = 2_000
STATED = {"title", "author", "published_at", "language"}
SWEEP_S, SWEPT = 60.0, 5_000  # so often so many remembered pages are looked at
OF_THE_WAY = {"url", "not_before", "attempts", "redirects"}  # not of the article


class PageNote(Noted):
    """What is remembered of a page."""

    at_ms: NotedMs
    etag: Validator = ""
    last_modified: Validator = ""
    content: str = ""
    knowledge: str = ""


def key_of(url: str) -> str:
    return f"{PAGES}{identity(url)}"


def known_of(record: ArticleUrl) -> dict[str, Any]:
    """What is known of the article besides its page: what goes onto its raw record."""
    return {name: value for name, value in record.model_dump(exclude_defaults=True).items() if name not in OF_THE_WAY}


def raw_record(record: ArticleUrl, answer: WebAnswer, now: datetime, reserved: list[str]) -> bytes:
    """The record for articles.raw, which lacks its id and time yet."""
    headers = {name: answer.headers[name][:HEADER_CHARACTERS] for name in KEPT_HEADERS if name in answer.headers}
    noted = {"text_mining_reserved_by": reserved} if reserved else {}
    kind = answer.headers.get("content-type", "text/html")[:1_000]
    page = {**content_of(answer.body), "content_type": kind, "url": answer.url, "fetched_at": timestamp(now), "headers": headers}
    return orjson.dumps({"source": host_of(answer.url), **known_of(record), **page, **noted})


def memory(record: ArticleUrl, answer: WebAnswer, before: Mapping[str, Any], now: datetime) -> bytes:
    """What to remember of a page that was fetched. `before`: what was remembered of it."""
    content = {"content": content_mark(answer.body)} if answer.status == 200 else {}
    known = {"knowledge": knowledge(record) or before.get("knowledge", "")}
    return orjson.dumps({**before, **validators(answer.headers), **content, **known, "at_ms": int(now.timestamp() * 1000)})


def content_mark(body: bytes) -> str:
    """By what a page is known again."""
    return xxhash.xxh3_64_hexdigest(body)


def knowledge(record: ArticleUrl) -> str:
    """A mark of what a feed says of the article; empty where it says nothing."""
    said = record.model_dump(include=STATED, exclude_none=True)
    return xxhash.xxh3_64_hexdigest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)) if said else ""


def knows_more(record: ArticleUrl, remembered: Mapping[str, Any]) -> bool:
    """Whether something is said of the article that was not said before, as a new title: then its page goes again though it is the same."""
    return (mark := knowledge(record)) != "" and mark != remembered.get("knowledge")


class Expiry:
    """Forgets pages that nobody has asked for for so many days, a few at a time."""

    def __init__(self, state: ShardState, days: float) -> None:
        self._state, self._days = state, days
        self._swept, self._from = 0.0, ""

    async def sweep(self) -> None:
        """Do so once in a while."""
        now = asyncio.get_running_loop().time()
        if now - self._swept > SWEEP_S:
            self._swept = now
            await self._sweep(now_ms() - self._days * 86_400_000)

    async def _sweep(self, before_ms: float) -> None:
        looked = list(islice(self._state.scan(PAGES, self._from), SWEPT))
        self._from = looked[-1][0] if len(looked) == SWEPT else ""
        expired: Changes = {key: None for key, value in looked if orjson.loads(value)["at_ms"] < before_ms}
        if expired:
            await self._state.write(expired)
