"""articles.cleaned: the raw record plus the article found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, Field

from copydesk.shared.records.base import Count, Flag, Identifier, Measure, Part, Processed, content_hash
from copydesk.shared.records.content_ref import ContentRef
from copydesk.shared.records.raw import FetchedArticle
from copydesk.shared.records.times import Precision

STRICT = ConfigDict(extra="forbid")


# A page has hundreds of the three that follow: plain dataclasses are made several times faster than models.
@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the decoded input."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    start: Count
    end: Count


@dataclass(frozen=True, slots=True)
class Removed:
    """A block that is not part of the article. HTML blocks have no offsets: their text is not a run of the input."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    text: str
    reason: str
    start: Count | None = None
    end: Count | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the text: characters [start, end) of the decoded input were `before` and are `after` in the record.

    HTML: of the body as it was extracted, its paragraphs joined by blank lines.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    start: Count
    end: Count
    before: str
    after: str


class Caption(Part):
    """The line below a picture, with whose picture it is."""

    text: str
    credit: str | None = None


class Dateline(Part):
    """Where and when a report says that it was written, and by which agency: "TOKYO, Jan 5 (AP) —"."""

    place: str | None = None
    date: str | None = Field(None, description="ISO 8601 date, as exact as it is known.")
    agency: str | None = None
    text: str | None = Field(None, description="As printed.")
    year_inferred: Flag = Field(False, description="The year was not printed but inferred from its context.")


class CleanedPart(Part):
    """What the cleaner adds. A title, author, date or language that the feed gave stays as given."""

    url: str | None = Field(None, description="The page's canonical address, where the record came without one. `article_id` stays what it was.")
    source: str | None = Field(None, description="Host of that address, where the record came without an address and a source.")
    title: str | None = None
    body: str = Field(description="The article's text; paragraphs are separated by a blank line.")
    blocks: list[Span] = Field(default_factory=list, description="Where each paragraph of the body stood in stripped text.")
    dateline: Dateline | None = None
    byline: str | None = None
    author: str | None = None
    published_at: str | None = Field(None, description="ISO 8601 date or time, as exact as it is known.")
    published_precision: Precision | None = None
    language: str | None = Field(None, description="ISO 639-1 code.")
    language_confidence: Measure | None = None
    captions: list[Caption] = Field(default_factory=list)
    removed: list[Removed] = Field(default_factory=list)
    repairs: list[Repair] = Field(default_factory=list)
    metadata: dict[str, str | Flag] = Field(default_factory=dict, description="canonical_url, site_name, section, image, paywalled, …")
    origins: dict[str, str] = Field(default_factory=dict, description="Field → where it came from: given, json-ld, opengraph, text, …")
    furniture_version: str | None = Field(None, description="Version of the learned source furniture that was applied.")
    revision: Identifier = Field(description="Content hash of the cleaned text.")
    content_ref: ContentRef | None = Field(None, description="In the place of `content`, which stays on articles.raw unless it is carried on.")


def revision_of(named: str | None, body: str) -> str:
    """The revision that a record names; where it names none, as one that another program put there, the hash of its body."""
    return named or content_hash(body)


class CleanedArticle(CleanedPart, FetchedArticle, Processed):
    """A record on articles.cleaned."""

    content: str | None = Field(None, description="What was fetched, where COPYDESK_CARRY_CONTENT says so; else see `content_ref`.")
