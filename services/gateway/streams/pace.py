"""How fast articles come through, and how long they take from the door to here."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

MINUTE_S = 60.0
MOST = 10_000  # articles that are looked at


class LastMinute:
    """The articles of the last minute."""

    def __init__(self) -> None:
        self._came: deque[tuple[datetime, float]] = deque(maxlen=MOST)

    def note(self, about: Mapping[str, Any]) -> None:
        """An article came, now; `ingested_at` is when it came in at the door."""
        now = datetime.now(UTC)
        self._came.append((now, (now - datetime.fromisoformat(about["ingested_at"])).total_seconds()))

    def told(self) -> dict[str, Any]:
        """{"rate": articles a second, "latency_s": median seconds from the door to here, None where none came}."""
        now = datetime.now(UTC)
        while self._came and (now - self._came[0][0]).total_seconds() > MINUTE_S:
            self._came.popleft()
        taken = [seconds for _, seconds in self._came]
        return {"rate": round(len(taken) / MINUTE_S, 2), "latency_s": round(max(0.0, statistics.median(taken)), 2) if taken else None}
