"""`copydesk common`: text that many articles share without being copies, learned from files or from the log, shown and published."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.services.deduplicator.sketch.common_text import KEY, CommonText, from_record, to_record, withdrawn
from copydesk.services.deduplicator.sketch.learning import CommonTextLearner
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import RecordSender, Since
from copydesk.shared.records.base import timestamp
from copydesk.shared.subscribing.records import Reader
from copydesk.shared.topics import CLEANED, COMMON

SHOWN = 12  # passages


async def learn_from_cleaned(read: Reader, since: Since, learner: CommonTextLearner, reached: Callable[[int, int], None]) -> None:
    """Learn from the bodies that are on articles.cleaned now."""
    number = 0
    async with aclosing(read((CLEANED,), since=since, follow=False)) as messages:
        async for message in messages:
            number += 1
            reached(0, number)
            if not learner.add(_body(message.value or b"")):
                return


def _body(value: bytes) -> str:
    try:
        body = orjson.loads(value)["body"]
    except (ValueError, KeyError, TypeError):
        return ""  # the deduplicator puts it among the dead letters
    return body if isinstance(body, str) else ""


def from_bodies(bodies: Iterable[str], learner: CommonTextLearner) -> None:
    for body in bodies:
        if not learner.add(body):
            return


def write_common_text(common: CommonText, rule: SketchRule, path: Path) -> None:
    """A file that COPYDESK_DEDUP_COMMON names: the value of a record of dedup.common."""
    path.write_bytes(to_record(common, rule)[1])


async def publish_common_text(common: CommonText, rule: SketchRule, sender: RecordSender) -> None:
    """Put it onto dedup.common, delivery awaited: running deduplicators take it over."""
    stored = await sender.send(COMMON, *to_record(common, rule))
    await stored


async def withdraw_common_text(rule: SketchRule, sender: RecordSender) -> None:
    """Withdraw what is published: deduplicators go back to the set that comes with the program, under a version that is newer."""
    await publish_common_text(withdrawn(timestamp(datetime.now(UTC))), rule, sender)


async def published_common_text(read: Reader, rule: SketchRule) -> CommonText | None:
    """What is on the topic now."""
    found: CommonText | None = None
    async with aclosing(read((COMMON,), since="beginning", follow=False)) as messages:
        async for message in messages:
            if message.key == KEY.encode():
                with suppress(CopydeskError):  # deduplicators leave it out as well, and say so
                    found = None if message.value is None else from_record(message.value, rule)
    return found


def common_text_to_print(common: CommonText | None, examples: list[tuple[str, int]]) -> RenderableType:
    """How much there is, and the most frequent passages with the number of articles in which they stand."""
    if common is None or not len(common.hashes):
        return Text("no common text", style="dim")
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True, min_width=5)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for text, articles in examples[:SHOWN]:
        table.add_row(f"{articles:,}", text)
    more = [Text(f"… and {len(examples) - SHOWN:,} more", style="dim")] if len(examples) > SHOWN else []
    return Group(Text.assemble((f"{len(common.hashes):,} shingles", "bold"), (f", version {common.version}", "dim")), table, *more)
