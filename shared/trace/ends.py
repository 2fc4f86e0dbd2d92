"""Where an article is now: stored, waiting for a service, or among the dead letters."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from copydesk.shared.kafka import consume
from copydesk.shared.lag import lag_of
from copydesk.shared.records.feeding import WAITS, host_of
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CORRECTIONS, DEADLETTERS, ENRICHED, FETCHER_STATE, URLS, Partition
from copydesk.shared.topology import SERVICES, ServiceSpec
from copydesk.shared.trace.contents import SKEW
from copydesk.shared.trace.steps import Step

FETCHER = next(service for service in SERVICES if service.name == "fetcher")
UNCHANGED = "its page is as it was, or leads to another address"
State = Literal["done", "waiting", "dead_letter", "lost_sight_of", "retracted"]


@dataclass(frozen=True, slots=True)
class End:
    """`done`: the service has dealt with the article's last record, and nothing comes after; of an address, beside what became of its page before.
    `waiting`: it has not, and `behind` records of that partition come before, or the fetcher has it and waits for its host. `dead_letter`: the
    service put it aside, for a `reason`. `lost_sight_of`: the service has passed that place, and what it wrote is not among what was read.
    `retracted`: it is taken back, for a `reason`, and no service passes it on any more."""

    state: State
    service: str
    reason: str | None = None
    detail: str | None = None
    behind: int | None = None


def retracted(said: Retraction) -> End:
    """The end of what is taken back, wherever it is."""
    return End("retracted", "every service", said.reason or None, f"taken back at {said.at}")


async def ends(settings: Settings, steps: Sequence[Step]) -> list[End]:
    """The ends of the last way that an article took, one for each service that reads its last record. Raises CopydeskError as `lag_of` does."""
    last = next((step for step in reversed(steps) if not _is_note(step) and step.topic != CORRECTIONS.name), None)
    if last is None:
        return []
    if last.topic == DEADLETTERS.name:
        return [_put_aside(last, steps)]
    readers = [service for service in SERVICES if any(topic.name == last.topic for topic in service.reads)]
    found = list(zip(readers, await asyncio.gather(*(lag_of(settings, service) for service in readers)), strict=True))
    if last.topic == URLS.name and _committed(last, dict(found).get(FETCHER, {})) > last.offset and not await _waits(settings, last):
        return [End("done", FETCHER.name, detail=UNCHANGED), *await ends(settings, steps[: steps.index(last)])]
    return [_end(service, last, places) for service, places in found if places or not service.optional or last.topic == URLS.name]


def _is_note(step: Step) -> bool:
    return step.topic == DEADLETTERS.name and "settled" in step.about


def _put_aside(letter: Step, steps: Sequence[Step]) -> End:
    places = ("stage", "topic", "partition", "offset")
    notes = [step.about["settled"] for step in steps if _is_note(step) and all(step.about.get(name) == letter.about.get(name) for name in places)]
    detail = str(letter.about.get("detail", "")) + (f" ({notes[-1]} since)" if notes else "")
    return End("dead_letter", str(letter.about.get("stage", letter.by)), letter.about.get("reason"), detail or None)


def _committed(last: Step, places: Mapping[Partition, tuple[int, int]]) -> int:
    return places.get((last.topic, last.partition), (0, 0))[0]


async def _waits(settings: Settings, last: Step) -> bool:
    """Whether the fetcher, which has taken the address, keeps it still: it says so on its own topic, from the moment on when it took it."""
    url = str(last.about.get("url"))
    key, waits = f"{WAITS}{article_id_of(url, None, '')}".encode(), False
    since = datetime.fromisoformat(last.time) - SKEW
    async with aclosing(consume(settings, [FETCHER_STATE], since=since, follow=False, keys=[host_of(url).encode()])) as messages:
        async for message in messages:
            waits = message.value is not None if message.key == key else waits
    return waits


def _end(service: ServiceSpec, last: Step, places: Mapping[Partition, tuple[int, int]]) -> End:
    committed = _committed(last, places)
    if committed <= last.offset:
        return End("waiting", service.name, behind=last.offset - committed)
    if last.topic == URLS.name:
        return End("waiting", service.name, detail="the fetcher has it, and keeps it until its host may be asked")
    return End("done" if last.topic == ENRICHED.name else "lost_sight_of", service.name)
