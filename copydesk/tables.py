"""Records as tables: articles, entities, mentions, quotes, copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import Record
from copydesk.shared.tables import COLUMNS, TableRow, rows


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
    found: dict[str, list[TableRow]] = {name: [] for name in COLUMNS}
    for record in records:
        for name, row in rows(record):
            found[name].append(row)
    return Frames(**{name: _table(of_it, tuple(COLUMNS[name]), form) for name, of_it in found.items()})


def _table(rows: list[TableRow], columns: tuple[str, ...], form: str) -> Any:
    if form == "pandas":
        return _library("pandas").DataFrame([list(row.values()) for row in rows], columns=list(columns))
    return _library("pyarrow").table({name: [row[name] for row in rows] for name in columns})


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CopydeskError(f"tables need {name}, which is not installed", "pip install 'copydesk[frames]'") from error
