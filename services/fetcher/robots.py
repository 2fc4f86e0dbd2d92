"""What a site's robots.txt allows (RFC 9309, read by protego), and how it is remembered.

    r<tab>ORIGIN → {"until_ms": …, "text": …}                  known until then
                   {"until_ms": …, "at": URL, "hops": N}       it was moved within its host and is asked for there next

No robots.txt (4xx) allows everything; one that cannot be had (5xx, no answer) allows nothing until it can, and the host waits. A robots.txt that
is moved to another host counts as none: that host is asked for its own when a page leads there.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import orjson
from protego import Protego

from copydesk.shared.records.feeding import fetchable, host_of
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.freshness import lifetime_s

MOST_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least
MOST_HOPS = 5
LEAST_S = 3_600.0  # that it is kept, whatever it says of itself
LONGEST_DELAY_S = 3_600.0  # of a Crawl-delay: more is a slip
KEPT = 2_000  # parsed


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin, for one agent."""

    parsed: Protego
    agent: str

    def allow(self, url: str) -> bool:
        return bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that the site asks for."""
        rate = self.parsed.request_rate(self.agent)
        asked = [self.parsed.crawl_delay(self.agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
        return min(LONGEST_DELAY_S, max(0.0, *asked))


@dataclass(frozen=True, slots=True)
class Unknown:
    """It has to be asked for, at this address."""

    url: str
    hops: int = 0


class RobotsBook:
    """Rules by origin, parsed once."""

    def __init__(self, agent: str) -> None:
        self._agent = agent
        self._parsed: OrderedDict[bytes, Rules] = OrderedDict()

    def look(self, origin: str, kept: bytes | None, now_ms: int) -> Rules | Unknown:
        """What is known of an origin from the value kept under its key."""
        data = orjson.loads(kept) if kept else {}
        if data.get("until_ms", 0) <= now_ms:
            return Unknown(f"{origin}/robots.txt")
        if "at" in data:
            return Unknown(data["at"], data["hops"])
        key = kept or b""
        if key not in self._parsed:
            self._parsed[key] = parsed(data["text"], self._agent)
            if len(self._parsed) > KEPT:
                self._parsed.popitem(last=False)
        return self._parsed[key]


def origin_of(url: str) -> str:
    """`https://example.org:8443/a?b` → `https://example.org:8443`."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def key_of(origin: str) -> str:
    return f"r\t{origin}"


def parsed(text: str, agent: str) -> Rules:
    return Rules(Protego.parse(text), agent)


def kept(answer: WebAnswer, asked: Unknown, now: datetime, longest_s: float) -> bytes | None:
    """What to keep under the origin's key; None where the answer says that it cannot be had at present."""
    if answer.status == 429 or answer.status >= 500:
        return None
    if (target := answer.location) is not None and asked.hops < MOST_HOPS and _same_host(target, asked.url):
        return _value({"at": urljoin(asked.url, target), "hops": asked.hops + 1}, now, LEAST_S)
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    told = lifetime_s(answer.headers, now)
    return _value({"text": text}, now, min(longest_s, max(LEAST_S, longest_s if told is None else told)))


def _value(data: dict[str, object], now: datetime, seconds: float) -> bytes:
    return orjson.dumps({**data, "until_ms": int((now.astimezone(UTC).timestamp() + seconds) * 1000)})


def _same_host(target: str, url: str) -> bool:
    try:
        return host_of(fetchable(target)) == host_of(url)
    except ValueError:
        return False
