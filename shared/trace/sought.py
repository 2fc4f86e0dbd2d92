"""What is looked for: an article by its id or URL, and on which messages it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from copydesk.shared.edge import json_object
from copydesk.shared.kafka import Message
from copydesk.shared.records.feeding import host_of
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import DEADLETTERS, URLS

MessagePosition = tuple[str, int, int]  # topic, partition, offset


@dataclass(frozen=True, slots=True)
class Sought:
    """An article: its ids, the keys that its records may have, its URLs as far as they are known, and places at which it is known to have been.

    A record that brings an id of its own has another one than its URL would give; a client may write any key, or none; an address that
    led elsewhere is known by both.
    """

    ids: frozenset[str]
    keys: frozenset[bytes]
    urls: frozenset[str] = frozenset()
    places: frozenset[MessagePosition] = frozenset()

    def found_on(self, message: Message) -> dict[str, Any] | None:
        """The record on a message that is of this article: {} where the message has its key, and no record can be read."""
        value = message.value or b""
        has_key = message.key in self.keys and message.topic != URLS.name
        may_be = message.topic == DEADLETTERS.name or any(word in value for word in self._words())  # originals in letters are base64
        if not has_key and not may_be:
            return None
        read = json_object(value)
        record = {} if isinstance(read, Rejected) else read
        return record if has_key or self._is(record) else None

    def with_records(self, found: Iterable[tuple[Message, dict[str, Any]]]) -> Sought:
        """The same with what these records say of it."""
        known = list(found)
        urls = {str(record[name]) for _, record in known for name in ("url", "requested_url") if record.get(name)}
        ids = (
            self.ids | {str(record["article_id"]) for _, record in known if record.get("article_id")} | {article_id_of(url, None, "") for url in urls}
        )
        keys = self.keys | _keys(ids) | {message.key for message, _ in known if message.key and message.topic != URLS.name}
        places = {(message.topic, message.partition, message.offset) for message, _ in known}
        return Sought(ids, keys, self.urls | urls, self.places | places)

    def with_urls_of(self, record: Mapping[str, Any]) -> Sought:
        """The same with the record's address."""
        url = record.get("url")
        return replace(self, urls=self.urls | {url}) if isinstance(url, str) else self

    def hosts(self) -> frozenset[bytes]:
        """The keys of its addresses on articles.urls."""
        return frozenset(host_of(url).encode() for url in self.urls)

    def _words(self) -> Collection[bytes]:
        """What a value of this article holds, whoever wrote its JSON."""
        return [text.encode() for url in self.urls for text in (url, url.replace("/", "\\/"))] + [one.encode() for one in self.ids]

    def _is(self, record: dict[str, Any]) -> bool:
        if isinstance(record.get("article_id"), str) and record["article_id"] in self.ids:
            return True
        if (str(record.get("topic")), record.get("partition"), record.get("offset")) in self.places:
            return True
        urls = [record.get("url"), record.get("requested_url")]
        return any(
            isinstance(url, str) and (url in self.urls or ("article_id" not in record and article_id_of(url, None, "") in self.ids)) for url in urls
        )


def sought(article: str) -> Sought:
    """An article as a person names it: by its id, or by its URL, which has a scheme."""
    named = article.strip()
    is_url = "://" in named
    ids = frozenset([article_id_of(named, None, "") if is_url else named])
    return Sought(ids, _keys(ids), frozenset([named]) if is_url else frozenset())


def _keys(ids: Iterable[str]) -> frozenset[bytes]:
    return frozenset(one.encode() for one in ids)
