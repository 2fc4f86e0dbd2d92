"""articles.enriched: the whole record, with entities. What subscribers and sinks read."""

from __future__ import annotations

from pydantic import Field

from copydesk.shared.records.base import Count, Measure, Part
from copydesk.shared.records.duplicate import DeduplicatedArticle


class Mention(Part):
    """Characters [start, end) of the body; `text` is that slice."""

    start: Count
    end: Count
    text: str


class Link(Part):
    """The thing in the world that an entity is, as far as a rule can tell."""

    id: str = Field(description="Identifier with its scheme: iso3166:JP, iso3166-2:US-CA, geonames:1850147, wikidata:Q1065, …")
    score: Measure = Field(description="0 to 1: how sure the rule is.")
    method: str = Field(description="gazetteer, title, name, stated, context, population or demonym.")


class Entity(Part):
    """One person, place or thing that an article names, with all its mentions."""

    canonical: str
    type: str = Field(description="PERSON, ORG, GPE, LOC, FAC, NORP, DATE, EVENT, MISC, MONEY, PERCENT, URL or TICKER.")
    mentions: list[Mention]
    count: Count
    salience: Measure = Field(description="0 to 1: how much the article is about it; place of the first mention, frequency, spread, headline.")
    link: Link | None = None


class Quote(Part):
    """A direct quotation: characters [start, end) of the body are the words within the marks. A speech over several
    paragraphs is one quote a paragraph."""

    start: Count
    end: Count
    text: str
    speaker: str | None = Field(None, description="Canonical name of the speaking entity, where a rule is certain.")
    speaker_start: Count | None = Field(None, description="Start of the mention that names the speaker.")
    speaker_end: Count | None = Field(None, description="End of the mention that names the speaker.")


class Tagging(Part):
    """What looked for entities, or why nothing did."""

    model: str | None = None
    version: str | None = None
    gazetteer: str | None = Field(None, description="Version of the gazetteer: a hash of its entries.")
    not_run: str | None = Field(None, description="Why no entities were looked for, such as no_model_for_language.")
    remedy: str | None = Field(None, description="What to install and to set so that they are.")


class EntitiesPart(Part):
    """What the tagger adds."""

    entities: list[Entity] | None = Field(None, description="In order of first mention; absent when not run.")
    quotes: list[Quote] | None = None
    tagging: Tagging


class EnrichedArticle(EntitiesPart, DeduplicatedArticle):
    """A record on articles.enriched."""
