"""The lag of a replica as the brokers see it: from the ends of the partitions and the offsets that its group has committed.

Faust's consumer knows an end only of what it fetches, and nothing once it has lost its partitions; so others are asked, by clients of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Collection

from aiokafka.errors import KafkaError

from copydesk.shared.errors import CopydeskError
from copydesk.shared.lag import lag_of
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import Partition
from copydesk.shared.topology import BY_NAME

EVERY_S = 15.0
PATIENCE_S = 10.0


class GroupLag:
    """Looked at again every EVERY_S seconds, or four times in a stall's; while the brokers do not answer, what they said last. Nothing of a
    service that is not ours."""

    def __init__(self, settings: ServiceSettings, name: str) -> None:
        self._settings, self._service = settings, BY_NAME.get(name)
        self._every_s = min(EVERY_S, settings.stall_timeout_s / 4)
        self._due = 0.0
        self._places: dict[Partition, tuple[int, int]] = {}  # committed, end
        self._positions: dict[Partition, int] = {}

    async def look(self, assigned: Collection[Partition], position: Callable[[Partition], Awaitable[int]], at_once: bool = False) -> bool:
        """Look where it is time to, or `at_once`; whether the brokers have answered. `position` asks the consumer up to where it has read a
        partition: one that does not answer has read no further."""
        if self._service is None or (time.monotonic() < self._due and not at_once):
            return self._service is None
        answered = False
        self._due = time.monotonic() + self._every_s
        self._positions = {partition: self._positions.get(partition, 0) for partition in assigned}
        with contextlib.suppress(CopydeskError, KafkaError, OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_S):  # for all of it: whoever watches the watch waits for this
                self._places = await lag_of(self._settings, self._service)
                answered = True
                for partition in assigned:
                    self._positions[partition] = await position(partition)
        return answered

    @property
    def unread(self) -> int:
        """Records that this replica has not read. Without partitions those of the whole group: if that does not move, somebody has to try.

        Compared with positions, not with commits: the last place of a partition may be the mark of a transaction, which is no record.
        """
        if not self._positions:
            return sum(end - committed for committed, end in self._places.values())
        return sum(max(0, self._places[partition][1] - position) for partition, position in self._positions.items() if partition in self._places)

    @property
    def moved(self) -> int:
        """Grows when the group commits, for a replica without partitions."""
        return 0 if self._positions else sum(committed for committed, _ in self._places.values())
