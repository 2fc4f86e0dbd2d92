"""Sitemaps, and items of feeds without a text: addresses of pages, which are no articles before they are fetched."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from copydesk.shared.inputs.items import UNSUPPORTED, PageAddress, Reading, Values
from copydesk.shared.inputs.sitemaps import sitemap
from copydesk.shared.stage import Rejected

FETCH = "`copydesk produce` puts its addresses onto articles.urls, for the fetcher"


def listing(data: bytes, reading: Reading) -> Values:
    """Addresses in a sitemap, numbered from 1, with what a news sitemap says of them. Raises BrokenFileError for what is none."""
    found = sitemap(data)
    if found.maps:
        yield 0, Rejected(UNSUPPORTED, "it is a list of sitemaps: `copydesk feeds add URL` follows it, or name the sitemaps themselves")
    elif not reading.addresses:
        yield 0, Rejected(UNSUPPORTED, f"it is a sitemap or list of {len(found.pages):,} pages: {FETCH}")
    else:
        for number, page in enumerate(found.pages, 1):
            said = {"title": page.title, "published_at": page.published_at, "language": page.language, "source": reading.source}
            yield number, page_address(page.url, said)


def page_address(url: str, said: Mapping[str, str | None]) -> PageAddress:
    """The record of an address, with what is said of its page."""
    return PageAddress(orjson.dumps({"url": url, **{name: value for name, value in said.items() if value}}))
