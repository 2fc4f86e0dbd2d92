"""Records from inputs onto articles.raw, and addresses onto articles.urls: every delivery is awaited, every refusal is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, Callable, Sequence
from dataclasses import dataclass, field

from copydesk.shared.arrivals import Arrival
from copydesk.shared.edge import article_url
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import ORIGIN, Headers, fresh
from copydesk.shared.inputs import PageAddress
from copydesk.shared.kafka import RecordSender
from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.records.feeding import encoded, host_of
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, URLS, Topic

NAME = 500  # characters of an input's name that go along


@dataclass
class Tally:
    """Records stored, how many of them are addresses to fetch, and refusals by reason."""

    sent: int = 0
    addresses: int = 0
    refusals: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ReadyToSend:
    """A record to send, and where."""

    topic: Topic
    key: str
    value: bytes


OnRefused = Callable[[Arrival, Rejected], None]


async def publish_records(
    batches: AsyncIterable[Sequence[Arrival]],
    sender: RecordSender,
    raw_limit: int,
    refused: OnRefused,
    reached: Callable[[Arrival, Tally], None] = lambda *_: None,
    tally: Tally | None = None,
) -> Tally:
    """Send all records, a batch at a time, each batch confirmed before the next. Tells `refused` of those left out. Counts on in `tally`.

    Raises CopydeskError when the brokers do not confirm: what was sent until then is stored, and sending it again changes nothing.
    """
    tally = tally or Tally()
    async for batch in batches:
        ready: list[tuple[Arrival, ReadyToSend]] = []
        for arrival in batch:
            judged = prepared(arrival, raw_limit)
            if isinstance(judged, Rejected):
                tally.refusals[judged.reason] += 1
                refused(arrival, judged)
            else:
                ready.append((arrival, judged))
        await _deliver(ready, sender, tally)
        reached(batch[-1], tally)
    return tally


def prepared(arrival: Arrival, raw_limit: int) -> ReadyToSend | Rejected:
    """What to send of an arrival, or why it is refused."""
    if arrival.refused is not None:
        return arrival.refused
    if isinstance(arrival.value, PageAddress):
        address = article_url(arrival.value)
        return address if isinstance(address, Rejected) else ReadyToSend(URLS, host_of(address.url), encoded(address))
    ready = prepare_record(arrival.value, arrival.timestamp_ms, raw_limit)
    return ReadyToSend(RAW, ready.article_id, ready.value) if isinstance(ready, Ready) else ready


async def _deliver(ready: Sequence[tuple[Arrival, ReadyToSend]], sender: RecordSender, tally: Tally) -> None:
    sent = [await sender.send(record.topic, record.key, record.value, _headers(arrival)) for arrival, record in ready]
    for (arrival, record), outcome in zip(ready, await asyncio.gather(*sent, return_exceptions=True), strict=True):
        if isinstance(outcome, BaseException):
            message = f"{arrival.name} was not confirmed after {tally.sent:,} records were ({type(outcome).__name__}: {outcome})"
            raise CopydeskError(message, "see to the brokers and run the command again; sending records twice changes nothing") from outcome
        tally.sent += 1
        tally.addresses += record.topic is URLS


def _headers(arrival: Arrival) -> Headers:
    return {**fresh("producer", arrival.timestamp_ms), ORIGIN: arrival.name[:NAME]}
