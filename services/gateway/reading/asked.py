"""What a client may ask of the archive, by name."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from copydesk.services.gateway.problems import Problem
from copydesk.shared.archive.asking import ArticleSearch, EntitySearch, StorySearch
from copydesk.shared.records.base import timestamp
from copydesk.shared.subscribing.points_in_time import point_in_time

SINCE = "Ingested at this time or later: 2h, 3d, or ISO 8601."
UNTIL = "Ingested before this time."
CURSOR = "`next` of the page before."


class StrictQuery(BaseModel):
    """All conditions hold; one that is not given holds always."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ConditionsQuery(StrictQuery):
    """What articles are asked for, by themselves or for their stories."""

    q: str | None = Field(None, max_length=1_000, description='Words of title and body: `ferry "six weeks" harb* -strike`.')
    entity: str | None = Field(None, max_length=1_000, description="Canonical name, in any case of letters, or a link id.")
    type: str | None = Field(None, max_length=100, description="Type of an entity, such as ORG; with `entity`, that of the one named.")
    source: str | None = Field(None, max_length=1_024, description="The record's source.")
    language: str | None = Field(None, max_length=100, description="ISO 639-1 code.")
    since: str | None = Field(None, max_length=40, description=SINCE)
    until: str | None = Field(None, max_length=40, description=UNTIL)


class ArticlesQuery(ConditionsQuery):
    """Articles, newest first."""

    link: str | None = Field(None, max_length=500, description="Link id of an entity, such as wikidata:Q1065.")
    status: Literal["unique", "duplicate"] | None = Field(None, description="Whether it copies an earlier article.")
    collapse: Literal["copies"] | None = Field(None, description="Leave out a copy whose original is there.")
    story: str | None = Field(None, max_length=512, description="A story's id, or that of an article in it.")
    limit: int = Field(50, ge=1, le=200, description="Articles on a page.")
    cursor: str | None = Field(None, max_length=1_000, description=CURSOR)
    brief: bool = Field(False, description="Of each article only what a list shows, with the beginning of its text; and no facets.")

    def search(self) -> ArticleSearch:
        """Raises CopydeskError for what is no time."""
        return ArticleSearch(
            self.q, self.entity, self.type, self.link, self.source, self.language, self.status, moment(self.since), moment(self.until),
            self.collapse is not None, self.limit, self.cursor, not self.brief, self.story,
        )  # fmt: skip


class StoriesQuery(ConditionsQuery):
    """Stories of which there is an article for which all holds, by the newest of these."""

    least: int = Field(2, ge=1, le=1_000_000, description="Fewest articles that a story has.")
    limit: int = Field(20, ge=1, le=100, description="Stories on a page.")
    cursor: str | None = Field(None, max_length=1_000, description=CURSOR)

    def search(self) -> StorySearch:
        """Raises CopydeskError for what is no time."""
        articles = ArticleSearch(
            text=self.q, entity=self.entity, type=self.type, source=self.source, language=self.language, since=moment(self.since),
            until=moment(self.until), limit=self.limit, after=self.cursor, facets=False,
        )  # fmt: skip
        return StorySearch(articles, self.least)


class EntitiesQuery(StrictQuery):
    """Names, those of most articles first."""

    q: str | None = Field(None, max_length=200, description="Part of the name, in any case of letters.")
    type: str | None = Field(None, max_length=100, description="PERSON, ORG, GPE, …")
    since: str | None = Field(None, max_length=40, description=SINCE)
    until: str | None = Field(None, max_length=40, description=UNTIL)
    limit: int = Field(50, ge=1, le=200, description="Names on a page.")
    cursor: str | None = Field(None, max_length=1_000, description=CURSOR)

    def search(self) -> EntitySearch:
        """Raises CopydeskError for what is no time."""
        return EntitySearch(self.q, self.type, moment(self.since), moment(self.until), self.limit, self.cursor)


class DeadLettersQuery(StrictQuery):
    """Dead letters, newest first."""

    stage: str | None = Field(None, max_length=100, description="The service that could not process it.")
    reason: str | None = Field(None, max_length=100, description="A reason, such as no_article.")
    q: str | None = Field(None, max_length=500, description="Part of the detail, the article's id or the place.")
    open: bool = Field(False, description="Only those that were neither replayed nor discarded.")
    limit: int = Field(50, ge=1, le=200, description="Letters on a page.")
    cursor: str | None = Field(None, max_length=1_000, description=CURSOR)


class TraceQuery(StrictQuery):
    """How far back to look."""

    since: str | None = Field(None, max_length=40, description="Look from this time on; a day ago where it is not given.")


class NoQuery(StrictQuery):
    """Nothing may be asked besides."""


def moment(text: str | None) -> str | None:
    """A time as the archive has it. Raises CopydeskError for what is none."""
    if text is None:
        return None
    try:
        return timestamp(point_in_time(text))
    except (OverflowError, ValueError):
        raise Problem(422, "invalid_request", f"{text!r} is beyond the years 1 to 9999", "give another time") from None
