"""Sitemaps, news sitemaps and lists of them (sitemaps.org), also as mere lines of addresses, and OPML: where pages and feeds are, no articles."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from copydesk.shared.inputs.plain_words import plain_words
from copydesk.shared.unpacking import BrokenFileError

MOST_BYTES = 52_428_800  # of a sitemap, unpacked: as its protocol has it
GZIP = b"\x1f\x8b"
LINES = (b"https://", b"http://")
BLANK = b"\xef\xbb\xbf \t\r\n"


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """A page, or in a list of sitemaps a sitemap. What a news sitemap says of it stands beside."""

    url: str
    modified_at: str | None = None
    title: str | None = None
    published_at: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Its pages and, of a list, its sitemaps."""

    pages: tuple[SitemapPage, ...] = ()
    maps: tuple[SitemapPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed that an OPML file names."""

    url: str
    title: str | None


def unpacked_bytes(data: bytes, most: int = MOST_BYTES) -> bytes:
    """The bytes, unpacked where they are gzip. Raises BrokenFileError for what is broken, or unpacks to more than `most` bytes."""
    if not data.startswith(GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, most)
    except zlib.error as error:
        raise BrokenFileError(f"the packed sitemap is broken ({error}): fetch it again") from error
    if unpacker.unconsumed_tail:
        raise BrokenFileError(f"it unpacks to more than {most:,} bytes, which is no sitemap")
    return found


def is_sitemap(data: bytes) -> bool:
    """Whether this begins as a sitemap or a list of them."""
    head = data[:4_096]
    return b"<urlset" in head or b"<sitemapindex" in head or head.lstrip(BLANK).startswith(LINES)


def sitemap(data: bytes) -> Sitemap:
    """What a sitemap says. Raises BrokenFileError for what is none; an entry without an address is left out."""
    if data.lstrip(BLANK).startswith(LINES):
        return Sitemap(tuple(SitemapPage(line) for line in map(str.strip, data.decode("utf-8-sig", "replace").splitlines()) if line))
    root = _root(data)
    if _name(root) not in ("urlset", "sitemapindex"):
        raise BrokenFileError(f"it is <{_name(root)}>, no sitemap")
    found = tuple(page for element in root if (page := _page(element)) is not None)
    return Sitemap(maps=found) if _name(root) == "sitemapindex" else Sitemap(pages=found)


def outlines(data: bytes) -> list[Outline]:
    """The feeds of an OPML file. Raises BrokenFileError for what is none."""
    root = _root(data)
    if _name(root) != "opml":
        raise BrokenFileError(f"it is <{_name(root)}>, no OPML")
    found = ((element.get("xmlUrl", "").strip(), element.get("title") or element.get("text")) for element in root.iter("outline"))
    return [Outline(url, title) for url, title in found if url]


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data.lstrip(BLANK), parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFileError(f"it is no XML ({error})") from error
    if root is None:
        raise BrokenFileError("it is no XML: fetch it again")
    return root


def _page(element: Any) -> SitemapPage | None:
    said = dict(_said(element))
    if not said.get("loc"):
        return None
    return SitemapPage(said["loc"], said.get("lastmod"), plain_words(said.get("title")), said.get("publication_date"), said.get("language"))


def _said(element: Any) -> Iterator[tuple[str, str]]:
    """Names and texts of what an entry says, also one level deeper, where news sitemaps have theirs. Images and videos are no pages."""
    for inner in element.iter():
        if inner.text and inner.text.strip() and not {"image", "video"} & {_name(inner), *(_name(above) for above in inner.iterancestors())}:
            yield _name(inner), inner.text.strip()


def _name(element: Any) -> str:
    """Without its namespace, and without a prefix that stands for none: many news sitemaps do not declare `news:`."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
