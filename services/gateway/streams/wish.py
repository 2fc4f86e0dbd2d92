"""What a client says of a stream: the words of `copydesk subscribe`, and where it was."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from copydesk.services.gateway.problems import Problem
from copydesk.services.gateway.streams.events import parsed
from copydesk.services.gateway.streams.follower import Begin, Wish
from copydesk.shared.subscribing.filters import Filter, PublishedBetween
from copydesk.shared.subscribing.points_in_time import point_in_time


class StreamQuery(BaseModel):
    """All conditions hold; one that is not given holds always."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entity: str | None = Field(None, max_length=1_000, description="Part of a name, or a whole link id such as wikidata:Q1065.")
    type: str | None = Field(None, max_length=100, description="Type of an entity, such as ORG; with `entity`, that of the one named.")
    source: str | None = Field(None, max_length=1_000, description="The source, or its host, or a domain above it.")
    language: str | None = Field(None, max_length=100, description="ISO 639-1 code; pt is also pt-BR.")
    title: str | None = Field(None, max_length=1_000, description="Part of the title.")
    published_from: str | None = Field(None, alias="from", max_length=40, description="First day of publication: 2024, 2024-05 or 2024-05-18.")
    published_to: str | None = Field(None, alias="to", max_length=40, description="Last day of publication.")
    salience: float | None = Field(None, ge=0, le=1, description="Least salience of the entity.")
    no_duplicates: bool = Field(False, description="Leave out copies of earlier articles.")
    story: str | None = Field(
        None,
        max_length=512,
        description="Only events `story` of this one: for each article that is told to be of it, or not any more.",
    )
    since: str | None = Field(
        None, max_length=5_000, description="Begin at `beginning`, a time (2h, 3d, ISO 8601) or the id of an event; Last-Event-ID stands above it."
    )
    limit: int | None = Field(None, ge=1, le=2**53, description="End after so many articles.")
    follow: bool = Field(True, description="Go on after what is there now.")

    def wish(self, last_event_id: str | None) -> Wish:
        """Raises CopydeskError for days that are none, Problem for an id that is none."""
        published = PublishedBetween.between(self.published_from, self.published_to)
        chosen = Filter(self.entity, self.type, self.source, self.no_duplicates, self.language, self.title, published, self.salience, self.story)
        return Wish(chosen, self._begin(last_event_id), self.follow, self.limit)

    def _begin(self, last_event_id: str | None) -> Begin:
        if last_event_id:
            position = parsed(last_event_id)
            if position is None:
                raise Problem(422, "invalid_request", "Last-Event-ID is not the id of an event of this stream", "send the last id as it came")
            return position
        if self.since is None or self.since == "beginning":
            return "beginning" if self.since else None
        return parsed(self.since) or point_in_time(self.since)
