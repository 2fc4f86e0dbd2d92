"""`copydesk retract` and `restore`: an article, or all of a source, is taken back, or let in again (docs/retraction.md)."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from copydesk.shared.again import has_its_original, once_more
from copydesk.shared.edge import explain
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import fresh
from copydesk.shared.kafka import Message, Sender, consume, positions, producer
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.records.retraction import Retraction, article_key, source_key
from copydesk.shared.retractions import StandingRetractions, named_by, standing
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, RAW, RETRACTIONS
from copydesk.shared.trace import trace

KEPT = timedelta(days=40)  # longer than any topic keeps its records unless it is told to


@dataclass(frozen=True, slots=True)
class Target:
    """What a person named: articles by their ids, or a source with those of its articles that are known."""

    article_ids: frozenset[str]
    source: str | None = None


def check_words(article: str | None, source: str | None, reason: str) -> None:
    """What a person typed, before anybody is asked. Raises CopydeskError for an empty name, and for one or a reason that is too long for a record."""
    name = article if article is None or "://" not in article else article_id_of(article, None, "")
    try:
        Retraction.model_validate({"article_id": name, "source": source, "reason": reason, "at": timestamp(datetime.now(UTC))})
    except ValidationError as error:
        raise CopydeskError(explain(error), "see copydesk retract --help") from error


async def named_article(settings: Settings, article: str, database: Path) -> Target:
    """An article by its id, or by its URL: then all ids that records with that URL have, on the topics and in the SQLite file."""
    if "://" not in article:
        return Target(frozenset([article]))
    found = await trace(settings, article, datetime.now(UTC) - KEPT)
    return Target(frozenset([article_id_of(article, None, ""), *found.article_ids, *_stored(database, "url", article)]))


async def named_source(settings: Settings, source: str, database: Path) -> Target:
    """A source, with its articles on articles.cleaned and in the SQLite file: the index of copies knows articles alone."""
    found = set(_stored(database, "source", source))
    async with aclosing(consume(settings, (CLEANED,), since="beginning", follow=False)) as messages:
        async for message in messages:
            found |= {article_id for article_id, own in named_by(CLEANED, message.value or b"", message.timestamp_ms) if own == source}
    return Target(frozenset(found), source)


def _stored(database: Path, column: str, value: str) -> list[str]:
    """Articles of the SQLite file by a column, where there is such a file."""
    if not database.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
            return [one for (one,) in file.execute(f"SELECT DISTINCT article_id FROM articles WHERE {column} = ?", (value,))]
    except sqlite3.Error as error:
        raise CopydeskError(f"{database}: cannot be asked for its articles ({error})", "see to it, or set COPYDESK_SQLITE_PATH") from error


async def retract(settings: Settings, target: Target, reason: str) -> int:
    """Take it back; how many articles by their ids. Each delivery is awaited."""
    before = await standing(settings)
    names = [(name, target.source) for name in sorted(target.article_ids)]
    said = [_said(before, name, source, "retracted", reason) for name, source in [*([(None, target.source)] if target.source else []), *names]]
    async with producer(settings) as sender:
        await _publish(sender, said)
    return len(target.article_ids)


async def restore(settings: Settings, target: Target, reason: str) -> tuple[int, frozenset[str]]:
    """Let it in again: what articles.raw still has of it is put there once more. How many records that were, and the articles whose text is gone.

    What was let in before is said and sent again too: that run may have been cut off. Raises CopydeskError where nothing of it was ever taken back.
    """
    known = await standing(settings)
    names = _taken_back(known, target)
    if not names and not (target.source and known.latest(source_key(target.source))):
        raise CopydeskError("nothing of it is taken back", "see what is: copydesk subscribe --topic retractions --from-beginning --no-follow")
    said = [_said(known, name, target.source, "restored", reason) for name in [*([None] if target.source else []), *sorted(names)]]
    for one in said:
        known.take(one)
    async with producer(settings) as sender:
        await _publish(sender, said)
        count, there = await _send_again(settings, sender, _raw(settings, names, target.source, known))
    return count, names - there


def _taken_back(known: StandingRetractions, target: Target) -> frozenset[str]:
    """The articles to let in by their ids. Of a source those that went with it: what was said of one of its articles alone stands."""
    if target.source is not None:
        return frozenset(one.article_id for one in known.all() if one.article_id is not None and one.source == target.source)
    with_a_source = any(one.article_id is None and one.state == "retracted" for one in known.all())  # it may be theirs
    return frozenset(name for name in target.article_ids if with_a_source or known.latest(article_key(name)))


def _said(before: StandingRetractions, article_id: str | None, source: str | None, state: str, reason: str) -> Retraction:
    """It is later than what was said before, whatever the clock of this machine says."""
    new = Retraction.model_validate(
        {"article_id": article_id, "source": source, "state": state, "reason": reason, "at": timestamp(datetime.now(UTC))}
    )  # fmt: skip
    old = before.latest(new.key)
    if old is None or old.at < new.at:
        return new
    return new.model_copy(update={"at": timestamp(datetime.fromisoformat(old.at) + timedelta(milliseconds=1))})


async def _publish(sender: Sender, said: Iterable[Retraction]) -> None:
    stored = [await sender.send(RETRACTIONS, one.key, one.value(), fresh("retract")) for one in said]
    await asyncio.gather(*stored)


async def _raw(settings: Settings, article_ids: frozenset[str], source: str | None, said: StandingRetractions) -> AsyncIterator[Message]:
    """What is there of these articles and of a source, and is in by what was said."""
    starts = await positions(settings, (RAW,), "beginning")
    async with aclosing(consume(settings, (RAW,), since="beginning", follow=False)) as messages:
        async for message in messages:
            about = list(named_by(RAW, message.value or b"", message.timestamp_ms))
            is_meant = any((name in article_ids or own == source) and said.of(name, own) is None for name, own in about)
            if is_meant and not has_its_original(message, starts):
                yield message


async def _send_again(settings: Settings, sender: Sender, messages: AsyncIterator[Message]) -> tuple[int, set[str]]:
    """Each with the time at which it first came in; how many, and their articles. One at a time: all of a source may be more than memory holds."""
    count, there = 0, set[str]()
    async for message in messages:
        count += 1
        there |= {name for name, _ in named_by(RAW, message.value or b"", message.timestamp_ms)}
        record = once_more(message, settings.raw_limit, int(time.time() * 1000))
        await (await sender.send(record.topic, record.key, record.value, record.headers))
    return count, there
