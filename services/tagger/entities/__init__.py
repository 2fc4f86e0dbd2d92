"""The article-level pass of the tagger: mentions become entities, with links, salience and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from copydesk.services.tagger.entities.resolver import Resolver
from copydesk.services.tagger.entities.result import EntitiesResult
from copydesk.services.tagger.gazetteer import Gazetteer
from copydesk.services.tagger.spans import RawSpan

__all__ = ["EntitiesResult", "Resolver", "default_resolver", "resolve"]


@cache
def default_resolver() -> Resolver:
    """The resolver with the gazetteer that ships."""
    return Resolver(Gazetteer.read())


def resolve(body: str, spans: Sequence[RawSpan], title: str | None = None, language: str | None = None) -> EntitiesResult:
    """Entities and quotations of one article with the gazetteer that ships; see `Resolver.resolve`."""
    return default_resolver().resolve(body, spans, title, language)
