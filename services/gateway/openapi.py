"""docs/openapi.json: every address of the gateway, from its routes, the models of its queries and those of the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from copydesk.services.gateway.posting.bodies import FORMS
from copydesk.services.gateway.posting.endpoint import post_articles
from copydesk.services.gateway.posting.records import ArticleQuery
from copydesk.services.gateway.reading import archive, feeds, letters, stats
from copydesk.services.gateway.reading.asked import ArticlesQuery, DeadLettersQuery, EntitiesQuery, StoriesQuery, TraceQuery
from copydesk.services.gateway.session import Session, SessionKey, close_session, open_session, session
from copydesk.services.gateway.settings import Scope
from copydesk.services.gateway.streams.endpoints import stream
from copydesk.services.gateway.streams.wish import StreamQuery
from copydesk.shared.records import EnrichedArticle, PairFact, RawArticle
from copydesk.shared.records.feeding import FeedSource
from copydesk.shared.release import VERSION


class ProblemDocument(BaseModel):
    """RFC 9457: what is wrong, and what to do about it."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    record: int | None = Field(None, description="Its number in the body, from 1 on, where one of several records is meant.")


class ArticlesPage(BaseModel):
    articles: list[EnrichedArticle]
    next: str | None = Field(description="Cursor of the next page.")
    facets: dict[str, list[dict[str, Any]]] | None = Field(None, description="source, language, status, entity: on the first page.")
    counted: int | None = Field(None, description="Over how many of the newest articles facets are counted.")


class ArticleDetail(BaseModel):
    article: EnrichedArticle
    revisions: list[EnrichedArticle]
    copies: list[dict[str, Any]] = Field(description="`relation` earlier: this one prints it; later: it prints this one.")
    corrections: list[PairFact]
    story: str | None = Field(description="The story that it tells, where that was told.")


class StoryBrief(BaseModel):
    """A story as a list shows it; GET /stories/{story_id} has all of it."""

    story: str = Field(description="The article_id of its earliest article.")
    title: str
    lede: str
    from_: str = Field(alias="from", description="The article that title and lede are from: the one that most of the others are nearest to.")
    first_seen: str
    last_update: str
    articles: int
    outlets: int
    copies: int


class StoriesPage(BaseModel):
    stories: list[StoryBrief]
    next: str | None = Field(description="Cursor of the next page.")


class FollowedFeed(FeedSource):
    """A source, and how it stands."""

    succeeded_at: str | None = Field(description="When it was looked into last without a failure.")
    due_at: str | None = Field(description="When it is looked into next; null: at once.")
    items: int = Field(description="Items in the document.")
    found: int = Field(description="Items that were passed on, ever.")
    failures: int = Field(description="In a row.")
    error: str = Field(description="Of the last look.")


class FeedsPage(BaseModel):
    feeds: list[FollowedFeed]


class Accepted(BaseModel):
    accepted: list[dict[str, Any]] = Field(description="id of each article, record: its number in the body.")
    refused: list[ProblemDocument]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address. `answer` is the model of what comes back, where there is one."""

    method: str
    path: str
    does: Callable[..., Any]
    scope: Scope | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    media_type: str = "application/json"


OPERATIONS = (
    Operation("get", "/articles", archive.articles, "read", ArticlesQuery, ArticlesPage),
    Operation("post", "/articles", post_articles, "write", ArticleQuery, Accepted, 202),
    Operation("get", "/articles/{article_id}", archive.article, "read", None, ArticleDetail),
    Operation("get", "/articles/{article_id}/trace", archive.article_trace, "read", TraceQuery),
    Operation("get", "/articles/{article_id}/content", archive.article_content, "read", media_type="application/octet-stream"),
    Operation("get", "/entities", archive.entities, "read", EntitiesQuery),
    Operation("get", "/entities/{name}", archive.entity, "read"),
    Operation("get", "/sources", archive.sources, "read"),
    Operation("get", "/sources/{name}", archive.source, "read"),
    Operation("get", "/stories", archive.stories, "read", StoriesQuery, StoriesPage),
    Operation("get", "/stories/{story_id}", archive.story, "read"),
    Operation("get", "/stats", stats.stats, "read"),
    Operation("get", "/deadletters", letters.deadletters, "read", DeadLettersQuery),
    Operation("get", "/deadletters/{letter_id}", letters.deadletter, "read"),
    Operation("post", "/deadletters/{letter_id}/replay", letters.replay_letter, "admin", None, None, 202),
    Operation("get", "/stream", stream, "read", StreamQuery, None, 200, "text/event-stream"),
    Operation("get", "/feeds", feeds.feeds, "read", None, FeedsPage),
    Operation("post", "/feeds", feeds.follow_feeds, "admin", None, None, 202),
    Operation("delete", "/feeds/{url}", feeds.end_feed, "admin", None, None, 204),
    Operation("get", "/session", session, None, None, Session),
    Operation("post", "/session", open_session, None, None, Session),
    Operation("delete", "/session", close_session, None, None, None, 204),
)
PROBLEMS = {"400", "401", "403", "404", "408", "410", "413", "415", "421", "422", "429", "431", "500", "503"}
VALIDATION: Literal["validation"] = "validation"
REF = "#/components/schemas/{model}"


def _one_or_many(model: type[BaseModel]) -> dict[str, Any]:
    one = {"$ref": REF.format(model=model.__name__)}
    return {"oneOf": [one, {"type": "array", "items": one}]}


BODIES: dict[Callable[..., Any], dict[str, Any]] = {
    open_session: {"$ref": REF.format(model="SessionKey")}, post_articles: _one_or_many(RawArticle), feeds.follow_feeds: _one_or_many(FeedSource),
}  # fmt: skip


def document() -> dict[str, Any]:
    """The whole document."""
    models: set[type[BaseModel]] = {ProblemDocument, RawArticle, SessionKey, FeedSource}
    models |= {model for one in OPERATIONS for model in (one.query, one.answer) if model is not None}
    ordered = [(model, VALIDATION) for model in sorted(models, key=lambda model: model.__name__)]
    _, schemas = models_json_schema(ordered, ref_template=REF)
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = _operation(one, schemas["$defs"])
    return {
        "openapi": "3.1.0",
        "info": {"title": "Copydesk", "version": VERSION, "description": "The gateway: docs/http.md explains it.", "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in schemas["$defs"].items() if not name.endswith("Query")},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    summary, _, more = (one.does.__doc__ or "").partition("\n")
    described = {"description": more.strip().replace("\n    ", "\n")} if more.strip() else {}
    return {
        "operationId": one.does.__name__,
        "summary": summary,
        **described,
        **({"security": [{}, {"key": []}], "x-scope": one.scope} if one.scope else {}),
        "parameters": [*_in_path(one.path), *(_in_query(schemas[one.query.__name__]) if one.query else [])],
        **_body(one),
        "responses": {str(one.status): _answer(one), **{code: _problem() for code in sorted(PROBLEMS)}},
    }


def _in_path(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in names]


def _in_query(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "description": about.get("description", ""), "schema": _plain(about)}
        for name, about in schema["properties"].items()
    ]


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value that is there: absence is how a query says null."""
    kept = {name: value for name, value in about.items() if name not in ("title", "description", "default", "anyOf")}
    for one in about.get("anyOf", ()):
        if one.get("type") != "null":
            kept |= one
    return kept


def _body(one: Operation) -> dict[str, Any]:
    schema = BODIES.get(one.does)
    if schema is None:
        return {}
    other = {name: {"schema": {"type": "string"}} for name in FORMS} if one.does is post_articles else {}
    return {"requestBody": {"required": True, "content": {**other, "application/json": {"schema": schema}}}}


def _answer(one: Operation) -> dict[str, Any]:
    if one.status == 204:
        return {"description": "Done."}
    schema = {"$ref": REF.format(model=one.answer.__name__)} if one.answer else {"type": "string" if one.media_type.startswith("text") else "object"}
    return {"description": "Events." if one.media_type.startswith("text") else "What was asked for.", "content": {one.media_type: {"schema": schema}}}


def _problem() -> dict[str, Any]:
    schema = {"$ref": REF.format(model="ProblemDocument")}
    return {"description": "What is wrong, and the remedy.", "content": {"application/problem+json": {"schema": schema}}}
