"""What is remembered of a source, in its shard's state.

s<tab>URL → the source as it came from its topic, or a sitemap that a list of sitemaps names
d<tab>URL → how it stands (`Standing`)
i<tab>URL<tab>ID → an item: [mark of what it said, when it was seen first in milliseconds since 1970]
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple

import orjson
import xxhash

from copydesk.shared.inputs.feeds import FeedItem

SOURCE, STANDING, ITEM = "s\t", "d\t", "i\t"
DETAIL = 300  # characters of an error


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands. Times are milliseconds since 1970."""

    due_ms: int = 0
    interval_s: float | None = None
    looked_ms: int = 0
    succeeded_ms: int = 0
    failures: int = 0  # in a row
    error: str = ""
    items: int = 0  # in the document
    found: int = 0  # passed on, ever
    kind: str = ""
    content: str = ""  # mark of the document
    modified_at: str = ""  # as its list of sitemaps says
    of: str = ""  # the list that names it
    validators: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        return orjson.dumps(asdict(self))

    @classmethod
    def decoded(cls, value: bytes | None) -> Standing:
        """Of what another version wrote, the fields that this one knows."""
        data: dict[str, Any] = orjson.loads(value) if value else {}
        return cls(**{name: data[name] for name in {one.name for one in fields(cls)} & data.keys()})


class Seen(NamedTuple):
    """An item as it was seen last: a mark of what it said, and when that was (milliseconds since 1970)."""

    mark: str
    at_ms: int


def item_key(url: str, item: FeedItem) -> str:
    return f"{ITEM}{url}\t{xxhash.xxh3_128_hexdigest(item.id.encode('utf-8', 'surrogatepass'))}"


def item_mark(item: FeedItem) -> str:
    """A mark of what makes an item a new one: its address, its title, and when it says that it was changed."""
    return xxhash.xxh3_64_hexdigest(orjson.dumps([item.url, item.title, item.updated_at]))


def document_mark(data: bytes) -> str:
    return xxhash.xxh3_64_hexdigest(data)
