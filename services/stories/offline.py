"""Stories of records that are all there: cleaned ones, with the verdict on copies and with entities where they have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from copydesk.services.stories.settings import StoriesSettings
from copydesk.services.stories.threads import StoryArticle, Threads, version_of
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject, Record
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stories.summary import ToldArticle, summaries
from copydesk.shared.stories.times import published_s

COPIES = ("exact", "near")  # kinds of copies that share most of a text: an excerpt in a round-up tells no one story


def stories_of_records(records: Iterable[Record], settings: StoriesSettings | None = None) -> list[JsonObject]:
    """The stories, as `copydesk.shared.stories.summary` tells them. Of revisions of an article the latest counts."""
    latest: dict[str, Record] = {}
    for record in records:
        before = latest.get(record["article_id"])
        if before is None or _revision(before) <= _revision(record):
            latest[record["article_id"]] = record
    came = timestamp(datetime.now(UTC))
    timed = {name: {**record, "ingested_at": record.get("ingested_at") or came} for name, record in latest.items()}
    settings = settings or StoriesSettings()
    threads = Threads(settings)
    for record in timed.values():
        threads.add(article_of(record))
    return summaries(_told(timed, threads, version_of(settings), came))


def _told(records: Mapping[str, Record], threads: Threads, version: str, at: str) -> Iterator[ToldArticle]:
    """What the service would tell of them in the end."""
    for name, story in threads.stories(list(records)).items():
        link = threads.links.get(name)
        nearest = None if link is None else threads.nearest(link)
        yield ToldArticle(records[name], StoryTold(article_id=name, story=story, role=threads.role(name), nearest=nearest, version=version, at=at))


def _revision(record: Record) -> tuple[str, str]:
    return str(record.get("ingested_at") or ""), str(record.get("revision") or "")


def article_of(record: Record) -> StoryArticle:
    """What decides on the story of a cleaned record."""
    matches = (record.get("duplicate") or {}).get("matches") or ()
    return StoryArticle(
        article_id=record["article_id"],
        time_s=published_s(record.get("published_at"), record["ingested_at"]),
        title=record.get("title"),
        body=record["body"],
        copies=frozenset(match["article_id"] for match in matches if match["kind"] in COPIES),
    )
