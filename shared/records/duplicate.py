"""articles.deduplicated: the verdict on copies; articles.corrections: pair facts that came later."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from copydesk.shared.records.base import Count, Flag, Identifier, Measure, Part, Stamp
from copydesk.shared.records.cleaned import CleanedArticle

BACKGROUND: Final = "shared_background"  # the kind of a match of two different stories
MatchKind = Literal["exact", "near", "excerpt", "expansion", "shared_background"]


class Passage(Part):
    """A shared passage: characters [start, end) of this article's body, and of the other's."""

    start: Count
    end: Count
    other_start: Count | None = None
    other_end: Count | None = None


class Match(Part):
    """What an article shares with an earlier node. It depends on the two texts and the common text alone, whichever of them saw the other."""

    article_id: Identifier
    revision: Identifier
    ingested_at: Stamp = Field(description="When the other node first came in: it orders the matches.")
    kind: MatchKind
    resemblance: Measure = Field(description="Shared shingles over all shingles of both texts, estimated from the sample.")
    containment: Measure = Field(description="Share of this text that lies in shared passages.")
    containment_of_other: Measure = Field(description="Share of the other text that lies in shared passages.")
    shared: Count = Field(description="Shared shingles in the sample. Of two views on one pair the one that saw more is the complete one.")
    passages: list[Passage] = Field(default_factory=list, description="In order of this text; the longest ones where there are very many.")


class Duplicate(Part):
    """The verdict on copies: whether an earlier article has this text, and the articles that share it."""

    status: Literal["unique", "duplicate"]
    kind: MatchKind | None = Field(None, description="Of the earliest match.")
    duplicate_of: str | None = Field(None, description="article_id of the earliest direct match.")
    matches: list[Match] = Field(default_factory=list, description="Direct matches, earliest first; a bounded number.")
    background: list[Match] = Field(
        default_factory=list, description="Other stories that share background with this one: no copies, whatever `status` says. The earliest ones."
    )
    capped: Flag = Field(False, description="A full posting or a full list of matches was touched: only `status` is promised.")
    common_version: str | None = Field(None, description="Version of the common text that was left out; versions sort as texts, by time.")


class DuplicatePart(Part):
    """What the deduplicator adds."""

    duplicate: Duplicate


class DeduplicatedArticle(DuplicatePart, CleanedArticle):
    """A record on articles.deduplicated."""


class PairFact(Part):
    """articles.corrections: two nodes share text. Deterministic; may repeat; folds in any order, also before its article.

    `later` is the node whose verdict this fact is about, `earlier` the node that it matches.
    """

    fact_id: Identifier
    later_article_id: Identifier
    later_revision: Identifier
    later_ingested_at: Stamp
    earlier_article_id: Identifier
    earlier_revision: Identifier
    earlier_ingested_at: Stamp
    match: Match
    common_version: str | None = None
    version: str | None = Field(None, description="Version of the deduplicator that found it.")
