"""The article-level pass: from the spans of a model to entities with links, and quotations with speakers.

    boundaries -> fragments, storms, acronyms -> amounts, dates, known names -> repeated names -> votes on labels -> kinds of places
               -> mentions grouped -> links -> salience; quotations

A function of the body, its spans, the title and the gazetteer alone: no article knows of another.
"""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.tagger.entities.acronyms import of_one_kind, without_common_acronyms
from copydesk.services.tagger.entities.article_text import Text
from copydesk.services.tagger.entities.boundaries import mend_boundaries
from copydesk.services.tagger.entities.companies import as_companies, as_short_forms, with_short_forms
from copydesk.services.tagger.entities.dates import date_mentions, feasts_as_dates, without_weekdays
from copydesk.services.tagger.entities.drafts import Cluster, Draft, MentionsByCharacter, without_overlaps
from copydesk.services.tagger.entities.fragments import without_fragments
from copydesk.services.tagger.entities.grouping import group
from copydesk.services.tagger.entities.known import KnownNames
from copydesk.services.tagger.entities.linking import Linker
from copydesk.services.tagger.entities.placetypes import PlaceTypes
from copydesk.services.tagger.entities.propagation import propagate
from copydesk.services.tagger.entities.quotes import attribute
from copydesk.services.tagger.entities.result import EntitiesResult, entity, quote
from copydesk.services.tagger.entities.rules import amount_rules
from copydesk.services.tagger.entities.salience import saliences
from copydesk.services.tagger.entities.storms import storms_as_events
from copydesk.services.tagger.entities.voting import vote
from copydesk.services.tagger.gazetteer import Gazetteer
from copydesk.services.tagger.spans import RawSpan


class Resolver:
    """Holds a gazetteer with what is compiled from it. Build a new one when the gazetteer changes."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._amounts = amount_rules()
        self._known = KnownNames(gazetteer)
        self._places = PlaceTypes(gazetteer)
        self._linker = Linker(gazetteer)

    def resolve(self, body: str, spans: Sequence[RawSpan], title: str | None = None, language: str | None = None) -> EntitiesResult:
        """Entities and quotations of one article. The rules on words are English; other languages get those on names alone.

        Raises:
            ValueError: a span lies outside of the body.
        """
        text = Text(body)
        english = language is None or language.split("-")[0].lower() == "en"
        clusters = self._clusters(text, self._mentions(text, spans, english))
        shares = saliences(text, title, clusters)
        quotes = [quote(body, found) for found in attribute(text, clusters, (language or "en").split("-")[0].lower())]
        return EntitiesResult([entity(c, share) for c, share in zip(clusters, shares, strict=True)], quotes)

    def _mentions(self, text: Text, spans: Sequence[RawSpan], english: bool) -> list[Draft]:
        drafts = mend_boundaries(text.body, spans, self._known.is_place, self._known.is_known)
        if not english:
            return without_overlaps(drafts)
        drafts = without_fragments(text.body, feasts_as_dates(text.body, without_weekdays(drafts)))
        drafts = of_one_kind(text.body, storms_as_events(text.body, without_common_acronyms(text.body, drafts)))
        drafts = _preferring(self._amounts.find(text), drafts)
        drafts = without_overlaps([*drafts, *date_mentions(text)])  # a whole date takes the place of its parts
        drafts = as_companies(text.body, self._known.mend(text, drafts))
        drafts = with_short_forms(text, as_short_forms(drafts, lambda name: bool(self.gazetteer.geography.find(name))))
        drafts = vote(drafts, self.gazetteer)
        return vote(propagate(text, drafts), self.gazetteer)

    def _clusters(self, text: Text, drafts: list[Draft]) -> list[Cluster]:
        return self._linker.link(text.body, group(text, self._places.mend(text, drafts), self.gazetteer))


def _preferring(sure: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """The sure mentions, and those others that do not overlap them."""
    held = MentionsByCharacter(sure)
    return sorted((*sure, *(d for d in drafts if held.free(d.start, d.end))), key=lambda d: d.start)
