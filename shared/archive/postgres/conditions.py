"""Conditions of a search as SQL of PostgreSQL. Values are always parameters; no text of a client ever becomes SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.shared.archive.asking import ArticleSearch, EntitySearch, place_of, search_terms
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.words import tsquery_of
from copydesk.shared.errors import CopydeskError

SAME_NAME = 'lower(canonical) = lower(%s::text COLLATE "C")'  # of ASCII letters, as everywhere
SAME_LINK = "link_id = %s"
ROWS = "article, article_id, ingested_at, source, language, status, duplicate_of"
# Once, and by the index of words alone: PostgreSQL thinks little of what it takes to look into the words of each row.
WITH_WORDS = f"WITH found AS MATERIALIZED (SELECT {ROWS} FROM searchable WHERE current AND words @@ %s::tsquery) "
CHOSEN = f"SELECT {ROWS} FROM {{}} s WHERE {{}} ORDER BY ingested_at DESC, article_id DESC LIMIT %s"
# Words alone: in an order that is no index's, so that nothing is looked at in that order.
BY_WORDS = (
    f"SELECT {ROWS} FROM searchable WHERE current AND words @@ %s::tsquery ORDER BY ingested_at AT TIME ZONE 'UTC' DESC, article_id DESC LIMIT %s"
)
OF_STORY = (
    "s.article_id IN (SELECT article_id FROM article_stories WHERE story = coalesce((SELECT story FROM article_stories WHERE article_id = %s), %s))"
)
ORIGINAL_IS_THERE = "(SELECT true FROM articles o WHERE o.article_id = s.duplicate_of LIMIT 1)"


@dataclass(slots=True)
class Conditions:
    """What stands behind WHERE, and its values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values += [as_jsonb(value) for value in values]

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "true"


def query_of(search: ArticleSearch, most: int) -> tuple[str, list[Any]]:
    """SQL for the rows of `searchable`, the newest first, and its values.

    Raises CopydeskError for a text of which nothing can be searched for, and for what is no time.
    """
    found = conditions_of(search)
    if not (search.text and search.text.strip()):
        found.add("s.current")
        return CHOSEN.format("searchable", found.sql), [*found.values, most]
    words = tsquery_of(search_terms(search.text))
    if words is not None and not found.parts:
        return BY_WORDS, [words, most]
    if words is None:
        found.add("false")
    return f"{WITH_WORDS}{CHOSEN.format('found', found.sql)}", [words or "", *found.values, most]


def conditions_of(search: ArticleSearch) -> Conditions:
    """All but the words. Raises CopydeskError for what is no time, and no cursor."""
    found = Conditions()
    _add_entity(found, search)
    for column, value in (("source", search.source), ("language", search.language), ("status", search.status)):
        if value is not None:
            found.add(f"s.{column} = %s", value)
    _add_times(found, search)
    if search.story is not None:
        found.add(OF_STORY, search.story, search.story)
    if search.collapse:
        found.add(f"(s.status <> 'duplicate' OR {ORIGINAL_IS_THERE} IS NULL)")
    if search.after is not None:
        at, article_id = place_of(search.after, (str, str))
        found.add("(s.ingested_at, s.article_id) < (%s::timestamptz, %s)", _moment(str(at), "is no cursor"), article_id)
    return found


def times_of(search: EntitySearch) -> Conditions:
    """The times of a search for names. Raises CopydeskError for what is no time."""
    found = Conditions()
    _add_times(found, search)
    return found


def _add_times(found: Conditions, search: ArticleSearch | EntitySearch) -> None:
    if search.since is not None:
        found.add("s.ingested_at >= %s::timestamptz", _moment(search.since))
    if search.until is not None:
        found.add("s.ingested_at < %s::timestamptz", _moment(search.until))


def _add_entity(found: Conditions, search: ArticleSearch) -> None:
    also = Conditions()
    if search.link is not None:
        also.add(SAME_LINK, search.link)
    if search.type is not None:
        also.add("type = %s", search.type.upper())
    if search.entity is not None:
        named = (f"SELECT article FROM entities WHERE {' AND '.join([same, *also.parts])}" for same in (SAME_NAME, SAME_LINK))
        found.add(f"s.article IN ({' UNION ALL '.join(named)})", *[search.entity, *also.values] * 2)
    elif also.parts:
        found.add(f"s.article IN (SELECT article FROM entities WHERE {also.sql})", *also.values)


def _moment(text: str, wrong: str = "is no time") -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise CopydeskError(f"{text[:100]!r} {wrong}", "say it in the form of ISO 8601: 2026-01-05T08:00:00Z") from error
    return text
