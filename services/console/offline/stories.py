"""`copydesk stories`: which of the given articles tell of one event, and why, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import orjson
from pydantic import ValidationError
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from copydesk.services.console.offline.account import Recorder
from copydesk.services.console.offline.final import final_records
from copydesk.services.console.printing.words import counted
from copydesk.shared.computing import Computing
from copydesk.shared.edge import explain
from copydesk.shared.inputs import Item
from copydesk.shared.records.base import Envelope
from copydesk.shared.records.duplicate import Duplicate
from copydesk.shared.records.enriched import Entity, Quote
from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.records.times import Moment

OUTLETS = 6  # that a line names
LONGEST_ID = 512  # characters


class _Given(Envelope):
    """What stories need of a record that has a body already."""

    title: str | None = None
    source: str | None = None
    language: str | None = None
    published_at: str | None = None
    ingested_at: Moment | None = None
    duplicate: Duplicate | None = None
    entities: list[Entity] | None = None
    quotes: list[Quote] | None = None


async def through_stages(stages: Sequence[Computing], items: Iterable[Item], recorder: Recorder) -> list[JsonObject]:
    """What comes out of the stages; what they refuse is told to the recorder and left out."""
    return [orjson.loads(value) async for value in final_records(stages, items, recorder)]


def as_given(items: Iterable[Item]) -> Iterator[JsonObject]:
    """Records that have a body already, such as `copydesk enrich` writes. Raises ValueError for what has none."""
    for item in items:
        if item.refused:
            raise ValueError(f"{item.name}: {item.refused.detail}")
        try:
            record = orjson.loads(item.value)
        except orjson.JSONDecodeError:
            record = None
        if not isinstance(record, dict) or not isinstance(record.get("body"), str):
            raise ValueError(f"{item.name} is no record with a body")
        try:
            _Given.model_validate(record)
        except ValidationError as error:
            raise ValueError(f"{item.name}: {explain(error)}") from error
        name = str(record.get("article_id") or record.get("id") or item.name)
        if len(name) > LONGEST_ID:
            raise ValueError(f"{item.name} has an article_id of more than {LONGEST_ID} characters")
        yield {**record, "article_id": name}


def overview(stories: Sequence[JsonObject]) -> RenderableType:
    """A paragraph for each story."""
    return Group(*(part for story in stories for part in _heading(story)))


def whole(story: JsonObject) -> RenderableType:
    """A story with its timeline: each development, its articles, and why each belongs here."""
    titles = {article["article_id"]: article["title"] for article in story["articles"]}
    by_id = {article["article_id"]: article for article in story["articles"]}
    rows = list(_heading(story))
    rows += [Text.assemble((f"{kind:<14}", "dim"), ", ".join(story[kind])) for kind in ("people", "organisations", "places") if story.get(kind)]
    if story["quoted"]:
        quoted = ", ".join(f"{one['speaker']} ({len(one['articles'])})" for one in story["quoted"])
        rows.append(Text.assemble((f"{'quoted':<14}", "dim"), quoted))
    for development in story["developments"]:
        rows.append(Text.assemble("\n", (_time(development["published_at"]), "bold cyan"), "  ", (development["title"], "bold")))
        rows += [row for name in development["articles"] for row in _article(by_id[name], titles)]
    return Group(*rows)


def _heading(story: Record) -> Iterator[RenderableType]:
    yield Text.assemble((story["title"], "bold"), (f"  {story['story']}", "dim"))
    span = " – ".join(dict.fromkeys((_time(story["first_seen"]), _time(story["last_update"]))))
    copies = [counted(story["copies"], "copy", "copies")] if story["copies"] else []
    yield Text(" · ".join((counted(len(story["articles"]), "article"), *copies, *_outlets(story), span)), style="dim")
    yield Padding(Text(story["lede"]), (0, 0, 1, 2))


def _outlets(story: Record) -> list[str]:
    names = [outlet["source"] for outlet in story["outlets"]]
    more = [f"and {len(names) - OUTLETS} more"] if len(names) > OUTLETS else []
    return [", ".join((*names[:OUTLETS], *more))] if names else []


def _time(text: str) -> str:
    """2024-05-06T10:20:30Z → 2024-05-06 10:20"""
    return text[:16].replace("T", " ")


def _article(article: Record, titles: dict[str, str]) -> Iterator[RenderableType]:
    yield Text.assemble(f"  {_time(article['published_at'])}  {article['title']}", (f"  {article.get('source', '')}  {article['article_id']}", "dim"))
    if near := article.get("nearest"):
        shared = ", ".join(dict.fromkeys((*near["names"], *near["terms"])))
        how = "a copy of" if near["copy"] else f"{near['score']:.2f} like"
        other = titles.get(near["article_id"], near["article_id"])
        yield Padding(Text(f"{how} “{other}”, {near['hours']:g} h later: {shared}", style="dim"), (0, 0, 0, 6))


def summary(stories: Sequence[JsonObject], articles: int) -> str:
    """How many stories there are, of how many articles."""
    threaded = sum(len(story["articles"]) for story in stories)
    return f"{counted(articles, 'article')}, {threaded:,} of them in {counted(len(stories), 'story', 'stories')}"
