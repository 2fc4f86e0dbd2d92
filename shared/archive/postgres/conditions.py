"""Conditions of a search as SQL of PostgreSQL. Values are always parameters; no text of a client ever becomes SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from copydesk.shared.archive.asking import ArticleSearch, EntitySearch, SearchTerm, place_of, search_terms
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.spacing import spaced
from copydesk.shared.errors import CopydeskError

# Each article was indexed by its language's dictionary (`text_search_of` in migrations/0001); a search whose language is not said asks them all.
LANGUAGES = ("ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "id", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr", None)
SAME_NAME = 'lower(canonical) = lower(%s::text COLLATE "C")'  # of ASCII letters, as everywhere


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


def conditions_of(search: ArticleSearch) -> Conditions:
    """Raises CopydeskError for a text of which nothing can be searched for, and for what is no time."""
    found = Conditions()
    if search.text and search.text.strip():
        _add_words(found, search_terms(search.text), search.language)
    _add_entity(found, search)
    for column, value in (("source", search.source), ("language", search.language), ("status", search.status)):
        if value is not None:
            found.add(f"a.{column} = %s", value)
    _add_times(found, search)
    if search.collapse:
        found.add("NOT (a.status = 'duplicate' AND EXISTS (SELECT 1 FROM articles o WHERE o.article_id = a.duplicate_of))")
    if search.after is not None:
        at, article_id = place_of(search.after, (str, str))
        found.add("(a.ingested_at, a.article_id) < (%s::timestamptz, %s)", _moment(str(at), "is no cursor"), article_id)
    return found


def times_of(search: EntitySearch) -> Conditions:
    """The times of a search for names. Raises CopydeskError for what is no time."""
    found = Conditions()
    _add_times(found, search)
    return found


def _add_times(found: Conditions, search: ArticleSearch | EntitySearch) -> None:
    if search.since is not None:
        found.add("a.ingested_at >= %s::timestamptz", _moment(search.since))
    if search.until is not None:
        found.add("a.ingested_at < %s::timestamptz", _moment(search.until))


def _add_words(found: Conditions, terms: list[SearchTerm], language: str | None) -> None:
    """In each dictionary all that has to be there, so that what is a stop word in one of them is none in another; what may not be there, in any."""
    languages = LANGUAGES if language is None else (language,)
    wanted, unwanted = [term for term in terms if not term.without], [term for term in terms if term.without]
    if wanted:
        found.add(f"a.search @@ ({_any(' && '.join(_matched(term) for term in wanted) for _ in languages)})", *_values(wanted, languages))
    for term in unwanted:
        found.add(f"NOT a.search @@ ({_any(_matched(term) for _ in languages)})", *_values([term], languages))


def _any(queries: Iterable[str]) -> str:
    return " || ".join(f"({query})" for query in queries)


def _matched(term: SearchTerm) -> str:
    return f"{'to_tsquery' if term.prefix else 'phraseto_tsquery'}(text_search_of(%s), %s)"


def _values(terms: list[SearchTerm], languages: Iterable[str | None]) -> list[Any]:
    return [value for language in languages for term in terms for value in (language, _text(term))]


def _text(term: SearchTerm) -> str:
    """harb* → `'harb':*`, with what is quoted in it doubled."""
    plain = spaced(term.text).replace("\0", " ")
    escaped = plain.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}':*" if term.prefix else plain


def _add_entity(found: Conditions, search: ArticleSearch) -> None:
    named = Conditions()
    if search.entity is not None:
        named.add(f"({SAME_NAME} OR link_id = %s)", search.entity, search.entity)
    if search.link is not None:
        named.add("link_id = %s", search.link)
    if search.type is not None:
        named.add("type = %s", search.type.upper())
    if named.parts:
        found.add(f"a.id IN (SELECT article FROM entities WHERE {named.sql})", *named.values)


def _moment(text: str, wrong: str = "is no time") -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise CopydeskError(f"{text[:100]!r} {wrong}", "say it in the form of ISO 8601: 2026-01-05T08:00:00Z") from error
    return text
