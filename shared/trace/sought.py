"""What is looked for: an article by its id or URL, and on which messages it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from copydesk.shared.edge import json_object
from copydesk.shared.kafka import Message
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.stage import Rejected

MessagePosition = tuple[str, int, int]  # topic, partition, offset


@dataclass(frozen=True, slots=True)
class Sought:
    """An article: its ids, the keys that its records may have, the URL that was asked for, and places at which it is known to have been.

    A record that brings an id of its own has another one than its URL would give; a client may write any key, or none.
    """

    ids: frozenset[str]
    keys: frozenset[bytes]
    url: str | None = None
    places: frozenset[MessagePosition] = frozenset()

    def found_on(self, message: Message) -> dict[str, Any] | None:
        """The record on a message that is of this article: {} where the message has its key, and no record can be read."""
        value = message.value or b""
        if (message.key or b"") not in self.keys and not any(word in value for word in self._words()):
            return None
        read = json_object(value)
        record = {} if isinstance(read, Rejected) else read
        return record if self._is(record) or message.key in self.keys else None

    def with_records(self, found: Iterable[tuple[Message, dict[str, Any]]]) -> Sought:
        """The same with what its records on articles.raw say of it."""
        known = list(found)
        ids = self.ids | {str(record["article_id"]) for _, record in known if record.get("article_id")}
        keys = self.keys | _keys(ids) | {message.key for message, _ in known if message.key}
        return Sought(ids, keys, self.url, frozenset((message.topic, message.partition, message.offset) for message, _ in known))

    def _words(self) -> Collection[bytes]:
        """What a value of this article holds, whoever wrote its JSON."""
        urls = [self.url, self.url.replace("/", "\\/")] if self.url else []
        return [orjson.dumps(text)[1:-1] if text == self.url else text.encode() for text in (*self.ids, *urls)]

    def _is(self, record: dict[str, Any]) -> bool:
        url = record.get("url")
        if isinstance(record.get("article_id"), str) and record["article_id"] in self.ids:
            return True
        if (str(record.get("topic")), record.get("partition"), record.get("offset")) in self.places:
            return True
        return isinstance(url, str) and (url == self.url or ("article_id" not in record and article_id_of(url, None, "") in self.ids))


def sought(article: str) -> Sought:
    """An article as a person names it: by its id, or by its URL, which has a scheme."""
    url = article.strip() if "://" in article else None
    ids = frozenset([article_id_of(url, None, "") if url else article.strip()])
    return Sought(ids, _keys(ids), url)


def _keys(ids: Iterable[str]) -> frozenset[bytes]:
    return frozenset(one.encode() for one in ids)
