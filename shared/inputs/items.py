"""What reading gives, and how to read."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import Bounds

Tell = Callable[[str], None]
"""Is told, in a line, what a person should know and is no record."""
Form = Literal["text", "html", "jsonl", "json", "csv", "parquet", "arrow", "feed", "mail", "warc", "sitemap", "zip", "tar"]
BROKEN = "broken_file"
UNSUPPORTED = "unsupported_format"


def warned(line: str) -> None:
    """Tells whoever calls from Python."""
    warnings.warn(line, stacklevel=2)


class PageAddress(bytes):
    """A record for articles.urls: where a page is, and what a list of pages says of it."""

    __slots__ = ()


Numbered = tuple[int | str, bytes | Rejected]
Values = Iterator[Numbered]
"""Records of one file with what tells each from the others there: a line's number; 0 or "" for a file that is one record."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record: a name such as `news.jsonl:12`, its JSON, and how many bytes of all inputs are read with it.

    With `refused` it is none: a file that could not be read to its end (`broken_file`), one whose form is not read
    (`unsupported_format`), or what is too large to be taken.
    """

    name: str
    value: bytes
    consumed: int
    refused: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the form where it is not to be guessed, a source for records that name none, and what a text becomes.

    With `body`, a text file is the body of an article that is cleaned already; pages cannot be read so. `columns` says which field a column of
    a table is, before names are guessed. With `addresses`, what only names a page (sitemaps, items of a feed without a text) comes as a
    `PageAddress`; otherwise it is refused. Of web archives come only pages that were fetched from `since` on and before `until`. `tell` is told of
    what a ZIP or tar has that is passed over.
    """

    form: Form | None = None
    source: str | None = None
    shape: Literal["content", "body"] = "content"
    bounds: Bounds = field(default_factory=Bounds)
    columns: Mapping[str, str] = field(default_factory=dict)
    addresses: bool = False
    since: datetime | None = None
    until: datetime | None = None
    tell: Tell = warned


def too_large(most: int, remedy: str) -> Rejected:
    """What is refused for its size, in bytes."""
    return Rejected("too_large", f"more than {most:,} bytes: {remedy}")
