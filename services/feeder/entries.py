"""What an entry of feeder.state has to be like (memory.py says what they mean)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import orjson

from copydesk.services.feeder.memory import ITEM, SOURCE, Seen
from copydesk.shared.edge import feed_source
from copydesk.shared.followed_sources import STANDING, Standing
from copydesk.shared.keeping import EntryRules
from copydesk.shared.records.feeding import FeedSource

ITEMS = re.compile(r"i\t[^\t]+\t[0-9a-f]{32}")


def _check_source(key: str, value: bytes) -> None:
    source = feed_source(value)
    if not isinstance(source, FeedSource):
        raise ValueError(source.detail)
    if source.url != key.removeprefix(SOURCE):
        raise ValueError("the key is not that of the source")


def _check_standing(_: str, value: bytes) -> None:
    Standing.decoded(value)
    if "due_ms" not in orjson.loads(value):
        raise ValueError("does not say when the source is due")


def _check_item(key: str, value: bytes) -> None:
    if not ITEMS.fullmatch(key):
        raise ValueError("the key is not that of an item")
    Seen.decoded(value)


CHECKS: Mapping[str, Callable[[str, bytes], object]] = {
    SOURCE: _check_source,
    STANDING: _check_standing,
    ITEM: _check_item,
}


def check(key: str, value: bytes) -> None:
    """Raises ValueError for what the feeder cannot have written."""
    if (of_kind := CHECKS.get(key[:2])) is None:
        raise ValueError("the key is of no kind of entry")
    of_kind(key, value)


RULES = EntryRules("1", check)
