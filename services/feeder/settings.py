"""Settings of the feeder."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from copydesk.shared.web.settings import WebSettings


class FeederSettings(WebSettings):
    """How feeds and sitemaps are followed. COPYDESK_WEB_* says how hosts are asked."""

    feeder_file: Path | None = Field(None, description="A feeds.toml or OPML file that names sources besides those on feeds.sources; it is watched.")
    feeder_least_interval_s: float = Field(300.0, gt=0, description="Least seconds between two looks into a source that does not say its own.")
    feeder_most_interval_s: float = Field(21_600.0, gt=0, description="Most seconds between two looks into a source that does not say its own.")
    feeder_days: float = Field(7.0, ge=0, description="Items that say they are older, in days, are not passed on. 0: all are.")
    feeder_concurrency: int = Field(16, ge=1, description="Looks under way at a time, of a replica.")
    feeder_bytes: int = Field(20_000_000, ge=10_000, description="Largest feed or sitemap in bytes.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.feeder_most_interval_s < self.feeder_least_interval_s:
            raise ValueError("COPYDESK_FEEDER_MOST_INTERVAL_S is less than COPYDESK_FEEDER_LEAST_INTERVAL_S")
        return self
