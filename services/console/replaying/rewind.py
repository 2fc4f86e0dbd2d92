"""`copydesk rewind`: a sink reads its topics again, from their beginning or from a time, as its group forgets how far it had come."""

from __future__ import annotations

import aiokafka

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.pausing import stopped
from copydesk.shared.confirmed import closed
from copydesk.shared.kafka import Positions, Since, client_options, positions, start, within
from copydesk.shared.lag import lag_of
from copydesk.shared.settings import Settings
from copydesk.shared.topology import BY_NAME, SERVICES, ServiceSpec

SINKS = tuple(service.name for service in SERVICES if service.folder == "sink")


async def rewind(local: Local, sink: str, since: Since, say: Say) -> int:
    """Set the group of this sink back while none of its replicas runs; how many records it will read.

    Interrupted before the group is set back nothing has changed. Raises UnavailableError when no broker answers or a topic is missing.
    """
    spec = BY_NAME[sink]
    async with stopped(local, (sink,), say, least=0):
        await _commit(local.settings, spec, await positions(local.settings, spec.reads, since))
        return sum(end - place for place, end in (await lag_of(local.settings, spec)).values())


async def _commit(settings: Settings, spec: ServiceSpec, places: Positions) -> None:
    """As the group, which nobody is in: a member that came meanwhile makes the brokers refuse it."""
    consumer = aiokafka.AIOKafkaConsumer(**client_options(settings), group_id=spec.group, enable_auto_commit=False)
    try:
        await start(consumer, settings)
        offsets = {aiokafka.TopicPartition(*place): offset for place, offset in places.items()}
        consumer.assign(list(offsets))
        async with within(settings):
            await consumer.commit(offsets)
    finally:
        await closed(consumer.stop())
