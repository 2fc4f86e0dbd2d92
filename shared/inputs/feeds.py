"""RSS, Atom and JSON Feed documents: each item that brings a text is an article, with what the feed says of it.

fastfeedparser reads them (130,000 items a second on one core, where feedparser reads 1,500); feedparser, which forgives more, gets what it
refuses, or finds nothing in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import fastfeedparser
import feedparser
import orjson

from copydesk.shared.inputs.items import Reading, Values
from copydesk.shared.inputs.json_feed import json_feed
from copydesk.shared.inputs.listings import page_address
from copydesk.shared.inputs.plain_words import plain_words
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import BrokenFileError

LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*</")  # fastfeedparser leaves out that of RSS
BLANK = b"\xef\xbb\xbf \t\r\n"
SCHEMES = ("http://", "https://")
YEAR = 4  # digits
MARKS = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|[a-z]+);")


def feed(data: bytes, reading: Reading) -> Values:
    """Records of the items, numbered from 1. Raises BrokenFileError for what neither parser can read."""
    parsed = _parsed(data)
    base = str(parsed["feed"].get("link") or "")
    about = {"language": _language(data, parsed), "source": reading.source}
    if not parsed["entries"]:
        yield 0, Rejected("empty", "the feed has no items")
    for number, entry in enumerate(parsed["entries"], 1):
        yield number, _record(entry, base, about, reading)


def _parsed(data: bytes) -> Mapping[str, Any]:
    if data.lstrip(BLANK).startswith(b"{"):
        return json_feed(data.lstrip(BLANK))
    try:
        parsed: Mapping[str, Any] = fastfeedparser.parse(data)  # bytes are never fetched, as a text that is a URL would be
    except Exception:  # whatever a parser raises for what strangers wrote
        parsed = {"feed": {}, "entries": []}
    if parsed["entries"]:
        return parsed
    try:
        forgiving: Mapping[str, Any] = feedparser.parse(data, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:
        raise BrokenFileError(f"the feed cannot be read ({error}): fetch it again") from error
    if not forgiving["entries"] and forgiving.get("bozo"):
        raise BrokenFileError(f"the feed cannot be read ({forgiving.get('bozo_exception')}): fetch it again")
    return forgiving


def _language(data: bytes, parsed: Mapping[str, Any]) -> str | None:
    found = LANGUAGE.search(data[:65_536].partition(b"<item")[0])
    return parsed["feed"].get("language") or (found[1].decode() if found else None)


def _record(entry: Mapping[str, Any], base: str, about: Mapping[str, Any], reading: Reading) -> bytes | Rejected:
    url = _link(entry, base)
    text = _text(entry)
    said = {"title": plain_words(entry.get("title")), "author": _authors(entry), "published_at": _published(entry) or entry.get("updated")}
    if not text.strip() and url and reading.addresses:
        return page_address(url, {**said, **about})
    if not text.strip():
        return Rejected("empty", f"the feed gives no text of it: fetch the page {url}" if url else "the item has neither a text nor a link")
    kind = None if reading.shape == "body" else "text/html" if MARKS.search(text) else "text/plain"
    found = {"url": url, **said, reading.shape: text, "content_type": kind, **about}
    return orjson.dumps({name: value for name, value in found.items() if value})


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    """The address of an item, None where it has none: its feed's is not its own. An id is one where it is written as one."""
    name = str(entry.get("id") or "").strip()
    link = str(entry.get("link") or "").strip() or (name if name.startswith(SCHEMES) else "")
    try:
        whole = urljoin(base, link) if link else ""
    except ValueError:
        return None
    return whole if whole.startswith(SCHEMES) else None


def _published(entry: Mapping[str, Any]) -> str | None:
    """When it was published. fastfeedparser takes a guid for a time where there is no other: `123` for the year 123."""
    name, published = str(entry.get("id") or ""), entry.get("published")
    is_guessed = name.isdigit() and len(name) <= YEAR and str(published).startswith(f"{name:0>{YEAR}}-")
    return None if is_guessed else published


def _text(entry: Mapping[str, Any]) -> str:
    """The longest of what it brings: some feeds have the whole article as its description, and a line as its content."""
    contents: Sequence[Any] = entry.get("content") or ()
    texts = [str(one.get("value") or "") for one in contents if isinstance(one, Mapping)]
    return max([*texts, str(entry.get("description") or ""), str(entry.get("summary") or "")], key=len)


def _authors(entry: Mapping[str, Any]) -> str | None:
    names = [str(one.get("name") or "") for one in entry.get("authors") or () if isinstance(one, Mapping)]
    return plain_words(", ".join(dict.fromkeys(name for name in names if name)) or entry.get("author"))


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed as it stands there. `id` tells it from the others: its own id, else its link."""

    id: str
    url: str | None
    title: str | None
    author: str | None
    published_at: str | None
    updated_at: str | None
    text: str


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A whole feed."""

    title: str | None
    language: str | None
    items: tuple[FeedItem, ...]


def feed_document(data: bytes, url: str) -> FeedDocument:
    """The feed at this address. Raises BrokenFileError for what neither parser can read."""
    parsed = _parsed(data)
    base = urljoin(url, str(parsed["feed"].get("link") or ""))
    return FeedDocument(plain_words(parsed["feed"].get("title")), _language(data, parsed), tuple(_item(entry, base) for entry in parsed["entries"]))


def _item(entry: Mapping[str, Any], base: str) -> FeedItem:
    link, published, text = _link(entry, base), _published(entry), _text(entry)
    name = str(entry.get("id") or link or entry.get("title") or text)
    title = plain_words(entry.get("title"))
    return FeedItem(name, link, title, _authors(entry), published or entry.get("updated"), entry.get("updated"), text)
