"""`copydesk produce`: inputs onto articles.raw with progress."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.producer.publish import Tally, publish_records
from copydesk.shared.arrivals import Arrival, batches
from copydesk.shared.inputs import Reading, expand, read, total_bytes
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected


async def produce(inputs: Sequence[str], reading: Reading, settings: Settings) -> Tally:
    """Send every record of the inputs; refused ones are named on standard error. Raises CopydeskError as `expand` and `publish_records` do."""
    files = expand(inputs)
    with ProgressBar("sending", total_bytes(files)) as progress:

        def refused(arrival: Arrival, rejected: Rejected) -> None:
            progress.say(f"refused {arrival.name}: {rejected.reason}, {rejected.detail}")

        def reached(last: Arrival, tally: Tally) -> None:
            progress.reached(last.consumed, tally.sent, tally.refusals.total())

        async with producer(settings) as sender:
            return await publish_records(batches(read(files, reading)), sender, settings.raw_limit, refused, reached)
