"""A feed or a sitemap as items."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.shared.inputs.feeds import FeedItem, feed_document
from copydesk.shared.inputs.sitemaps import Sitemap, SitemapPage, is_sitemap, sitemap, unpacked_bytes


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a source says: its items and, of a list of sitemaps, those."""

    kind: str  # feed, sitemap or list of sitemaps
    title: str | None
    language: str | None
    items: tuple[FeedItem, ...]
    maps: tuple[SitemapPage, ...] = ()


def read_document(data: bytes, url: str) -> SourceDocument:
    """The document at this address. Raises BrokenFileError for what is neither a feed nor a sitemap."""
    plain = unpacked_bytes(data)
    if is_sitemap(plain):
        found: Sitemap = sitemap(plain)
        return SourceDocument("list of sitemaps" if found.maps else "sitemap", None, None, tuple(map(_of_page, found.pages)), found.maps)
    feed = feed_document(plain, url)
    return SourceDocument("feed", feed.title, feed.language, feed.items)


def _of_page(page: SitemapPage) -> FeedItem:
    return FeedItem(page.url, page.url, page.title, None, page.published_at, page.modified_at, "")
