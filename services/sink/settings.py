"""Settings of the sink."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.services.sink.keeping import KeepingSettings


class SinkSettings(KeepingSettings):
    """Where enriched records are stored."""

    sqlite_path: Path | None = Field(None, description="SQLite file of the sink; copydesk.sqlite in the home folder where it is not set.")
    sqlite_busy_timeout_s: float = Field(30.0, gt=0, description="How long a write waits for another replica's, in seconds.")

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.sqlite_path or self.home / "copydesk.sqlite"
