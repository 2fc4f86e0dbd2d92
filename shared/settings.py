"""Settings come from environment variables that begin with COPYDESK_, as documented in docs/settings.md."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "COPYDESK_"


class Settings(BaseSettings):
    """What every process reads. A service adds its own fields in services/<name>/settings.py."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Field(Path(".copydesk"), description="Folder for the local broker, the stores, logs and the SQLite file.")
    raw_limit: int = Field(1_000_000, ge=1_000, description="Largest raw record in bytes (R); later topics allow four times as much.")
