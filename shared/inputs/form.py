"""What form a file has: by its first bytes, then by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

import orjson

from copydesk.shared.inputs.delimited import is_delimited
from copydesk.shared.inputs.foreign import HEADER, foreign, noise, packed_twice, root_of
from copydesk.shared.inputs.items import Form
from copydesk.shared.inputs.names import form_of
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE, STDIN, is_packed_archive

BLANK = b"\xef\xbb\xbf \t\r\n"
PAGE = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
LINES = 6  # that are looked at
SIGNATURES: dict[Form, re.Pattern[bytes]] = {
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
    "tar": re.compile(rb".{257}ustar(?:\x00|  \x00)", re.DOTALL),
    "parquet": re.compile(rb"PAR[1E][\x00-\x1f\x80-\xff]"),
    "warc": re.compile(rb"WARC/[01]\."),
    "mail": re.compile(rb"(?=" + HEADER + rb"{3})" + HEADER + rb"*?(?i:message-id|mime-version|received|return-path|delivered-to):"),
    "arrow": re.compile(rb"ARROW1\x00|\xff\xff\xff\xff.{3}\x00.{3}\x00\x00\x00\x0a\x00", re.DOTALL),
}
FEEDS = (b"rss", b"feed", b"rdf:rdf", b"rss:rss", b"atom:feed")  # names of root elements
JSON_FEED = re.compile(rb"\{[^{}\[\]]*\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version")
ADDRESS_LINE = re.compile(rb"https?://[^\s<>\"]+")
LISTED = re.compile(rb"\[\s*\{")


def recognised(stream: IO[bytes], name: str) -> Form | Rejected:
    """The form of a stream that stands at its beginning, which it keeps. Rejected says what it is that is not read, and what to do."""
    head = stream.peek(PIECE)[:PIECE]  # type: ignore[attr-defined]
    named = None if name == STDIN else form_of(Path(name))
    return foreign(head) or _signed(head) or packed_twice(head) or noise(head) or _by_lines(head, named) or named or _sniffed(head.lstrip(BLANK))


def certain(head: bytes) -> Form | Rejected | None:
    """What first bytes say by themselves, or why they are not read; None for what may be anything, such as a text."""
    is_page = head.lstrip(BLANK)[:14].lower().startswith(b"<!doctype html") or root_of(head) in (b"html", b"head", b"body")
    return foreign(head) or _signed(head) or packed_twice(head) or noise(head) or _by_lines(head, "text") or ("html" if is_page else None)


def _signed(head: bytes) -> Form | None:
    plain = head.lstrip(BLANK)
    if is_packed_archive(head):
        return "warc"
    if root_of(head) in FEEDS or JSON_FEED.match(plain):
        return "feed"
    if root_of(head) in (b"urlset", b"sitemapindex"):
        return "sitemap"
    return next((form for form, signature in SIGNATURES.items() if signature.match(head)), None)


def _sniffed(head: bytes) -> Form:
    if head.startswith(b"{"):
        return "jsonl" if _is_object(_first_lines(head)[0]) or b"\n" not in head or b"\n{" in head else "json"
    if LISTED.match(head):
        return "json"
    return "html" if head[:14].lower().startswith(PAGE) else "text"


def _by_lines(head: bytes, named: Form | None) -> Form | None:
    """JSON lines or a table under another name: two objects, each on a line of its own; names of columns above rows. Or addresses, one a line."""
    first = _first_lines(head)
    if named in ("text", None) and all(ADDRESS_LINE.fullmatch(line) for line in first):
        return "sitemap"
    if named in ("text", "html", "csv") and len(first) > 1 and all(_is_object(line) for line in first[:2]):
        return "jsonl"
    return "csv" if named in ("text", None) and is_delimited(head) else None


def _first_lines(head: bytes) -> list[bytes]:
    """Whole lines that are not empty; what the head cuts off is left out, unless it is all there is."""
    lines = [line.strip(BLANK) for line in head.split(b"\n")]
    whole = lines[:-1] if len(head) >= PIECE and len(lines) > 1 else lines
    return [line for line in whole if line][:LINES] or [b""]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False
