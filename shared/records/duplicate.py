"""articles.deduplicated: the verdict on copies; articles.corrections: pair facts that came later."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.records.cleaned import CleanedArticle
from shared.records.common import Part

Kind = Literal["exact", "near", "excerpt", "expansion"]


class Passage(Part):
    """A shared passage: characters [start, end) of this article's body, and of the other's where it is known."""

    start: int
    end: int
    other_start: int | None = None
    other_end: int | None = None


class Match(Part):
    """A direct match with an earlier node. Containment is the share of this text found in the other, and the reverse."""

    article_id: str
    revision: str
    kind: Kind
    resemblance: float
    containment: float
    containment_of_other: float
    passages: list[Passage] = Field(default_factory=list)


class Duplicate(Part):
    status: Literal["unique", "duplicate"]
    kind: Kind | None = None
    duplicate_of: str | None = Field(None, description="article_id of the earliest direct match.")
    matches: list[Match] = Field(default_factory=list, description="Direct matches, earliest first.")
    capped: bool = Field(False, description="A full posting was touched: only `status` is promised.")
    common_version: str | None = Field(None, description="Version of the common text that was left out.")


class DuplicatePart(Part):
    duplicate: Duplicate


class DeduplicatedArticle(CleanedArticle, DuplicatePart):
    """A record on articles.deduplicated."""


class PairFact(Part):
    """articles.corrections: two nodes share text. Deterministic; may repeat; folds in any order, also before its article.

    `later` is the node whose verdict this fact is about, `earlier` the node that it matches.
    """

    fact_id: str
    later_article_id: str
    later_revision: str
    later_ingested_at: str
    earlier_article_id: str
    earlier_revision: str
    earlier_ingested_at: str
    match: Match
    capped: bool = False
    common_version: str | None = None
