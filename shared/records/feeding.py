"""articles.urls: addresses to fetch; feeds.sources: what to look for them in."""

from __future__ import annotations

from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import orjson
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from copydesk.shared.records.base import Count, Envelope, Flag, timestamp
from copydesk.shared.records.times import time_of

LONGEST_URL = 8_192  # characters: servers take less
LONGEST_LABEL = 63  # characters between two dots of a host's name
WAITS = "u\t"  # begins keys on fetcher.state, before the article_id that an address stands for: a value while the address waits there
UNFETCHABLE = "is no address that can be fetched; write it as https://example.org/page"
SCHEMES: Final = ("http", "https")


def fetchable(url: str) -> str:
    """The address, without blanks around it and without its fragment. Raises ValueError, with the remedy, for one that cannot be fetched."""
    url = url.strip().partition("#")[0]
    if any(ord(character) < 0x21 or character == "\\" for character in url):  # two programs read such an address as two different ones
        raise ValueError("holds blanks, control characters or backslashes; percent-encode them")
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:  # a bracket without its end, a port beyond 65535
        raise ValueError(UNFETCHABLE) from None
    if parts.scheme.lower() not in SCHEMES or not all(0 < len(label) <= LONGEST_LABEL for label in host_of(url).split(".")):
        raise ValueError(UNFETCHABLE)
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user name or a password, which would be passed on with it; leave it out")
    if port == 0:
        raise ValueError("has port 0; leave the port out or correct it")
    return url


def host_of(url: str) -> str:
    """The host of a fetchable address, in lower case and as it is asked for in DNS: `https://Élan.example:8443/a` → `xn--lan-9la.example`."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _moment(value: object) -> object:
    found = time_of(value)
    if found is None:
        raise ValueError("is no time; write it as 2026-01-05T08:00:00Z, or as seconds since 1970")
    return found


FetchableUrl = Annotated[str, Field(min_length=1, max_length=LONGEST_URL), AfterValidator(fetchable)]
AnyMoment = Annotated[AwareDatetime, BeforeValidator(_moment)]  # also one that lies ahead


class ArticleUrl(Envelope):
    """An address of an article, with what is known of it. Only `url` has to be given; what it knows of the article goes onto its raw record.

    So do fields that are not named here.
    """

    url: FetchableUrl = Field(description="What to fetch: http or https. The record's key is its host.")
    source: str | None = Field(None, max_length=1_024, description="Who published it; the host where absent.")
    title: str | None = Field(None, max_length=32_768, description="Title that the feed gave.")
    author: str | None = Field(None, max_length=32_768, description="Author that the feed gave.")
    published_at: str | int | float | None = Field(None, description="Publication time that the feed gave.")
    language: str | None = Field(None, max_length=256, description="Language that the feed gave, BCP 47.")
    feed: str | None = Field(None, max_length=LONGEST_URL, description="The feed or sitemap in which it was found.")
    not_before: AnyMoment | None = Field(None, description="It is not fetched before this time.")
    attempts: Count = Field(0, description="How often it was tried before.")
    requested_url: str | None = Field(None, max_length=LONGEST_URL, description="What was asked for first, where redirects to another host led here.")
    redirects: Count = Field(0, description="How many redirects led here.")


class FeedSource(Envelope):
    """A feed or sitemap to follow. Only `url` has to be given. A record without a value, under the same key, ends it."""

    url: FetchableUrl = Field(description="The feed, sitemap or news sitemap: http or https. It is the record's key as well.")
    source: str | None = Field(None, max_length=1_024, description="Source of its articles; their host where absent.")
    title: str | None = Field(None, max_length=1_024, description="What a person calls it.")
    language: str | None = Field(None, max_length=256, description="Language of its articles where it does not tell, BCP 47.")
    content: Literal["fetch", "feed"] = Field("fetch", description="`feed`: its items hold whole articles, which go to articles.raw as they are.")
    least_interval_s: Annotated[float, Field(gt=0, le=31_536_000)] | None = Field(None, description="Least seconds between two looks.")
    most_interval_s: Annotated[float, Field(gt=0, le=31_536_000)] | None = Field(None, description="Most seconds between two looks.")
    paused: Flag = Field(False, description="It is kept, and not looked at.")
    origin: str | None = Field(None, max_length=16_384, description="The file that names it; what it no longer names ends.")


def encoded(record: ArticleUrl | FeedSource) -> bytes:
    """The record's bytes, without fields that say nothing."""
    said = record.model_dump(exclude_defaults=True)
    if said.get("not_before") is not None:
        said["not_before"] = timestamp(said["not_before"])
    return orjson.dumps(said)
