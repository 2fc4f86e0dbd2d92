"""How an archive is asked: one port, whatever database is behind it. All answers are plain JSON values; a record is that of articles.enriched.

What counts over many articles counts over the newest ones, `COUNTED` of them at most, and says over how many: an answer takes as long for ten
million articles as for ten thousand.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import JsonObject

COUNTED = 1_000  # articles over which facets and companions are counted
FACET = 20  # values of a facet
LONGEST_S = 5.0  # for one question
MOST_COPIES, MOST_SOURCES = 200, 1_000
MOST_OF_ONE = 5_000  # articles of one entity over which is counted
NEWEST = 20  # articles of one entity that are shown
MOST_OF_STORY = 500  # articles of one story that are looked at, the newest
WORDS = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
MOST_WORDS = 32


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A word, or a phrase, that has to be there, or may not. `prefix`: words that begin so."""

    text: str
    prefix: bool = False
    without: bool = False


def search_terms(text: str) -> list[SearchTerm]:
    """`ferry "six weeks" harb* -strike` → a word, a phrase, words that begin so, and a word that may not be there.

    Raises CopydeskError where nothing is said that has to be there.
    """
    found = []
    for minus, phrase, word in WORDS.findall(text):
        plain = phrase or word.rstrip("*")
        if re.search(r"\w", plain):
            found.append(SearchTerm(plain, prefix=bool(word) and word.endswith("*"), without=bool(minus)))
    if text.strip() and all(term.without for term in found):
        raise CopydeskError(f"{text[:100]!r} names no word that has to be there", 'say words: ferry "six weeks" harb* -strike')
    return found[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class ArticleSearch:
    """All conditions hold. `entity` is a canonical name in any case of (ASCII) letters, or a link's id as `link` is; `since` and `until` are times of
    ingestion, the latter excluded; with `collapse` a copy is left out whose original is there. `after` is the cursor of the page before.
    Without `facets` an answer has none, and takes less time. `story` is a story's id, or that of an article in it."""

    text: str | None = None
    entity: str | None = None
    type: str | None = None
    link: str | None = None
    source: str | None = None
    language: str | None = None
    status: Literal["unique", "duplicate"] | None = None
    since: str | None = None
    until: str | None = None
    collapse: bool = False
    limit: int = 50
    after: str | None = None
    facets: bool = True
    story: str | None = None


@dataclass(frozen=True, slots=True)
class StorySearch:
    """Stories of `least` articles or more of which `articles` finds one, by the newest that it finds; its `limit` and `after` are of stories."""

    articles: ArticleSearch
    least: int = 2


@dataclass(frozen=True, slots=True)
class EntitySearch:
    """`text` is a part of the name, in any case of letters."""

    text: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int = 50
    after: str | None = None


class ArchiveReader(Protocol):
    """Questions to an archive. Each raises UnavailableError where the database cannot be asked, or takes too long."""

    def articles(self, search: ArticleSearch) -> JsonObject:
        """{"articles": [record and "copies": how many], "next": cursor or None, "facets": {…} on the first page, "counted": over how many}."""

    def article(self, article_id: str) -> JsonObject | None:
        """{"article", "revisions": newest first, "copies", "corrections", "story": its id or None}; None where there is none."""

    def entities(self, search: EntitySearch) -> JsonObject:
        """{"entities": [{"name", "type", "link", "articles", "mentions"}], "next", "counted"}, those of most articles first."""

    def entity(self, name_or_link: str) -> JsonObject | None:
        """{"entity", "counts": by day, "with": companions, "sources", "articles": the newest, "counted"}."""

    def sources(self) -> JsonObject:
        """{"sources": [{"source", "articles", "copies", "first", "last", "copied_by", "copied_from"}]}, those of most articles first."""

    def source(self, name: str) -> JsonObject | None:
        """One of them with "counts" by day."""

    def stories(self, search: StorySearch) -> JsonObject:
        """{"stories": [as `copydesk.shared.stories.summary.brief_summary` has them], "next": cursor or None}."""

    def story(self, name: str) -> JsonObject | None:
        """A story by its id, or by that of an article in it, as `copydesk.shared.stories.summary.summary` has it, of its newest articles, and
        "counted", how many it has; None where nothing was told of it."""

    def totals(self, since: str) -> JsonObject:
        """{"articles", "copies", "per_minute": [{"at", "count"}] from a time on}."""

    def close(self) -> None: ...


def cursor_of(*place: str | int) -> str:
    """Where a page ends, in a form that nobody has to read."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def place_of(cursor: str, kinds: Sequence[type]) -> list[str | int]:
    """What `cursor_of` was given. Raises CopydeskError for a text that is no cursor."""
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(found, list) or [type(value) for value in found] != list(kinds):
            raise ValueError(cursor)
    except ValueError as error:
        raise CopydeskError(f"{cursor[:100]!r} is no cursor", "give `next` of the page before, as it was") from error
    return found
