"""The feeds and sitemaps of a site: those that its page and its robots.txt name, else what lies where they often lie. Each is looked into."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from protego import Protego

from copydesk.services.feeder.documents import SourceDocument
from copydesk.services.feeder.looks import HostPace, fetched, look
from copydesk.services.feeder.settings import FeederSettings
from copydesk.shared.followed_sources import Standing
from copydesk.shared.records.feeding import fetchable
from copydesk.shared.web.answers import FetchError
from copydesk.shared.web.client import WebClient

TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
USUAL = ("/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/rss", "/sitemap.xml", "/news-sitemap.xml")
MOST = 50  # candidates that are looked into


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A feed or sitemap that can be followed."""

    url: str
    document: SourceDocument


async def looked_into(settings: FeederSettings, url: str) -> FoundSource:
    """One source, as a feeder would see it. Raises FetchError."""
    client = WebClient(settings)
    try:
        return await _looked(client, HostPace(settings.web_host_delay_s), url, settings)
    finally:
        await client.close()


async def discovered(settings: FeederSettings, url: str) -> AsyncIterator[FoundSource]:
    """The sources of the site at this address, as they are found. Raises FetchError where its page cannot be had."""
    client, pace = WebClient(settings), HostPace(settings.web_host_delay_s)
    try:
        page = await fetched(client, pace, url, settings.feeder_bytes)
        named = [*linked(page.body, page.url), *await _in_robots(client, pace, page.url, settings)]
        usual = [urljoin(page.url, path) for path in USUAL]
        tried: set[str] = set()
        found = False
        for candidates in (named, usual):
            for candidate in candidates[:MOST]:
                if candidate in tried:
                    continue
                tried.add(candidate)
                try:
                    yield await _looked(client, pace, candidate, settings)
                    found = True
                except FetchError:
                    continue
            if found:
                return
    finally:
        await client.close()


async def _looked(client: WebClient, pace: HostPace, url: str, settings: FeederSettings) -> FoundSource:
    found = await look(client, pace, url, Standing(), settings.feeder_bytes, datetime.now(UTC))
    if found.document is None:
        raise FetchError("no_feed", "the server says that nothing has changed, though nothing was asked before")
    if found.document.kind == "feed" and not found.document.items and not found.document.title:
        raise FetchError("no_feed", "it is neither a feed nor a sitemap")
    return FoundSource(url, found.document)


async def _in_robots(client: WebClient, pace: HostPace, url: str, settings: FeederSettings) -> list[str]:
    try:
        answer = await fetched(client, pace, urljoin(url, "/robots.txt"), settings.feeder_bytes)
    except FetchError:
        return []
    return list(Protego.parse(answer.body.decode("utf-8", "replace")).sitemaps) if answer.status == 200 else []


def linked(page: bytes, url: str) -> Iterator[str]:
    """The feeds that a page names in its head: `<link rel="alternate" type="application/rss+xml" href="…">`."""
    try:
        root = lxml.html.fromstring(page)
    except (etree.ParserError, ValueError):
        return
    for link in root.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").partition(";")[0].strip().lower() in TYPES:
            try:
                yield fetchable(urljoin(url, link.get("href", "")))
            except ValueError:
                continue
