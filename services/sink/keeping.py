"""How long a sink keeps what it has: one setting, read by each sink for itself."""

from __future__ import annotations

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class KeepingSettings(ServiceSettings):
    """The settings of a sink that deletes what is too old."""

    sink_retention_days: float | None = Field(
        None, gt=0, le=36_500, description="Days after its `ingested_at` at which an article leaves the sink; COPYDESK_RETENTION_DAYS unless set."
    )

    @property
    def days_kept(self) -> float | None:
        """How long the sink keeps articles; None: for ever."""
        return self.retention_days if self.sink_retention_days is None else self.sink_retention_days
