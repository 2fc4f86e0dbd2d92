"""Stories of any database: what was told of an article as a row, which of several stands, and pages of stories of what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar

import orjson

from copydesk.shared.archive.asking import MOST_OF_STORY, ArticleSearch, StorySearch, cursor_of, place_of
from copydesk.shared.archive.rows import Row
from copydesk.shared.edge import story_told
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.stories.summary import ToldArticle, brief_summary, summary
from copydesk.shared.topics import STORIES

T = TypeVar("T")
Fold = Callable[[Sequence[T]], Sequence[Rejected | None]]
COLUMNS = ("article_id", "story", "role", "nearest", "score", "copied", "names", "terms", "hours", "version", "at", "told")
LEDE = 1_000  # characters of a text that a list of stories looks at
FIRST_LOOK, MORE = 1_000, 10  # articles that are looked at for a page of stories, and how many times as many after each look that was too short


class FoundArticle(NamedTuple):
    """An article that a search finds, and its place in the order of the newest."""

    ingested_at: str
    article_id: str


class StoryRows(Protocol):
    """What a database is asked about stories, each within one question."""

    def newest(self, search: ArticleSearch, most: int) -> Sequence[FoundArticle]:
        """What a search finds, the newest first, at most so many."""

    def stories_of(self, article_ids: Collection[str]) -> Mapping[str, str]:
        """Article → story, of those of which something was told."""

    def counts(self, stories: Collection[str]) -> Mapping[str, int]:
        """Of how many articles that are here it was told that they are of these stories."""

    def articles_of(self, story: str, most: int, brief: bool) -> Iterable[ToldArticle]:
        """The newest articles of a story; `brief`: with the beginnings of their texts, and no more of their records than lists need."""


def fold_with_stories(records: Sequence[Written], fold: Fold[Written], keep: Fold[bytes]) -> list[Rejected | None]:
    """A batch with what was told of stories among it: that is kept after all else, since it goes by what is taken back. An answer for each."""
    rest = iter(fold([one for one in records if one.topic is not STORIES]))
    told = iter(keep([one.value for one in records if one.topic is STORIES]))
    return [next(told if one.topic is STORIES else rest) for one in records]


def sorted_told(values: Sequence[bytes]) -> tuple[list[StoryTold], list[Rejected | None]]:
    """What values of articles.stories tell, and an answer for each: why it is refused, None where it is not."""
    found = [story_told(value) for value in values]
    return [one for one in found if isinstance(one, StoryTold)], [one if isinstance(one, Rejected) else None for one in found]


def named_in(told: Iterable[StoryTold]) -> set[str]:
    """The articles of which something is told, and those that it names."""
    return {name for one in told for name in (one.article_id, *([one.nearest.article_id] if one.nearest is not None else []))}


def without_nearest(told: StoryTold, gone: Collection[str]) -> StoryTold:
    """What was told of an article, without the link to one that is gone; the service tells of it again."""
    return told.model_copy(update={"nearest": None}) if told.nearest is not None and told.nearest.article_id in gone else told


def told_row(told: StoryTold) -> Row:
    """Values of COLUMNS."""
    near = told.nearest
    why: Row = (None, None, 0, "[]", "[]", None)
    if near is not None:
        why = (near.article_id, near.score, int(near.copied), orjson.dumps(near.names).decode(), orjson.dumps(near.terms).decode(), near.hours)
    return (told.article_id, told.story, told.role, *why, told.version, told.at, told.value().decode())


def page_of_stories(search: StorySearch, rows: StoryRows) -> JsonObject:
    """Stories in the order of the newest articles that are found of them. What came before a page is gone through again, so that none is on two."""
    after = None if search.articles.after is None else FoundArticle(*map(str, place_of(search.articles.after, (str, str))))
    asked, most = replace(search.articles, after=None, facets=False), FIRST_LOOK
    while True:
        found = rows.newest(asked, most)
        places = _behind(_newest_of_stories(found, rows), after)
        counts = rows.counts(places.keys())
        chosen = [story for story in places if counts.get(story, 0) >= search.least]
        if len(chosen) > asked.limit or len(found) < most:
            break
        most *= MORE
    page = chosen[: asked.limit]
    return {
        "stories": [{**brief_summary(rows.articles_of(story, MOST_OF_STORY, True)), "articles": counts[story]} for story in page],
        "next": cursor_of(*places[page[-1]]) if len(chosen) > asked.limit else None,
    }


def _newest_of_stories(found: Sequence[FoundArticle], rows: StoryRows) -> dict[str, FoundArticle]:
    stories = rows.stories_of([one.article_id for one in found])
    places: dict[str, FoundArticle] = {}
    for one in found:
        if one.article_id in stories:
            places.setdefault(stories[one.article_id], one)
    return places


def _behind(places: Mapping[str, FoundArticle], after: FoundArticle | None) -> dict[str, FoundArticle]:
    return {story: place for story, place in places.items() if after is None or place < after}


def whole_story(name: str, rows: StoryRows) -> JsonObject | None:
    """A story by its id, or by an article's."""
    story = rows.stories_of([name]).get(name, name)
    articles = list(rows.articles_of(story, MOST_OF_STORY, False))
    return {**summary(articles), "counted": rows.counts([story])[story]} if articles else None
