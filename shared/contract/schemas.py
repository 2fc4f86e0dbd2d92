"""JSON Schema of the record on each topic."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.records import CleanedArticle, DeduplicatedArticle, EnrichedArticle, PairFact, RawArticle
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW, Topic

MODELS: dict[Topic, type[BaseModel]] = {
    RAW: RawArticle,
    CLEANED: CleanedArticle,
    DEDUPLICATED: DeduplicatedArticle,
    ENRICHED: EnrichedArticle,
    CORRECTIONS: PairFact,
    DEADLETTERS: DeadLetter,
}


def schema(topic: Topic) -> dict[str, Any]:
    """The schema of a record on the topic. It is open everywhere: a reader has to bear fields that a newer writer adds."""
    generated = MODELS[topic].model_json_schema()
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"{topic.name}.json", **_opened(generated)}


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _opened(inner) for key, inner in value.items() if not (key == "additionalProperties" and inner is False)}
    return [_opened(inner) for inner in value] if isinstance(value, list) else value
