"""articles.retractions: an article, or all of a source, is taken back, or let in again.

Of what was said of one of them the latest counts, in whatever order it comes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from copydesk.shared.records.base import Identifier, Part, Stamp


class Retraction(Part):
    """It names an article, a source, or both: then it is about the article alone, which was taken back with all of its source."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    article_id: Identifier | None = None
    source: str | None = Field(None, min_length=1, max_length=1_024)
    state: Literal["retracted", "restored"] = "retracted"
    reason: str = Field("", max_length=2_000, description="For a person: why, and who asked for it.")
    at: Stamp = Field(description="When it was said. Of two the later one stands; at one time, the retraction.")

    @field_validator("at")
    @classmethod
    def _is_a_time(cls, at: str) -> str:
        datetime.fromisoformat(at)  # of 30 February nothing later could ever be said
        return at

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.article_id is None and self.source is None:
            raise ValueError("names neither an article_id nor a source")
        return self

    @property
    def key(self) -> str:
        """What it is about: the record's key on the topic."""
        return article_key(self.article_id) if self.article_id is not None else source_key(self.source or "")

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """The larger one stands."""
        return self.at, self.state == "retracted", self.reason, self.source or ""

    def value(self) -> bytes:
        return self.model_dump_json(exclude_none=True).encode()


def article_key(article_id: str) -> str:
    """The key on articles.retractions of what is said of one article."""
    return f"article:{article_id}"


def source_key(source: str) -> str:
    """The key on articles.retractions of what is said of a whole source."""
    return f"source:{source}"


def of_article(article_id: str, of_source: Retraction) -> Retraction:
    """What is said of an article that goes with its source."""
    return of_source.model_copy(update={"article_id": article_id})


def covering(own: Retraction | None, of_source: Retraction | None) -> Retraction | None:
    """What takes an article back, of what was said last of it and of its source.

    One that was let in by itself after its source was taken back is in; one that was taken back by itself stays so.
    """
    if own is not None and own.state == "retracted":
        return own
    if of_source is None or of_source.state != "retracted":
        return None
    return None if own is not None and own.at >= of_source.at else of_source
