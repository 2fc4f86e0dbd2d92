"""Whose article a record is."""

from __future__ import annotations

from urllib.parse import urlsplit


def source_of(source: str | None, url: str | None) -> str:
    """The source that the record names, else its URL's host; empty when neither is known."""
    if source:
        return source
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    except ValueError:
        return ""
