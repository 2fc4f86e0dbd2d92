"""Settings of the tagger, read from the environment with the prefix COPYDESK_."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field
from pydantic_settings import NoDecode

from copydesk.services.tagger.gazetteer.settings import GazetteerSettings
from copydesk.services.tagger.languages import language_of
from copydesk.services.tagger.model.folders import require_model
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import PREFIX, ServiceSettings

EXAMPLE = '{"de": "de_core_news_md", "fr": "fr_core_news_sm"}'


def _known(tag: str) -> str:
    language = language_of(tag)
    if language is None:
        raise ValueError(f"{tag!r} is no language: write a code of ISO 639 such as en, de or pt")
    return language


def _from_json(value: Any) -> Any:
    """A text as what it says in JSON, with the names of languages each once."""
    if isinstance(value, dict):
        value = json.dumps(value)
    if not isinstance(value, str):
        return value
    try:
        pairs = json.loads(value or "{}", object_pairs_hook=tuple)
    except ValueError as error:
        raise ValueError(f"is no JSON ({error}): write {EXAMPLE}") from error
    if not isinstance(pairs, tuple) or not all(isinstance(pair, tuple) and isinstance(pair[1], str) and pair[1].strip() for pair in pairs):
        raise ValueError(f"is no object of languages and names of models: write {EXAMPLE}")
    languages = [_known(name) for name, _ in pairs]
    twice = next((language for language in languages if languages.count(language) > 1), None)
    if twice:
        raise ValueError(f"names two models for {twice!r}")
    return dict(zip(languages, (model for _, model in pairs), strict=True))


Language = Annotated[str, AfterValidator(_known)]


class TaggerSettings(GazetteerSettings, ServiceSettings):
    """Which model for which language, and how much is remembered."""

    tagger_model: str = Field(
        "accurate",
        validation_alias=AliasChoices(f"{PREFIX}TAGGER_MODEL", "TAGGER_MODEL"),
        description='Model for the default language: "accurate", "fast", or any installed spaCy package.',
    )
    tagger_default_language: Language = Field("en", description="Language of the default model, taken where an article's language is not known.")
    tagger_languages: Annotated[dict[str, str], NoDecode, BeforeValidator(_from_json)] = Field(
        default_factory=dict, description='Models of other languages, as JSON: {"de": "de_core_news_md"}. A language without one is not tagged.'
    )
    tagger_threads: int = Field(1, ge=1, description="Threads of the accurate model; results do not depend on it.")
    tagger_cache: int = Field(100_000, ge=0, description="Paragraphs whose entities are remembered; 0 remembers none.")
    tagger_language_confidence: float = Field(
        0.5, ge=0, le=1, description="A detected language is believed from this confidence on; below it the default one is taken."
    )

    def require_what_they_name(self) -> None:
        for name in {self.tagger_model, *self.tagger_languages.values()}:
            require_model(name)
        for path in self.gazetteer_paths:
            if not path.exists():
                raise CopydeskError(f"the gazetteer {path} is not there", "check COPYDESK_GAZETTEER")
