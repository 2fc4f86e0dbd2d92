"""The topology, stated once: the services in the order of the flow, what each reads and writes, and what lies on each topic.

What starts and stops services, measures their lag, draws the flow, offers stages to `copydesk enrich` or topics to
`copydesk subscribe` reads it from here; tests hold the stages' own classes and docker-compose.yml against it.
Names of modules are text, so that shared/ imports no service.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass

from pydantic import BaseModel

from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.records import CleanedArticle, DeduplicatedArticle, EnrichedArticle, PairFact, RawArticle
from copydesk.shared.records.feeding import ArticleUrl, FeedSource
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.story import StoryTold
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import (
    CLEANED,
    CORRECTIONS,
    DEADLETTERS,
    DEDUPLICATED,
    ENRICHED,
    FEEDER_STATE,
    FETCHER_STATE,
    INDEX,
    RAW,
    REPLIES,
    RETRACTIONS,
    SEGMENTS,
    SOURCES,
    STORIES,
    URLS,
    Topic,
)


def group_of(service: str) -> str:
    """The consumer group of a service, by its name."""
    return f"copydesk-{service}"


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """A service: `python -m copydesk.services.<package>`. What it `reads` is consumed by its `group`.

    What it `follows` it reads without a group, each replica all of it.
    An `optional` one runs where it is asked for: `copydesk up --with`, or a profile of Compose.
    `stage` is its name in `copydesk enrich --stages`, for what is a stage. Its folder is the first part of `package`; there are
    settings.py with `<Folder>Settings` and, for a stage, stage.py with `create(settings)`. A package within a folder may have settings of its own.
    """

    name: str
    reads: tuple[Topic, ...]
    writes: tuple[Topic, ...]
    stage: str | None = None
    package: str = ""
    optional: bool = False
    follows: tuple[Topic, ...] = ()

    @property
    def module(self) -> str:
        return f"copydesk.services.{self.package or self.name}"

    @property
    def group(self) -> str:
        """Its consumer group."""
        return group_of(self.name)

    @property
    def folder(self) -> str:
        return (self.package or self.name).split(".")[0]

    def settings(self) -> type[ServiceSettings]:
        """The class of its settings, imported now."""
        own = importlib.util.find_spec(f"{self.module}.settings") is not None
        package = self.module if own else f"copydesk.services.{self.folder}"
        found: type[ServiceSettings] = getattr(importlib.import_module(f"{package}.settings"), f"{package.rpartition('.')[2].capitalize()}Settings")
        return found


def _sink(place: str, *also: Topic) -> ServiceSpec:
    """One that writes somewhere else than to SQLite, beside it."""
    return ServiceSpec(f"sink-{place}", (ENRICHED, CORRECTIONS, *also, RETRACTIONS), (DEADLETTERS,), package=f"sink.{place}", optional=True)


PRODUCER = ServiceSpec("producer", (), (RAW,))  # ends by itself where nothing is watched, so nothing supervises it

# In the order of the flow: so are they stopped, that each can finish what it has, and started in the reverse.
SERVICES = (
    ServiceSpec("feeder", (SOURCES,), (URLS, RAW, FEEDER_STATE, SOURCES, DEADLETTERS), optional=True),
    ServiceSpec("fetcher", (URLS,), (RAW, URLS, FETCHER_STATE, DEADLETTERS), optional=True),
    ServiceSpec("cleaner", (RAW,), (CLEANED, DEADLETTERS), stage="clean"),
    ServiceSpec("deduplicator", (CLEANED,), (DEDUPLICATED, CORRECTIONS, INDEX, DEADLETTERS), stage="dedup"),
    ServiceSpec("index", (INDEX,), (REPLIES, SEGMENTS), package="deduplicator.index"),
    ServiceSpec("tagger", (DEDUPLICATED,), (ENRICHED, DEADLETTERS), stage="tag"),
    ServiceSpec("stories", (RETRACTIONS,), (STORIES, DEADLETTERS), optional=True, follows=(ENRICHED, CORRECTIONS, STORIES)),
    ServiceSpec("sink", (ENRICHED, CORRECTIONS, STORIES, RETRACTIONS), (DEADLETTERS,)),
    _sink("postgres", STORIES),
    _sink("opensearch"),
    _sink("parquet"),
    _sink("jsonl"),
    _sink("webhook"),
    _sink("mirror"),
    ServiceSpec("gateway", (), (RAW, URLS, SOURCES, DEADLETTERS), follows=(ENRICHED, CORRECTIONS, STORIES, RETRACTIONS, SOURCES, FEEDER_STATE)),
)

# What a record on a topic is, in the order in which `copydesk subscribe` offers them. Topics that are not here are internal.
RECORDS: dict[Topic, type[BaseModel]] = {
    ENRICHED: EnrichedArticle,
    CORRECTIONS: PairFact,
    STORIES: StoryTold,
    RETRACTIONS: Retraction,
    DEADLETTERS: DeadLetter,
    RAW: RawArticle,
    CLEANED: CleanedArticle,
    DEDUPLICATED: DeduplicatedArticle,
    URLS: ArticleUrl,
    SOURCES: FeedSource,
}

ALWAYS = tuple(service.name for service in SERVICES if not service.optional)  # the services that run wherever Copydesk does
BY_NAME = {service.name: service for service in SERVICES}
STAGES = {service.stage: service for service in SERVICES if service.stage}


def short(topic: Topic) -> str:
    """articles.enriched → enriched: what a person calls a topic."""
    return topic.name.rpartition(".")[2]
