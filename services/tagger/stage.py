"""The tagger's stage: the names in an article, who and what they are, and who said what.

body -> paragraphs -> model (or cache) -> spans -> article-level pass -> entities, quotes
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from copydesk.services.tagger.entities import Resolver
from copydesk.services.tagger.gazetteer import ReloadedGazetteer
from copydesk.services.tagger.languages import language_of, remedy
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.spans import RawSpan
from copydesk.shared.records.base import Envelope
from copydesk.shared.records.enriched import EntitiesPart, Tagging
from copydesk.shared.stage import Enriched, Outcome
from copydesk.shared.topics import DEDUPLICATED, ENRICHED

VERSION = "2"  # of the code; models and gazetteer are added
GAZETTEER_DIGITS = 12
NO_MODEL = "no_model_for_language"


class TaggerReads(Envelope):
    """What the tagger reads of a record."""

    body: str
    title: str | None = None
    language: str | None = None
    language_confidence: float | None = None


class TaggerStage:
    """Text → EntitiesPart. An article's result depends on that article, the models and the gazetteer alone.

    `taggers`: one for each language, by ISO 639-1 code. The first is the default language's.
    """

    name = "tagger"
    source = DEDUPLICATED
    target = ENRICHED
    reads = TaggerReads

    def __init__(self, taggers: Mapping[str, Tagger], gazetteer: ReloadedGazetteer, language_confidence: float = 0.5) -> None:
        self._taggers, self._default = taggers, next(iter(taggers))
        self._gazetteer, self._resolver = gazetteer, Resolver(gazetteer.current())
        self._confidence = language_confidence

    @property
    def version(self) -> str:
        """Of the code, all models and the gazetteer of the last batch: `2+accurate-02eca3efb675.gazetteer-0123456789ab`."""
        models = sorted({f"{tagger.model.name}-{tagger.model.version}" for tagger in self._taggers.values()})
        return f"{VERSION}+{'.'.join([*models, f'gazetteer-{self._gazetteer_version}'])}"

    @property
    def _gazetteer_version(self) -> str:
        return self._resolver.gazetteer.version[:GAZETTEER_DIGITS]

    def process(self, batch: Sequence[TaggerReads]) -> list[Outcome]:
        """One outcome for each record; none is rejected. An article in a language without a model says so in `tagging`."""
        resolver = self._current_resolver()
        languages = [self._language(record) for record in batch]
        found = self._spans(batch, languages)
        return [
            self._one(resolver, record, language, spans) for record, language, spans in zip(batch, languages, found, strict=True)
        ]  # fmt: skip

    def _current_resolver(self) -> Resolver:
        gazetteer = self._gazetteer.current()
        if gazetteer is not self._resolver.gazetteer:
            self._resolver = Resolver(gazetteer)
        return self._resolver

    def _language(self, record: TaggerReads) -> str:
        """The article's language as ISO 639-1; the default where it is not known, or detected without confidence."""
        doubtful = record.language_confidence is not None and record.language_confidence < self._confidence
        return self._default if doubtful else language_of(record.language or "") or self._default

    def _spans(self, batch: Sequence[TaggerReads], languages: Sequence[str]) -> list[list[RawSpan] | None]:
        """For each record its spans; None where its language has no model."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, language in enumerate(languages):
            places[language].append(place)
        found: list[list[RawSpan] | None] = [None] * len(batch)
        for language in places.keys() & self._taggers.keys():
            bodies = [batch[place].body for place in places[language]]
            for place, spans in zip(places[language], self._taggers[language].spans(bodies), strict=True):
                found[place] = spans
        return found

    def _one(self, resolver: Resolver, record: TaggerReads, language: str, spans: list[RawSpan] | None) -> Enriched:
        if spans is None:
            quotes = resolver.resolve(record.body, [], record.title, language).quotes  # marks need no model, speakers do
            return Enriched(EntitiesPart(quotes=quotes, tagging=Tagging(not_run=NO_MODEL, remedy=remedy(language))))
        model = self._taggers[language].model
        result = resolver.resolve(record.body, spans, record.title, language)
        tagging = Tagging(model=model.name, version=model.version, gazetteer=self._gazetteer_version)
        return Enriched(EntitiesPart(entities=result.entities, quotes=result.quotes, tagging=tagging))


def create(settings: TaggerSettings) -> TaggerStage:
    """The stage as the service and `copydesk enrich` run it. Raises CopydeskError where a model or gazetteer is not to be had."""
    cache = ParagraphCache(settings.tagger_cache)
    names = {settings.tagger_default_language: settings.tagger_model, **settings.tagger_languages}
    taggers = {language: Tagger(load_model(name, settings.tagger_threads), cache) for language, name in names.items()}
    return TaggerStage(taggers, ReloadedGazetteer(settings.gazetteer_paths), settings.tagger_language_confidence)
