"""From a page to its article, in this process and without limits: what the extraction process does with each page."""

from __future__ import annotations

import trafilatura

from services.cleaner.html.article import HtmlArticle
from shared.stage import Rejected


def extract_page(html: str, url: str | None = None) -> HtmlArticle | Rejected:
    """The article, or why there is none. May take long and much memory on hostile pages; see `guard`."""
    if not html.strip():
        return Rejected("empty", "the page has no content")
    text = trafilatura.extract(html, url=url, include_comments=False, favor_precision=True)
    if not text:
        return Rejected("no_article", "no article text was found in the page")
    return HtmlArticle(tuple(line for line in text.splitlines() if line.strip()))
