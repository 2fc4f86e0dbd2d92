"""Settings of the sink."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class SinkSettings(ServiceSettings):
    """Where enriched records are stored."""

    sqlite_path: Path | None = Field(None, description="SQLite file of the sink; copydesk.sqlite in the home folder where it is not set.")
    sqlite_busy_timeout_s: float = Field(30.0, gt=0, description="How long a write waits for another replica's, in seconds.")

    sink_retention_days: float | None = Field(
        None, gt=0, description="Days after its `ingested_at` at which an article leaves the sink; COPYDESK_RETENTION_DAYS, or never, unless set."
    )

    @property
    def days_kept(self) -> float | None:
        """How long the sink keeps articles; None: for ever."""
        return self.retention_days if self.sink_retention_days is None else self.sink_retention_days

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.sqlite_path or self.home / "copydesk.sqlite"
