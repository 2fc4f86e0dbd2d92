"""What is remembered of a source, in its shard's state.

s<tab>URL → the source as it came from its topic, or a sitemap that a list of sitemaps names
d<tab>URL → how it stands (`Standing`)
i<tab>URL<tab>ID → an item: [mark of what it said, when it was seen first in milliseconds since 1970]
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Annotated, NamedTuple

import orjson
import xxhash
from pydantic import ConfigDict, Field, TypeAdapter, with_config

from copydesk.shared.inputs.feeds import FeedItem
from copydesk.shared.records.base import Count, Measure
from copydesk.shared.records.times import NotedMs
from copydesk.shared.web.freshness import Validator

SOURCE, STANDING, ITEM = "s\t", "d\t", "i\t"
DETAIL = 300  # characters of an error
STRICT = ConfigDict(strict=True, extra="ignore")


@with_config(STRICT)
@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands. Times are milliseconds since 1970."""

    due_ms: NotedMs = 0
    interval_s: Measure | None = None
    looked_ms: NotedMs = 0
    succeeded_ms: NotedMs = 0
    failures: Count = 0  # in a row
    error: str = ""
    items: Count = 0  # in the document
    found: Count = 0  # passed on, ever
    kind: str = ""
    content: str = ""  # mark of the document
    modified_at: str = ""  # as its list of sitemaps says
    of: str = ""  # the list that names it
    validators: dict[str, Validator] = field(default_factory=dict)

    def encoded(self) -> bytes:
        return orjson.dumps(asdict(self))

    @classmethod
    def decoded(cls, value: bytes | None) -> Standing:
        """Of what another version wrote, the fields that this one knows. Raises ValueError for what is no standing."""
        return STANDINGS.validate_json(value) if value else cls()


class Seen(NamedTuple):
    """An item as it was seen last: a mark of what it said, and when that was (milliseconds since 1970)."""

    mark: Annotated[str, Field(max_length=64)]
    at_ms: NotedMs

    @classmethod
    def decoded(cls, value: bytes) -> Seen:
        """Raises ValueError for what is no such item."""
        return SEEN.validate_json(value)


STANDINGS = TypeAdapter(Standing)
SEEN = TypeAdapter(Seen, config=STRICT)


def item_key(url: str, item: FeedItem) -> str:
    return f"{ITEM}{url}\t{xxhash.xxh3_128_hexdigest(item.id.encode('utf-8', 'surrogatepass'))}"


def item_mark(item: FeedItem) -> str:
    """A mark of what makes an item a new one: its address, its title, and when it says that it was changed."""
    return xxhash.xxh3_64_hexdigest(orjson.dumps([item.url, item.title, item.updated_at]))


def document_mark(data: bytes) -> str:
    return xxhash.xxh3_64_hexdigest(data)
