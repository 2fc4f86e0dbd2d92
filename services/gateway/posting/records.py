"""From what a client sent to what goes onto a topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import Headers

from copydesk.services.gateway.posting.bodies import PostedForm
from copydesk.shared.edge import explain, json_object
from copydesk.shared.inputs.content import content_of
from copydesk.shared.inputs.foreign import foreign, noise
from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.records.feeding import ArticleUrl, encoded, host_of
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, URLS, Topic


@dataclass(frozen=True, slots=True)
class ToSend:
    """A record for a topic: its article's id, its key and its bytes."""

    topic: Topic
    article_id: str
    key: str
    value: bytes


class ArticleQuery(BaseModel):
    """What is known of a page or text that comes as it is. Each may stand in a header as well, percent-encoded: `Copydesk-Published-At`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: str | None = Field(None, min_length=1, max_length=512, description="An id of your own; else it is made of the URL or the content.")
    url: str | None = Field(None, max_length=16_384, description="The address of the page.")
    source: str | None = Field(None, max_length=1_024, description="Who published it; the URL's host where absent.")
    title: str | None = Field(None, max_length=32_768, description="Its title, where that is known.")
    author: str | None = Field(None, max_length=32_768, description="Its author.")
    published_at: str | None = Field(None, max_length=100, description="When it was published.")
    fetched_at: str | None = Field(None, max_length=100, description="When the page was fetched; orders revisions.")
    language: str | None = Field(None, max_length=256, description="Its language, BCP 47.")


HEADERS = {f"copydesk-{name.replace('_', '-')}": name for name in ArticleQuery.model_fields}


def told_of(query: ArticleQuery, headers: Headers) -> dict[str, str]:
    """What query and headers say of the page; the query stands above."""
    in_headers = {name: unquote(headers[header]) for header, name in HEADERS.items() if header in headers}
    return {**in_headers, **query.model_dump(exclude_none=True)}


def page(data: bytes, form: PostedForm, told: Mapping[str, str]) -> bytes | Rejected:
    """A raw record of a page or text as it came, or why it is none."""
    if not data.strip():
        return Rejected("invalid_record", "the body is empty: send the page or text in it")
    if refused := foreign(data[:4_096]) or noise(data[:4_096]):
        return refused
    return orjson.dumps({**content_of(data), "content_type": "text/html" if form == "html" else "text/plain", **told})


def to_send(value: bytes, now_ms: int, raw_limit: int) -> ToSend | Rejected:
    """A record as JSON: an article, or with an address and no content one that is to be fetched."""
    record = json_object(value)
    if isinstance(record, Rejected):
        return record
    if "content" not in record and isinstance(record.get("url"), str):
        return address(record)
    ready = prepare_record(value, now_ms, raw_limit)
    return ToSend(RAW, ready.article_id, ready.article_id, ready.value) if isinstance(ready, Ready) else ready


def address(record: Mapping[str, Any]) -> ToSend | Rejected:
    """An address for articles.urls."""
    try:
        found = ArticleUrl.model_validate(record)
    except ValidationError as error:
        return Rejected("invalid_record", f"{explain(error)}; or give the article's content")
    return ToSend(URLS, article_id_of(found.url, None, ""), host_of(found.url), encoded(found))
