"""`copydesk sources`: the lines that a source repeats, learned from files or from the log, shown and published."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing, suppress

import orjson
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.services.cleaner.sources import Furniture, Learner, SourceFurniture
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Item
from copydesk.shared.kafka import RecordSender, Since
from copydesk.shared.subscribing.records import Reader
from copydesk.shared.topics import FURNITURE, RAW

SHOWN = 12  # lines of a source


def from_items(items: Iterable[Item], learner: Learner, reached: Callable[[int, int], None]) -> Furniture:
    """Learn from inputs; `reached` is told the bytes and records read."""
    for number, item in enumerate(items, 1):
        if item.refused:
            raise CopydeskError(f"{item.name}: {item.refused.detail}", "learn from files that are whole")
        _add(learner, item.value)
        reached(item.consumed, number)
    return learner.furniture()


async def learn_from_raw(read: Reader, since: Since, learner: Learner, reached: Callable[[int, int], None]) -> Furniture:
    """Learn from what is on articles.raw now."""
    number = 0
    async with aclosing(read((RAW,), since=since, follow=False)) as messages:
        async for message in messages:
            number += 1
            _add(learner, message.value or b"")
            reached(0, number)
    return learner.furniture()


def _add(learner: Learner, value: bytes) -> None:
    try:
        record = orjson.loads(value)
    except orjson.JSONDecodeError:
        record = None
    if isinstance(record, dict):
        learner.add(record)
    else:
        learner.skipped += 1  # the cleaner puts it among the dead letters


async def publish_furniture(furniture: Furniture, sender: RecordSender) -> int:
    """Put each source's lines onto sources.furniture, deliveries awaited; how many sources. What is not among them stays as it was."""
    for one in furniture:
        stored = await sender.send(FURNITURE, one.source, one.dump())
        await stored
    return len(furniture)


async def withdraw_furniture(sources: Iterable[str], sender: RecordSender) -> None:
    """Withdraw sources from the topic."""
    for source in sources:
        stored = await sender.send(FURNITURE, source, None)
        await stored


async def published_furniture(read: Reader) -> Furniture:
    """What is on the topic now."""
    furniture = Furniture()
    async for key, value in _entries(read):
        with suppress(CopydeskError):  # cleaners leave it out as well, and say so
            furniture.learned(key, value)
    return furniture


async def _entries(read: Reader) -> AsyncIterator[tuple[str, bytes | None]]:
    async with aclosing(read((FURNITURE,), since="beginning", follow=False)) as messages:
        async for message in messages:
            yield (message.key or b"").decode("utf-8", "replace"), message.value


def furniture_to_print(furniture: Furniture) -> RenderableType:
    """Each source with its most frequent lines, and on how many of its articles they stood."""
    found = [_source(one) for one in furniture]
    return Group(*found) if found else Text("no source repeats anything", style="dim")


def _source(one: SourceFurniture) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True, min_width=len(f"{one.documents:,}"))
    table.add_column(no_wrap=True, overflow="ellipsis")
    for line in one.lines[:SHOWN]:
        table.add_row(f"{line.documents:,}", line.text)
    more = [Text(f"… and {len(one.lines) - SHOWN:,} more", style="dim")] if len(one.lines) > SHOWN else []
    heading = Text.assemble((one.source, "bold"), (f"  {len(one.lines):,} lines on {one.documents:,} articles, version {one.version}", "dim"))
    return Group(heading, table, *more, Text())
