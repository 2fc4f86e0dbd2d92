"""Records as tables: articles, entities, mentions, quotes, copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import Record

TableRow = dict[str, Any]

ARTICLE = ("article_id", "source", "url", "title", "author", "published_at", "ingested_at", "language", "body", "revision")
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (*ARTICLE, "status", "duplicate_of", "characters"),
    "entities": ("article_id", "canonical", "type", "count", "salience", "link", "link_score"),
    "mentions": ("article_id", "canonical", "type", "start", "end", "text"),
    "quotes": ("article_id", "start", "end", "text", "speaker"),
    "copies": ("article_id", "of", "kind", "containment", "containment_of_other", "resemblance", "shared"),
}


@dataclass(frozen=True, slots=True)
class Frames:
    """Five tables that join on `article_id`: pandas.DataFrame or pyarrow.Table, as asked for.

    articles: one row a record. entities: one row an entity of an article. mentions: one row a place where it is named, [start, end)
    in characters of the body. quotes: one row a quotation. copies: one row a match with an earlier article.
    """

    articles: Any
    entities: Any
    mentions: Any
    quotes: Any
    copies: Any


def frames(records: Iterable[Record], form: Literal["pandas", "arrow"] = "pandas") -> Frames:
    """Tables of enriched records, which are read to their end. A column is there also where no record has it.

    Raises CopydeskError where pandas or pyarrow is not installed.

    >>> tables = frames([{"article_id": "a", "body": "Rain.", "entities": []}])
    >>> tables.articles[["article_id", "characters"]].values.tolist()
    [['a', 5]]
    """
    rows: dict[str, list[TableRow]] = {name: [] for name in COLUMNS}
    for record in records:
        rows["articles"].append(_article(record))
        rows["entities"].extend(_entities(record))
        rows["mentions"].extend(_mentions(record))
        rows["quotes"].extend(_quotes(record))
        rows["copies"].extend(_copies(record))
    return Frames(**{name: _table(found, COLUMNS[name], form) for name, found in rows.items()})


def _article(record: Record) -> TableRow:
    duplicate = record.get("duplicate") or {}
    own = {"status": duplicate.get("status"), "duplicate_of": duplicate.get("duplicate_of"), "characters": len(record.get("body") or "")}
    return {**{name: record.get(name) for name in ARTICLE}, **own}


def _entities(record: Record) -> Iterator[TableRow]:
    for entity in record.get("entities") or ():
        link = entity.get("link") or {}
        yield {**entity, "article_id": record["article_id"], "link": link.get("id"), "link_score": link.get("score")}


def _mentions(record: Record) -> Iterator[TableRow]:
    for entity in record.get("entities") or ():
        for mention in entity["mentions"]:
            yield {**mention, "article_id": record["article_id"], "canonical": entity["canonical"], "type": entity["type"]}


def _quotes(record: Record) -> Iterator[TableRow]:
    for quote in record.get("quotes") or ():
        yield {**quote, "article_id": record["article_id"]}


def _copies(record: Record) -> Iterator[TableRow]:
    for match in (record.get("duplicate") or {}).get("matches", ()):
        yield {**match, "article_id": record["article_id"], "of": match["article_id"]}


def _table(rows: list[TableRow], columns: tuple[str, ...], form: str) -> Any:
    if form == "pandas":
        return _library("pandas").DataFrame([[row.get(name) for name in columns] for row in rows], columns=list(columns))
    return _library("pyarrow").table({name: [row.get(name) for row in rows] for name in columns})


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CopydeskError(f"tables need {name}, which is not installed", "pip install 'copydesk[frames]'") from error
