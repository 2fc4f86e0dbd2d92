"""What a sink reads of a record: enough for its tables, tolerant of fields that a newer stage adds."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Reading(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class DatelineReading(Reading):
    place: str | None = None
    date: str | None = None
    agency: str | None = None


class LinkReading(Reading):
    id: str
    score: float | None = None
    method: str | None = None


class MentionReading(Reading):
    start: int
    end: int
    text: str


class EntityReading(Reading):
    canonical: str
    type: str
    count: int
    salience: float
    mentions: list[MentionReading]
    link: LinkReading | None = None


class MatchReading(Reading):
    article_id: str
    revision: str
    kind: str
    resemblance: float
    containment: float
    containment_of_other: float
    passages: list[dict[str, Any]] = Field(default_factory=list)


class DuplicateReading(Reading):
    status: str
    kind: str | None = None
    duplicate_of: str | None = None
    matches: list[MatchReading] = Field(default_factory=list)
    background: list[MatchReading] = Field(default_factory=list)
    capped: bool = False


class ArticleReading(Reading):
    """The columns of an enriched record."""

    article_id: str = Field(min_length=1)
    revision: str = Field(min_length=1)
    ingested_at: AwareDatetime
    fetched_at: AwareDatetime | None = None
    published_at: str | None = None
    title: str | None = None
    body: str
    author: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    dateline: DatelineReading = DatelineReading()
    duplicate: DuplicateReading
    entities: list[EntityReading] | None = None
