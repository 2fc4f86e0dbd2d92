"""Settings of the tagger, read from the environment with the prefix COPYDESK_."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from copydesk.services.tagger.gazetteer.settings import GazetteerSettings
from copydesk.shared.settings import PREFIX, ServiceSettings


class TaggerSettings(GazetteerSettings, ServiceSettings):
    """Which model for which language, and how much is remembered."""

    tagger_model: str = Field(
        "accurate",
        validation_alias=AliasChoices(f"{PREFIX}TAGGER_MODEL", "TAGGER_MODEL"),
        description='Model for the default language: "accurate", "fast", or any installed spaCy package.',
    )
    tagger_default_language: str = Field("en", description="Language of the default model, taken where an article's language is not known.")
    tagger_languages: dict[str, str] = Field(
        default_factory=dict, description='Models of other languages, as JSON: {"de": "de_core_news_md"}. A language without one is not tagged.'
    )
    tagger_threads: int = Field(1, ge=1, description="Threads of the accurate model; results do not depend on it.")
    tagger_cache: int = Field(100_000, ge=0, description="Paragraphs whose entities are remembered; 0 remembers none.")
    tagger_language_confidence: float = Field(
        0.5, ge=0, le=1, description="A detected language is believed from this confidence on; below it the default one is taken."
    )
