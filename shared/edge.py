"""The edge: the whole contract of a record, checked once where it enters a stage, a sink or a reader.

bytes → JSON → an object of bounded depth → every field that Copydesk knows, by type, length and range, whoever reads it → the record

What has passed raises nowhere later: not where it is decoded, merged, encoded, folded or stored. The contract is the union of all
stages' parts, each field optional: what a stage cannot do without is for its `reads` to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError, create_model
from pydantic_core import ErrorDetails

from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.enriched import EnrichedArticle
from copydesk.shared.records.feeding import ArticleUrl, FeedSource
from copydesk.shared.records.given import GIVEN, told
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.raw import RawArticle, complete
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.story import StoryTold
from copydesk.shared.records.times import EARLIEST, from_ms, possible, rfc_3339
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, Topic

BOM = b"\xef\xbb\xbf"
MOST_LEVELS = 64  # of objects and lists, one within the other
MOST_NAMES = 1_000  # of fields that Copydesk does not know
LARGEST = 2.0**64  # JSON numbers beyond come back as others than were sent
TOLD = 5  # problems of one record
LONGEST_NAME = 200  # characters of a field's name that are told: {"headers": {"xxx…": 5}}
MOMENTS = ("ingested_at", "fetched_at")
NAMES = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number", type(None): "null"}
RecordT = TypeVar("RecordT", bound=BaseModel)


def _optional(model: type[BaseModel], needed: str = "") -> type[BaseModel]:
    """The fields of a model with their types and bounds, each of which may be absent but for the one that is needed."""
    fields: dict[str, Any] = {name: (field.rebuild_annotation() | None, None) for name, field in model.model_fields.items()}
    if needed:
        fields[needed] = (model.model_fields[needed].rebuild_annotation(), ...)
    return create_model(f"Any{model.__name__}", **fields)


FED = _optional(RawArticle, needed="content")
KNOWN = _optional(EnrichedArticle)


def admitted(value: bytes, topic: Topic, written_ms: int) -> JsonObject | Rejected:
    """The record in these bytes of a topic of articles, or why it is refused, with the field and the remedy.

    `written_ms`: when it was written to the log, in milliseconds since 1970. Of a name that an object has twice, the last counts.
    A raw record gets its `article_id` and `ingested_at` here; what its feed says is read by `copydesk.shared.records.given`.
    """
    record = json_object(value)
    if isinstance(record, Rejected):
        return record
    return of_feed(record, from_ms(written_ms)) if topic is RAW else of_stage(record)


def fact(value: bytes) -> PairFact | Rejected:
    """The pair fact in these bytes of articles.corrections, or why it is refused."""
    data = json_object(value)
    if isinstance(data, Rejected):
        return data
    try:
        return PairFact.model_validate(data, extra="ignore")
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))


def story_told(value: bytes) -> StoryTold | Rejected:
    """What these bytes of articles.stories tell, or why they are refused."""
    return _bounded(StoryTold, value)


def retraction(value: bytes) -> Retraction | Rejected:
    """The retraction in these bytes of articles.retractions, or why it is refused. What was said ahead of the clock could not be taken back."""
    found = _bounded(Retraction, value)
    if isinstance(found, Retraction):
        try:
            possible(found.at)
        except ValueError as error:
            return _refused("at", str(error))
    return found


def article_url(value: bytes) -> ArticleUrl | Rejected:
    """The address in these bytes of articles.urls, or why it is refused."""
    return _bounded(ArticleUrl, value)


def feed_source(value: bytes) -> FeedSource | Rejected:
    """The source in these bytes of feeds.sources, or why it is refused."""
    return _bounded(FeedSource, value)


def _bounded(model: type[RecordT], value: bytes) -> RecordT | Rejected:
    """The record, whose fields that the model does not know are within bounds. A field without a value says nothing."""
    data = json_object(value)
    if isinstance(data, Rejected):
        return data
    strange = data.keys() - model.model_fields.keys()
    if len(strange) > MOST_NAMES:
        return Rejected("invalid_record", f"it has {len(strange):,} fields of its own, at most {MOST_NAMES:,} are kept: put some into one object")
    for name in strange:
        if problem := _beyond(data[name]):
            return _refused(name, problem)
    try:
        return model.model_validate({name: value for name, value in data.items() if value is not None})
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))


def of_feed(data: Mapping[str, Any], written: datetime | None) -> JsonObject | Rejected:
    """A raw record, complete: `written` stands in where it has no time of ingestion; None where the log does not tell a possible one."""
    if "content" not in data and isinstance(data.get("content_ref"), dict):
        return _refused("content", "stayed behind when this was cleaned (content_ref): feed what was fetched; `copydesk trace --content` prints it")
    if data.get("content") is None and (name := _longest_text(data)):
        return _refused("content", f"is absent, and needed here: if `{name}` is what was fetched, call it content")
    record = _checked(FED, told(data))
    if isinstance(record, Rejected):
        return record
    if written is None and "ingested_at" not in record:
        return _refused("ingested_at", "is absent, and the log tells no possible time; give it, or put the record onto the topic again")
    return complete(record, written or EARLIEST)


def _longest_text(data: Mapping[str, Any]) -> str:
    """The field that may be the article under another name, as other programs write it: {"title": …, "text": …} → text; "" where none is."""
    texts = {name: len(value) for name, value in data.items() if isinstance(value, str) and name not in RawArticle.model_fields}
    return max(texts, key=texts.__getitem__, default="")


def of_stage(data: Mapping[str, Any]) -> JsonObject | Rejected:
    """A record as a stage wrote it, or another program in its place."""
    return _checked(KNOWN, {name: value for name, value in data.items() if value is not None or name not in KNOWN.model_fields})


def json_object(value: bytes) -> JsonObject | Rejected:
    """The JSON object in these bytes."""
    try:
        data = orjson.loads(value.removeprefix(BOM))
    except orjson.JSONDecodeError as error:
        return Rejected("not_json", f"the value is not JSON in UTF-8: {error}")
    if not isinstance(data, dict):
        return Rejected("not_an_object", f"the value is {NAMES[type(data)]}, not an object: send each record by itself")
    return data


def _checked(contract: type[BaseModel], record: JsonObject) -> JsonObject | Rejected:
    """The record with its moments in RFC 3339, if it is within bounds and fits the contract."""
    if (names := len(record.keys() - KNOWN.model_fields.keys())) > MOST_NAMES:
        return Rejected("invalid_record", f"it has {names:,} fields of its own, at most {MOST_NAMES:,} are kept: put some into one object")
    for name, value in _free(record):
        if problem := _beyond(value):
            return _refused(name, problem)
    for name in [name for name in MOMENTS if name in record]:
        try:
            record = {**record, name: rfc_3339(record[name])}
        except ValueError as error:
            return _refused(name, str(error))
    try:
        contract.model_validate(record, extra="ignore")
        orjson.dumps(record)  # known fields may hold what a newer writer added, of any depth: {"entities": [{"new": [[[…]]]}]}
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))
    except TypeError as error:
        return Rejected("invalid_record", f"it cannot be written again ({error}): flatten what is nested deepest")
    return record


def _free(record: JsonObject) -> Iterator[tuple[str, Any]]:
    """The values that may have any form: those of fields that Copydesk does not know, and what stands under `given`."""
    aside = record.get(GIVEN)
    yield from ((name, value) for name, value in record.items() if name not in KNOWN.model_fields)
    yield from ((f"{GIVEN}.{name}", value) for name, value in aside.items()) if isinstance(aside, dict) else ()


def _beyond(value: Any) -> str | None:
    """Why a value cannot be kept: other readers of JSON refuse such depth, and such numbers come out as others than came in."""
    level = [value]
    for _ in range(MOST_LEVELS):
        if any(type(inner) is float and not -LARGEST < inner < LARGEST for inner in level):
            return "holds a number beyond 64 bits; send it as a text"
        level = [inner for outer in level if type(outer) in (dict, list) for inner in (outer.values() if type(outer) is dict else outer)]
        if not level:
            return None
    return f"is nested more than {MOST_LEVELS} deep; flatten it or send it as a text"


def _refused(name: str, problem: str) -> Rejected:
    return Rejected("invalid_record", f"{name[:LONGEST_NAME]}: {problem}")


def explain(error: ValidationError) -> str:
    """A validation error in one line: each field with what is wrong with it and what to do."""
    problems = [f"{'.'.join(map(str, detail['loc']))[:LONGEST_NAME]}: {_problem(detail)}" for detail in error.errors(include_url=False)]
    more = [f"{len(problems) - TOLD:,} more"] if len(problems) > TOLD else []
    return "; ".join([*problems[:TOLD], *more])


def _problem(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return "is absent, and needed here"
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    kind = NAMES.get(type(detail["input"]), "of another kind")
    return f"{detail['msg'][:1].lower()}{detail['msg'][1:]}, and is {kind}; correct it or leave it out"
