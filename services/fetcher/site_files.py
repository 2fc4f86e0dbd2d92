"""Small files in which a site says how it wants to be treated: robots.txt and tdmrep.json. How they are asked for and remembered.

    KIND<tab>ORIGIN → {"until_ms": …, "text": …}               known until then
                      {"until_ms": …, "at": URL, "hops": N}    it was moved within its host and is asked for there next
                      {"until_ms": …, "elsewhere": URL, …}     it was moved to another host, whose owner was asked for it (errands.py)
                      {"until_ms": …, "failed": …}             that one could not have it

One that is not there (4xx) says nothing, and what is no redirect to an address says nothing either.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar
from urllib.parse import urlsplit

import orjson
from pydantic import Field, ValidationError, model_validator

from copydesk.shared.records.base import Noted
from copydesk.shared.records.feeding import LONGEST_URL, FetchableUrl, fetchable, host_of
from copydesk.shared.records.times import NotedMs
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.freshness import lifetime_s

T = TypeVar("T")
KeptFile = dict[str, Any]
MOST_HOPS = 5
LEAST_S = 3_600.0  # that it is kept, whatever it says of itself
ELSEWHERE_S = 600.0  # that another host's owner has to bring it
KEPT = 2_000  # parsed
LONGEST_TEXT = 600_000  # characters


class FileNote(Noted):
    """What is kept of a site's file."""

    until_ms: NotedMs
    text: str = Field("", max_length=LONGEST_TEXT)
    at: FetchableUrl = ""
    elsewhere: FetchableUrl = ""
    failed: str = ""
    hops: Annotated[int, Field(ge=0, le=MOST_HOPS)] = 0

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = self.model_fields_set - {"until_ms"}
        if said not in ({"text"}, {"failed"}, {"at", "hops"}, {"elsewhere", "hops"}):
            raise ValueError("does not say how it stands with the file")
        return self


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


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """It is being brought from another host; if it is not there by then, it is asked for again (milliseconds since 1970)."""

    until_ms: int


@dataclass(frozen=True, slots=True)
class NotBrought:
    """It could not be had from another host."""

    detail: str


NotKnown = Unknown | Elsewhere | NotBrought


class SiteFileBook(Generic[T]):
    """Files of one kind by origin, parsed once."""

    def __init__(self, file: SiteFile[T]) -> None:
        self.file = file
        self._parsed: OrderedDict[bytes, T] = OrderedDict()

    def key_of(self, origin: str) -> str:
        return f"{self.file.kind}\t{origin}"

    def look(self, origin: str, kept: bytes | None, now_ms: int) -> T | NotKnown:
        """What is known of an origin from the value kept under its key."""
        data = orjson.loads(kept) if kept else {}
        if data.get("until_ms", 0) <= now_ms:
            return Unknown(origin + self.file.path)
        if "at" in data:
            return Unknown(data["at"], data["hops"])
        if "elsewhere" in data:
            return Elsewhere(data["until_ms"])
        if "failed" in data:
            return NotBrought(data["failed"])
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


def kept(answer: WebAnswer, asked: Unknown, now: datetime, longest_s: float) -> KeptFile:
    """What to keep of an answer under the origin's key."""
    if (target := moved_to(answer, asked.hops)) is None:
        return said(answer, now, longest_s)
    if host_of(target) == host_of(asked.url):
        return _kept({"at": target, "hops": asked.hops + 1}, now, LEAST_S)
    return _kept({"elsewhere": target, "hops": asked.hops + 1}, now, ELSEWHERE_S)


def moved_to(answer: WebAnswer, hops: int) -> str | None:
    """Where it was moved to, behind so many redirects before; None where it was not, or too often, or to what is no address."""
    if answer.location is None or hops >= MOST_HOPS:
        return None
    try:
        return url if len(url := fetchable(answer.location)) <= LONGEST_URL else None
    except ValueError:
        return None


def said(answer: WebAnswer, now: datetime, longest_s: float) -> KeptFile:
    """What to keep of an answer that is no redirect."""
    text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
    told = lifetime_s(answer.headers, now)
    return _kept({"text": text}, now, min(longest_s, max(LEAST_S, longest_s if told is None else told)))


def said_nothing(now: datetime) -> KeptFile:
    """What to keep where nothing could be had, and that counts as nothing said."""
    return _kept({"text": ""}, now, LEAST_S)


def not_brought(detail: str, now: datetime) -> KeptFile:
    """What to keep where another host does not give it: until the origin's next turn."""
    return _kept({"failed": detail[:500]}, now, ELSEWHERE_S)


def is_kept(value: object) -> bool:
    """Whether this can be kept as what another host's owner has brought."""
    try:
        return "hops" not in FileNote.model_validate(value).model_fields_set
    except ValidationError:
        return False


def _kept(data: KeptFile, now: datetime, seconds: float) -> KeptFile:
    return {**data, "until_ms": int((now.astimezone(UTC).timestamp() + seconds) * 1000)}
