"""Small files in which a site says how it wants to be treated: robots.txt and tdmrep.json. How they are asked for and remembered.

    KIND<tab>ORIGIN → {"until_ms": …, "text": …}               known until then
                      {"until_ms": …, "at": URL, "hops": N}    it was moved within its host and is asked for there next

One that is not there (4xx) says nothing, and what is no redirect to an address says nothing either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar
from urllib.parse import urljoin, urlsplit

import orjson

from copydesk.shared.records.feeding import fetchable, host_of
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.freshness import lifetime_s

T = TypeVar("T")
MOST_HOPS = 5
LEAST_S = 3_600.0  # that it is kept, whatever it says of itself
KEPT = 2_000  # parsed


@dataclass(frozen=True, slots=True)
class SiteFile(Generic[T]):
    """A kind of file: its place in the state and on a site, and how its text is read."""

    kind: str
    path: str
    most_bytes: int
    read: Callable[[str], T]


@dataclass(frozen=True, slots=True)
class Unknown:
    """It has to be asked for, at this address."""

    url: str
    hops: int = 0


class SiteFileBook(Generic[T]):
    """Files of one kind by origin, parsed once."""

    def __init__(self, file: SiteFile[T]) -> None:
        self.file = file
        self._parsed: OrderedDict[bytes, T] = OrderedDict()

    def key_of(self, origin: str) -> str:
        return f"{self.file.kind}\t{origin}"

    def look(self, origin: str, kept: bytes | None, now_ms: int) -> T | Unknown:
        """What is known of an origin from the value kept under its key."""
        data = orjson.loads(kept) if kept else {}
        if data.get("until_ms", 0) <= now_ms:
            return Unknown(origin + self.file.path)
        if "at" in data:
            return Unknown(data["at"], data["hops"])
        key = kept or b""
        if key not in self._parsed:
            self._parsed[key] = self.file.read(data["text"])
            if len(self._parsed) > KEPT:
                self._parsed.popitem(last=False)
        return self._parsed[key]


def origin_of(url: str) -> str:
    """`https://example.org:8443/a?b` → `https://example.org:8443`."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def kept(answer: WebAnswer, asked: Unknown, now: datetime, longest_s: float) -> bytes:
    """What to keep of an answer under the origin's key."""
    if (target := answer.location) is not None and asked.hops < MOST_HOPS and _same_host(target, asked.url):
        return _value({"at": urljoin(asked.url, target), "hops": asked.hops + 1}, now, LEAST_S)
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    told = lifetime_s(answer.headers, now)
    return _value({"text": text}, now, min(longest_s, max(LEAST_S, longest_s if told is None else told)))


def kept_empty(now: datetime) -> bytes:
    """What to keep where nothing could be had, and that counts as nothing said."""
    return _value({"text": ""}, now, LEAST_S)


def _value(data: dict[str, object], now: datetime, seconds: float) -> bytes:
    return orjson.dumps({**data, "until_ms": int((now.astimezone(UTC).timestamp() + seconds) * 1000)})


def _same_host(target: str, url: str) -> bool:
    try:
        return host_of(fetchable(target)) == host_of(url)
    except ValueError:
        return False
