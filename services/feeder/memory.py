"""What is remembered of a source, in its shard's state.

s<tab>URL → the source as it came from its topic, or a sitemap that a list of sitemaps names
d<tab>URL → how it stands (`copydesk.shared.followed_sources.Standing`)
i<tab>URL<tab>ID → an item: [mark of what it said, when it was seen first in milliseconds since 1970]
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import orjson
import xxhash
from pydantic import ConfigDict, Field, TypeAdapter

from copydesk.shared.inputs.feeds import FeedItem
from copydesk.shared.records.times import NotedMs

SOURCE, ITEM = "s\t", "i\t"
DETAIL = 300  # characters of an error


class Seen(NamedTuple):
    """An item as it was seen last: a mark of what it said, and when that was (milliseconds since 1970)."""

    mark: Annotated[str, Field(max_length=64)]
    at_ms: NotedMs

    @classmethod
    def decoded(cls, value: bytes) -> Seen:
        """Raises ValueError for what is no such item."""
        return SEEN.validate_json(value)


SEEN = TypeAdapter(Seen, config=ConfigDict(strict=True))


def item_key(url: str, item: FeedItem) -> str:
    return f"{ITEM}{url}\t{xxhash.xxh3_128_hexdigest(item.id.encode('utf-8', 'surrogatepass'))}"


def item_mark(item: FeedItem) -> str:
    """A mark of what makes an item a new one: its address, its title, and when it says that it was changed."""
    return xxhash.xxh3_64_hexdigest(orjson.dumps([item.url, item.title, item.updated_at]))


def document_mark(data: bytes) -> str:
    return xxhash.xxh3_64_hexdigest(data)
