"""articles.stories: which story an article tells, and why."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from copydesk.shared.records.base import Flag, Identifier, Measure, Part, Stamp

Role = Literal["opens", "joins", "follows"]


class NearestArticle(Part):
    """The earlier article that an article is linked to, and why."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    article_id: Identifier
    published_s: float = Field(allow_inf_nan=False, description="When it was published, in seconds since 1970: with its id, its place among all.")
    score: Measure = Field(description="How sure the model is that both tell of one event, 0 to 1; 1 for a copy.")
    copied: Flag = Field(description="Whether the article is an exact or near copy of it.")
    names: list[str] = Field(description="The rarest parts of names that both have.")
    terms: list[str] = Field(description="The rarest other words that both have.")
    hours: Measure = Field(description="Hours between them.")


class StoryTold(Part):
    """articles.stories: what holds for an article from now on. Of two for one article the one with the larger `order` stands."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    article_id: Identifier
    story: Identifier = Field(description="The article_id of the earliest article of the story.")
    role: Role = Field(description="It opens the story, joins what is being told, or follows it, 12 hours or more behind its nearest.")
    nearest: NearestArticle | None = Field(None, description="Absent where it opens the story.")
    version: str = Field(description="Version of the model and of the settings that it was found with.")
    at: Stamp = Field(description="When it was told.")

    @property
    def order(self) -> tuple[str, bytes]:
        """The larger one stands."""
        return self.at, self.value()

    def value(self) -> bytes:
        return self.model_dump_json(exclude_none=True).encode()
