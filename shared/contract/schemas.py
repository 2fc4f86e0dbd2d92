"""JSON Schema of the record on each topic."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from copydesk.shared.topics import Topic
from copydesk.shared.topology import RECORDS


def schema(topic: Topic) -> dict[str, Any]:
    """The schema of a record on the topic. It is open everywhere: a reader has to bear fields that a newer writer adds."""
    generated = RECORDS[topic].model_json_schema()
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": f"{topic.name}.json", **_opened(generated)}


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _opened(inner) for key, inner in value.items() if not (key == "additionalProperties" and inner is False)}
    return [_opened(inner) for inner in value] if isinstance(value, list) else value
