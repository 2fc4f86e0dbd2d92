"""Metadata of a page, each field from the first source that states it, with the name of that source.

Order of trust: JSON-LD of the article (what the publisher tells search engines), OpenGraph, microdata, meta tags, then what
stands in the page for readers. The title has its own rules (`headline`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from copydesk.services.cleaner.dates import DateOrder
from copydesk.services.cleaner.html import headline, jsonld, moments
from copydesk.services.cleaner.html.authors import Stated, stated_author
from copydesk.services.cleaner.html.facts import PageFacts, item_value
from copydesk.services.cleaner.html.headline import Title
from copydesk.services.cleaner.html.moments import StatedTime
from copydesk.services.cleaner.html.plain_text import one_line
from copydesk.services.cleaner.html.vicinity import Vicinity, near

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "published_date", "sailthru.date", "parsely-pub-date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "dcterms.issued", "citation_publication_date", "citation_date", "article.published",
    "article_date_original", "originalpublicationdate", "release_date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "rnews:datepublished", "date.created", "bt:pubdate", "timestamp", "creation_date", "blogtimestamp",
    "published", "published-date", "published_at", "published_time", "publication-date", "publication_date", "publicationdate",
)  # fmt: skip
LOCKED = frozenset({"locked", "paid", "premium", "subscriber", "metered"})
LANGUAGE = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9-]+)?\s*$")
PRINT = re.compile(r"(?:^|[/_.-])print(?:able|er)?(?:[/_.-]|$)|[?&](?:print|printable|view=print|format=print)\b", re.I)


@dataclass(slots=True)
class Metadata:
    """Fields found, and `origins` of those."""

    title: str | None = None
    author: str | None = None
    published: StatedTime | None = None
    language: str | None = None
    more: dict[str, str | bool] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


def title_of(facts: PageFacts, url: str | None, headings: list[Title]) -> Title | None:
    """The headline. `headings` are candidates that stand in the page above its article."""
    site = _first(_site_names(facts))
    return headline.choose_title(list(_titles(facts)), headings, site[0] if site else None, url)


def metadata(facts: PageFacts, url: str | None, title: Title | None, vicinity: Vicinity | None = None, order: DateOrder | None = None) -> Metadata:
    """All metadata that is stated. Items and bylines count where they stand near the article (`vicinity`; without it, anywhere)."""
    found = Metadata()
    if title:
        found.title, found.origins["title"] = title.text, title.origin
    if author := stated_author(facts, vicinity, [name for name, _ in _site_names(facts) if name]):
        found.author, found.origins["author"] = author
    if when := next(_times(facts, url, vicinity, order), None):
        found.published, found.origins["published_at"] = when
    if language := _first(_languages(facts)):
        found.language, found.origins["language"] = language
    _more(found, facts, url, _first(_site_names(facts)))
    return found


def _first(candidates: Iterator[Stated]) -> Stated | None:
    return next((candidate for candidate in candidates if candidate[0]), None)


def _more(found: Metadata, facts: PageFacts, url: str | None, site: Stated | None) -> None:
    base = url or facts.meta.get("og:url") or ""
    fields: dict[str, Stated | None] = {
        "canonical_url": _address(_first(_canonicals(facts)), base),
        "site_name": site,
        "section": _first(_sections(facts)),
        "image": _address(_first(_images(facts)), base),
    }
    for name, stated in fields.items():
        if stated:
            found.more[name], found.origins[name] = stated
    marks: dict[str, str | None] = {"paywalled": _paywall(facts), "amp": _amp(facts.root), "print_page": "url" if url and PRINT.search(url) else None}
    for name, origin in marks.items():
        if origin:
            found.more[name], found.origins[name] = True, origin


def _titles(facts: PageFacts) -> Iterator[Title]:
    sources: tuple[tuple[str | None, str], ...] = (
        (jsonld.text(facts.article.get("headline")), "json-ld"),
        (facts.first_meta("og:title"), "opengraph"),
        (facts.first_meta("twitter:title"), "twitter"),
        (facts.item("headline"), "microdata"),
        (facts.first_meta("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"), "meta"),
        (facts.title, "title"),
    )
    return (Title(text, origin) for text, origin in sources if text)


def _times(facts: PageFacts, url: str | None, vicinity: Vicinity | None, order: DateOrder | None) -> Iterator[tuple[StatedTime, str]]:
    for value, origin in _time_sources(facts, vicinity):
        if value and (moment := moments.stated_time(value, order)):
            yield moment, origin
    if moment := moments.of_url(url):
        yield moment, "url"


def _time_sources(facts: PageFacts, vicinity: Vicinity | None) -> Iterator[tuple[str | None, str]]:
    others = [node for node in facts.nodes if jsonld.types(node) & jsonld.PAGES]
    yield jsonld.text(facts.article.get("datePublished")) or jsonld.text(facts.article.get("dateCreated")), "json-ld"
    yield from ((facts.meta.get(name), "opengraph" if ":" in name else "meta") for name in PUBLISHED)
    for name in ("datepublished", "datecreated"):
        yield from ((item_value(element), "microdata") for element in near(facts.items.get(name, []), vicinity))
    yield from ((jsonld.text(node.get("datePublished")), "json-ld") for node in others)


def _languages(facts: PageFacts) -> Iterator[Stated]:
    sources: tuple[tuple[str | None, str], ...] = (
        (facts.root.get("lang") or facts.root.get("{http://www.w3.org/XML/1998/namespace}lang") or facts.root.get("xml:lang"), "html"),
        (jsonld.text(facts.article.get("inLanguage")), "json-ld"),
        (facts.first_meta("og:locale"), "opengraph"),
        (facts.first_meta("content-language", "language", "dc.language"), "meta"),
    )
    return ((match[1].lower(), origin) for value, origin in sources if value and (match := LANGUAGE.match(value)))


def _canonicals(facts: PageFacts) -> Iterator[Stated]:
    yield facts.links.get("canonical", ""), "link"
    yield facts.meta.get("og:url", ""), "opengraph"
    yield jsonld.address(facts.article.get("mainEntityOfPage")) or jsonld.address(facts.article.get("url")) or "", "json-ld"


def _site_names(facts: PageFacts) -> Iterator[Stated]:
    yield facts.meta.get("og:site_name", ""), "opengraph"
    yield jsonld.text(jsonld.linked(facts.article, facts.nodes, "publisher")) or "", "json-ld"
    yield next((jsonld.text(node.get("name")) or "" for node in facts.nodes if "website" in jsonld.types(node)), ""), "json-ld"
    yield facts.first_meta("application-name", "apple-mobile-web-app-title", "dc.publisher") or "", "meta"


def _sections(facts: PageFacts) -> Iterator[Stated]:
    yield jsonld.text(facts.article.get("articleSection")) or "", "json-ld"
    yield facts.meta.get("article:section", ""), "opengraph"
    yield facts.item("articlesection") or "", "microdata"
    yield facts.first_meta("section", "parsely-section", "category", "cxenseparse:section") or "", "meta"


def _images(facts: PageFacts) -> Iterator[Stated]:
    yield facts.first_meta("og:image", "og:image:url", "og:image:secure_url") or "", "opengraph"
    yield jsonld.address(facts.article.get("image")) or jsonld.address(facts.article.get("thumbnailUrl")) or "", "json-ld"
    yield facts.first_meta("twitter:image", "twitter:image:src", "thumbnail") or "", "meta"


def _address(stated: Stated | None, base: str) -> Stated | None:
    """An absolute web address, or nothing."""
    if stated is None:
        return None
    try:
        url = urljoin(base, one_line(stated[0]))
        parts = urlsplit(url)
    except ValueError:
        return None
    return (url, stated[1]) if parts.scheme in ("http", "https") and parts.hostname else None


def _paywall(facts: PageFacts) -> str | None:
    """Who says that the article is not free to read."""
    said: Callable[[object], bool] = lambda value: str(value).rsplit("/", 1)[-1].lower() == "false"  # noqa: E731
    if any("isAccessibleForFree" in node and said(node["isAccessibleForFree"]) for node in facts.nodes):
        return "json-ld"
    if said(facts.item("isaccessibleforfree")):
        return "microdata"
    return "opengraph" if facts.meta.get("article:content_tier", "").lower() in LOCKED else None


def _amp(root: HtmlElement) -> str | None:
    return "html" if root.get("amp") is not None or root.get("⚡") is not None else None
