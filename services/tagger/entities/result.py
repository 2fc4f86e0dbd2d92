"""Clusters and quotations as the records of the contract."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.services.tagger.entities.drafts import Cluster
from copydesk.services.tagger.entities.quotes import Attributed
from copydesk.shared.records.enriched import Entity, Mention, Quote

AROUND = " \t\n\u00a0\u202f\u2009"  # between marks and words: « Non »


class EntitiesResult(NamedTuple):
    """What the article-level pass adds: entities in order of first mention, quotations in order."""

    entities: list[Entity]
    quotes: list[Quote]


def entity(cluster: Cluster, salience: float) -> Entity:
    """The record of a cluster."""
    mentions = [Mention(start=m.start, end=m.end, text=m.text) for m in cluster.mentions]
    return Entity(
        canonical=cluster.canonical, type=cluster.label, mentions=mentions, count=len(mentions), salience=salience, link=cluster.link
    )  # fmt: skip


def quote(body: str, attributed: Attributed) -> Quote:
    """The record of a quotation: the words within the marks without a comma behind them, and where its speaker is named."""
    quotation, mention = attributed.quotation, attributed.mention
    said = body[quotation.start : quotation.end]
    end = quotation.start + (len(said.rstrip(AROUND + ",，、،")) or len(said))
    start = min(end, quotation.start + len(said) - len(said.lstrip(AROUND)))
    return Quote(
        start=start,
        end=end,
        text=body[start:end],
        speaker=attributed.speaker.canonical if attributed.speaker else None,
        speaker_start=mention.start if mention else None,
        speaker_end=mention.end if mention else None,
    )
