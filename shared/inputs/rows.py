"""Rows of a table as records: which column is which field is told by its name; the others are kept as fields of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from copydesk.shared.inputs.content import content_of
from copydesk.shared.inputs.items import UNSUPPORTED, Reading
from copydesk.shared.records.times import publication_time
from copydesk.shared.stage import Rejected

TEXT = [
    "text",
    "body",
    "article",
    "article_text",
    "article_body",
    "articlebody",
    "full_text",
    "fulltext",
    "maintext",
    "main_text",
    "story",
    "html",
    "raw_html",
    "page",
]
NAMES: dict[str, list[str]] = {
    "url": ["link", "article_url", "article_link", "web_url", "permalink"],
    "title": ["headline"],
    "author": ["authors", "byline"],
    "published_at": [
        "published", "date", "pub_date", "pubdate", "publish_date", "published_date", "publication_date", "date_published", "publishedat", "datetime",
    ],
    "source": ["publication", "publisher", "outlet", "source_name", "site", "domain"],
    "language": ["lang"],
}  # fmt: skip
TEXTS = ("article_id", "url", "title", "author", "source", "language")
TOLD = 20  # names of columns, and characters of each
PAGE = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


class Columns:
    """The columns of one table by the fields that they fill. `missing`: why rows are no articles, where no column holds a text."""

    def __init__(self, names: Iterable[str], reading: Reading) -> None:
        known = {_plain_name(name): name for name in reversed(list(names))}
        wanted = {reading.shape: [name for name in ("content", *TEXT) if name != reading.shape], **NAMES}
        self._reading = reading
        said = {reading.shape if field in ("text", "content", "body") else field: column for field, column in reading.columns.items()}
        self._fields = {known[_plain_name(column)]: field for field, column in said.items() if _plain_name(column) in known}
        for field, others in wanted.items():
            free = [name for name in (field, *others) if name in known and known[name] not in self._fields]
            if free and field not in said:
                self._fields[known[free[0]]] = field
        absent = [column for column in said.values() if _plain_name(column) not in known]
        self.missing = _absent(absent, known.values()) if absent else None if reading.shape in self._fields.values() else _missing(known.values())

    def is_content(self, column: str) -> bool:
        """Whether the column holds texts or pages as they were fetched, whose charset the cleaner detects."""
        return self._fields.get(column) == "content" == self._reading.shape

    def fills(self, column: str) -> bool:
        """Whether the column is one of an article's fields."""
        return column in self._fields

    def record(self, row: Mapping[str, Any]) -> bytes:
        """A row as JSON. Raises TypeError for values that have no form there."""
        found: dict[str, Any] = {} if self._reading.source is None else {"source": self._reading.source}
        for column, value in row.items():
            if not is_absent(value):
                found.update(self._field(column, value))
        return orjson.dumps(found, default=plain)

    def _field(self, column: str, value: Any) -> dict[str, Any]:
        field = self._fields.get(column, column)
        if self.is_content(column):
            return _content(value)
        if field == "published_at" != column and publication_time(value if isinstance(value, str | int | float) else str(plain(value))) is None:
            return {column: value}  # a column `date` may hold anything
        return {field: str(value) if field in TEXTS and isinstance(value, int | float) else value}


def _plain_name(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _absent(columns: Iterable[str], names: Iterable[str]) -> Rejected:
    return Rejected(UNSUPPORTED, f"the table has no column {' and no column '.join(columns)} (it has {_listed(names)})")


def _missing(names: Iterable[str]) -> Rejected:
    return Rejected(
        UNSUPPORTED,
        f"it is a table, and no column is named as one that holds the texts (it has {_listed(names)}): call it content, or say --columns text=NAME",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name[:TOLD] for name in sorted(names)[:TOLD])


def _content(value: Any) -> dict[str, Any]:
    if isinstance(value, bytes):
        found = content_of(value)
        is_page = value.lstrip()[:1] == b"<"
    else:
        found, is_page = {"content": value}, isinstance(value, str) and PAGE.match(value) is not None
    return {**found, "content_type": "text/html" if is_page else "text/plain"}


def is_absent(value: Any) -> bool:
    """None, NaN and NaT (what is not equal to itself) are no values."""
    return value is None or bool(isinstance(value, float) and value != value) or str(value) == "NaT"


def plain(value: Any) -> Any:
    """Values of tables that JSON does not have: times, seconds of durations, decimals, bytes, numpy's numbers."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if hasattr(value, "item"):
        return value.item()
    if hasattr(value, "as_tuple"):
        return float(value)
    if hasattr(value, "total_seconds"):
        return value.total_seconds()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
