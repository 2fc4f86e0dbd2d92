"""Conditions of a search as SQL. Values are always parameters; no text of a client ever becomes SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from copydesk.shared.archive.asking import ArticleSearch, SearchTerm, place_of, search_terms
from copydesk.shared.archive.spacing import has_unspaced, spaced

FEW = 5_000  # articles that are looked up one by one; among more than these the newest are looked for from the newest on
WORDS = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
CHARACTERS = "SELECT rowid FROM articles_characters WHERE articles_characters MATCH ?"
EITHER = f"{WORDS} UNION ALL {CHARACTERS}"
NAMED = "SELECT article FROM entities WHERE {}"
BY_TYPE = NAMED.format("type = ?")
OF_STORY = (
    "SELECT id FROM articles WHERE article_id IN "
    "(SELECT article_id FROM article_stories WHERE story = coalesce((SELECT story FROM article_stories WHERE article_id = ?), ?))"
)
OF_TYPE = "EXISTS (SELECT 1 FROM entities WHERE article = a.id AND +type = ?)"  # most articles have one: it is soon found in each


@dataclass(slots=True)
class Conditions:
    """What stands behind WHERE, and its values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    among: list[tuple[str, Any]] = field(default_factory=list)  # ids of articles that are found elsewhere, and the values of that question

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values += values

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts) or "1"

    def narrowed(self, file: sqlite3.Connection) -> Conditions:
        """All of it as SQL that SQLite has a good plan for: it does not know how many articles hold a word or a name.

        A `+` before `a.id` keeps it from looking each of 80,000 articles up in order to sort them: it walks through the newest instead.
        """
        whole = Conditions([*self.parts], [*self.values])
        rarest = ""
        for query, values in self.among:
            if not rarest and file.execute(f"SELECT count(*) FROM ({query} LIMIT {FEW + 1})", values).fetchone()[0] <= FEW:
                rarest = query
            if query is rarest or query != BY_TYPE:
                whole.add(f"{'' if query is rarest else '+'}a.id IN ({query})", *values)
            else:
                whole.add(OF_TYPE, *values)
        return whole


def conditions_of(search: ArticleSearch) -> Conditions:
    """Raises CopydeskError for a text of which nothing can be searched for."""
    found = Conditions()
    if search.text and search.text.strip():
        _add_words(found, search_terms(search.text))
    _add_entity(found, search)
    for column, value in (("source", search.source), ("language", search.language), ("status", search.status)):
        if value is not None:
            found.add(f"a.{column} = ?", value)
    if search.since is not None:
        found.add("a.ingested_at >= ?", search.since)
    if search.until is not None:
        found.add("a.ingested_at < ?", search.until)
    if search.story is not None:
        found.among.append((OF_STORY, (search.story, search.story)))
    if search.collapse:
        found.add("NOT (a.status = 'duplicate' AND EXISTS (SELECT 1 FROM articles o WHERE o.article_id = a.duplicate_of))")
    return found


def _add_words(found: Conditions, terms: Sequence[SearchTerm]) -> None:
    """An article with a script without spaces is in the index of characters with all of its words, any other in that of words alone.

    In that of words NHK東京 is one word: there such an article may be found by the others that are asked for, but not left out for `-NHK`.
    """
    everywhere = matched([_spaced(term) for term in terms])
    if any(has_unspaced(term.text) for term in terms if not term.without):
        found.among.append((CHARACTERS, (everywhere,)))
        return
    found.among.append((EITHER, (matched([term for term in terms if not has_unspaced(term.text)]), everywhere)))
    for term in (term for term in terms if term.without):
        found.add(f"a.id NOT IN ({CHARACTERS})", _quoted(_spaced(term)))


def _spaced(term: SearchTerm) -> SearchTerm:
    """A word as the index of characters has it; that ends with a character which is a word by itself is no beginning of one."""
    return replace(term, text=spaced(term.text), prefix=term.prefix and not has_unspaced(term.text[-1:]))


def _add_entity(found: Conditions, search: ArticleSearch) -> None:
    named = Conditions()
    if search.entity is not None:
        named.add("(canonical = ? COLLATE NOCASE OR link_id = ?)", search.entity, search.entity)
    if search.link is not None:
        named.add("link_id = ?", search.link)
    if search.type is not None:
        named.add("type = ?", search.type.upper())
    if named.parts:
        found.among.append((NAMED.format(named.sql), tuple(named.values)))


def page_of(search: ArticleSearch) -> Conditions:
    """What stands behind the page before, newest first."""
    found = Conditions()
    if search.after is not None:
        found.add("(a.ingested_at, a.article_id) < (?, ?)", *place_of(search.after, (str, str)))
    return found


def newest_of(search: ArticleSearch, file: sqlite3.Connection, most: int) -> list[tuple[int, str, str]]:
    """(id, ingested_at, article_id) of what a search finds, the newest first. Raises CopydeskError as `conditions_of`."""
    wanted, page = conditions_of(search).narrowed(file), page_of(search)
    query = (
        f"SELECT a.id, a.ingested_at, a.article_id FROM articles_current a WHERE {wanted.sql} AND {page.sql} "
        "ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT ?"
    )
    return file.execute(query, (*wanted.values, *page.values, most)).fetchall()


def matched(terms: Sequence[SearchTerm]) -> str:
    """The terms in the words of FTS5, each quoted: `ferry -strike` → `"ferry" NOT "strike"`."""
    wanted = " AND ".join(_quoted(term) for term in terms if not term.without)
    return " NOT ".join([f"({wanted})", *(_quoted(term) for term in terms if term.without)])


def _quoted(term: SearchTerm) -> str:
    text = term.text.replace('"', '""').replace("\0", " ")
    return f'"{text}"{"*" if term.prefix else ""}'
