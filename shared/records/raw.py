"""articles.raw: a page as it was fetched, with whatever its feed said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urldefrag

from pydantic import Field

from copydesk.shared.records.base import Envelope, Identifier, content_hash, timestamp
from copydesk.shared.records.times import Moment


class FetchedArticle(Envelope):
    """What is known of a page besides its content: it goes all the way."""

    article_id: Identifier = Field(description="Of the normalised URL, else of source and content.")
    content_type: str = Field("text/plain", max_length=1_024, description="Media type: text/plain (stripped text), text/html, …")
    encoding: str | None = Field(
        None, max_length=256, description="'base64' when content holds bytes; otherwise the charset it came in, for information."
    )
    url: str | None = Field(None, max_length=16_384, description="The URL that was fetched.")
    source: str | None = Field(None, max_length=1_024, description="Who published or delivered it; the URL's host where absent.")
    fetched_at: Moment | None = Field(None, description="When the page was fetched; orders revisions.")
    ingested_at: Moment = Field(description="When it came to Copydesk; at most five minutes ahead of the clock.")
    headers: dict[str, str] | None = Field(None, description="HTTP response headers of the fetch.")
    title: str | None = Field(None, max_length=32_768, description="Title that the feed gave.")
    author: str | None = Field(None, max_length=32_768, description="Author that the feed gave.")
    published_at: str | None = Field(None, description="Publication time that the feed gave.")
    language: str | None = Field(None, max_length=256, description="Language that the feed gave, BCP 47.")
    origin: str | None = Field(None, max_length=16_384, description="The input file that a text or page came from, as it was named.")


class RawArticle(FetchedArticle):
    """One fetched page. Only `content` has to be given: the edge completes `article_id` and `ingested_at`."""

    content: str = Field(description="The text or HTML; with encoding=base64 the fetched bytes, whose charset is detected.")


def article_id_of(url: str | None, source: str | None, content: str) -> str:
    """Deterministic id: of the normalised URL when there is one, else of source and content."""
    return content_hash("url", _normal(url)) if url else content_hash("text", source or "", content)


def _normal(url: str) -> str:
    from courlan import normalize_url  # it takes longer to import than most commands run

    try:
        return str(normalize_url(urldefrag(url).url))
    except ValueError:  # not a URL: any stable text identifies the article as well
        return url.strip()


def complete(data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Fill in `article_id` and `ingested_at` where a raw record lacks them; what it brings is kept."""
    return {
        **data,
        "article_id": data.get("article_id") or article_id_of(data.get("url"), data.get("source"), str(data.get("content", ""))),
        "ingested_at": data.get("ingested_at") or timestamp(now),
    }
