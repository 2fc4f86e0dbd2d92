"""Records from inputs onto articles.raw: every delivery is awaited, every refusal is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, Callable, Sequence
from dataclasses import dataclass, field

from copydesk.shared.arrivals import Arrival
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import fresh
from copydesk.shared.kafka import RecordSender
from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW


@dataclass
class Tally:
    """Records stored, and refusals by reason."""

    sent: int = 0
    refusals: Counter[str] = field(default_factory=Counter)


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
        ready: list[tuple[Arrival, Ready]] = []
        for arrival in batch:
            judged = arrival.refused or prepare_record(arrival.value, arrival.timestamp_ms, raw_limit)
            if isinstance(judged, Rejected):
                tally.refusals[judged.reason] += 1
                refused(arrival, judged)
            else:
                ready.append((arrival, judged))
        await _deliver(ready, sender, tally)
        reached(batch[-1], tally)
    return tally


async def _deliver(ready: Sequence[tuple[Arrival, Ready]], sender: RecordSender, tally: Tally) -> None:
    sent = [await sender.send(RAW, record.article_id, record.value, fresh("producer", arrival.timestamp_ms)) for arrival, record in ready]
    for (arrival, _), outcome in zip(ready, await asyncio.gather(*sent, return_exceptions=True), strict=True):
        if isinstance(outcome, BaseException):
            message = f"{arrival.name} was not confirmed after {tally.sent:,} records were ({type(outcome).__name__}: {outcome})"
            raise CopydeskError(message, "see to the brokers and run the command again; sending records twice changes nothing") from outcome
        tally.sent += 1
