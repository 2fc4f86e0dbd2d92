"""JSON Feed documents (jsonfeed.org), read field by field: a value of a wrong kind costs itself, and not its feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from copydesk.shared.unpacking import BrokenFileError


def json_feed(data: bytes) -> Mapping[str, Any]:
    """The feed with its entries, named as the parsers of other feeds name them. Raises BrokenFileError for what is no JSON object."""
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BrokenFileError(f"the feed cannot be read ({error}): fetch it again") from error
    if not isinstance(value, dict):
        raise BrokenFileError("it is JSON, and no feed: fetch it again")
    items = value.get("items")
    about = {"title": _text(value, "title"), "link": _text(value, "home_page_url"), "language": _text(value, "language")}
    return {"feed": about, "entries": [_entry(item if isinstance(item, dict) else {}) for item in (items if isinstance(items, list) else [])]}


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    authors = item.get("authors") or [item.get("author")]
    return {
        "id": _text(item, "id"), "link": _text(item, "url"), "title": _text(item, "title"), "description": _text(item, "summary"),
        "content": [{"value": _text(item, "content_html")}, {"value": _text(item, "content_text")}],
        "published": _text(item, "date_published"), "updated": _text(item, "date_modified"),
        "authors": [{"name": _text(one, "name")} for one in (authors if isinstance(authors, list) else []) if isinstance(one, dict)],
    }  # fmt: skip


def _text(value: Mapping[str, Any], name: str) -> str | None:
    """Also of a number: many feeds have those as an id."""
    found = value.get(name)
    return found if isinstance(found, str) else str(found) if isinstance(found, int) and not isinstance(found, bool) else None
