"""AsyncAPI 3.0: the topics, what is on them, and who reads and writes them."""

from __future__ import annotations

from typing import Any

from copydesk.shared import headers
from copydesk.shared.release import VERSION
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ALL, Topic
from copydesk.shared.topology import PRODUCER, RECORDS, SERVICES

BINDING = "0.5.0"
SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
HEADERS = {
    headers.CONTENT_TYPE: "Media type of the value.",
    headers.SCHEMA_VERSION: "Version of the contract.",
    headers.PRODUCER: "Service that wrote the record.",
    headers.PRODUCER_VERSION: "Version of Copydesk that wrote it.",
    headers.TRACEPARENT: "W3C Trace Context; the trace id stays the same from raw to enriched.",
    headers.CONTENT_AT: "Where the raw record lies, with what was fetched: topic/partition/offset. On the topics after articles.raw.",
    headers.INGESTED_MS: "When the raw record was written, or was put onto its topic again, in milliseconds since 1970.",
    headers.REPLAYED: "Where the record lay, or the one that it was made of, before it was put onto its topic again: TOPIC/PARTITION/OFFSET.",
}


def document() -> dict[str, Any]:
    """The whole document; sizes are those of the default settings."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Copydesk",
            "version": VERSION,
            "description": "Articles from raw pages to enriched records. Delivery is at least once; the key of a record of an article is article_id.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": headers.JSON,
        "channels": {_name(topic): _channel(topic) for topic in ALL},
        "operations": dict(_operations()),
        "components": {
            "messages": {model.__name__: _message(topic) for topic, model in RECORDS.items()},
            "messageTraits": {"headers": {"headers": _headers()}},
        },
    }


def _name(topic: Topic) -> str:
    """articles.raw → articlesRaw: keys of the document may not hold dots."""
    first, *rest = topic.name.replace("-", ".").split(".")
    return first + "".join(word.capitalize() for word in rest)


def _channel(topic: Topic) -> dict[str, Any]:
    configuration = {
        "cleanup.policy": [topic.cleanup],
        "retention.ms": topic.retention_ms,
        "max.message.bytes": topic.max_bytes(Settings.model_fields["raw_limit"].default),
    }
    model = RECORDS.get(topic)
    return {
        "address": topic.name,
        "description": topic.description if model else f"{topic.description} Internal: its values may change with any version.",
        "messages": {model.__name__: {"$ref": f"#/components/messages/{model.__name__}"}} if model else {},
        "bindings": {"kafka": {"topicConfiguration": configuration, "bindingVersion": BINDING}},
    }


def _message(topic: Topic) -> dict[str, Any]:
    return {
        "name": RECORDS[topic].__name__,
        "summary": topic.description,
        "contentType": headers.JSON,
        "traits": [{"$ref": "#/components/messageTraits/headers"}],
        "payload": {"schemaFormat": SCHEMA_FORMAT, "schema": {"$ref": f"./schemas/{topic.name}.json"}},
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": BINDING}},
    }


def _headers() -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string", "description": meaning} for name, meaning in HEADERS.items()}}


def _operations() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for service in (PRODUCER, *SERVICES):
        for action, topics in (("receive", service.reads + service.follows), ("send", service.writes)):
            for topic in topics:
                name = _name(topic)
                operation = {"action": action, "channel": {"$ref": f"#/channels/{name}"}, "tags": [{"name": service.name}]}
                found.append((f"{service.name}{action.capitalize()}{name[0].upper()}{name[1:]}", operation))
    return found
