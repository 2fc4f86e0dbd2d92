"""A site's file that was moved to another host: the owner of that host brings it, at that host's pace. Both ways go over articles.urls.

The record that asks is an address like others, under the other host, with a header `site-file-wanted: KIND HOPS ORIGIN`. What comes back lies
under the origin's host, with a header `site-file: KIND ORIGIN` and what is to be kept in its field `site_file`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from copydesk.shared.records.feeding import fetchable

WANTED, BROUGHT = "site-file-wanted", "site-file"
CONTENT = "site_file"  # the field


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to bring for an origin, behind so many redirects."""

    kind: str
    origin: str
    hops: int

    @property
    def headers(self) -> dict[str, str]:
        return {WANTED: f"{self.kind} {self.hops} {self.origin}"}


@dataclass(frozen=True, slots=True)
class Onward:
    """A record for articles.urls: an address, fields besides, and headers besides those of whatever it came of."""

    url: str
    headers: Mapping[str, str]
    fields: Mapping[str, Any]


def errand_of(headers: Mapping[str, str]) -> Errand | None:
    """The errand that a record's headers ask for."""
    kind, _, rest = headers.get(WANTED, "").partition(" ")
    hops, _, origin = rest.partition(" ")
    try:
        return Errand(kind, origin, int(hops)) if fetchable(origin) == origin and hops.isascii() and hops.isdigit() and len(hops) < 4 else None
    except ValueError:
        return None


def brought(errand: Errand, path: str, value: Mapping[str, Any]) -> Onward:
    """What was brought, on its way back."""
    return Onward(errand.origin + path, {BROUGHT: f"{errand.kind} {errand.origin}"}, {CONTENT: value})


def key_brought(headers: Mapping[str, str]) -> str | None:
    """Under which key a shard keeps what a record with these headers brings."""
    kind, _, origin = headers.get(BROUGHT, "").partition(" ")
    return f"{kind}\t{origin}" if kind and origin else None
