"""Settings of the fetcher."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copydesk.shared.web.settings import WebSettings


class FetcherSettings(WebSettings):
    """How pages are fetched. COPYDESK_WEB_* says how hosts are asked."""

    fetcher_concurrency: int = Field(64, ge=1, description="Requests under way at a time, of a replica.")
    fetcher_host_concurrency: int = Field(1, ge=1, description="Requests under way at a time, of a host. The next one waits for its delay anyway.")
    fetcher_attempts: int = Field(5, ge=1, description="How often an address is tried before it is put among the dead letters.")
    fetcher_retry_s: float = Field(60.0, gt=0, description="Pause before an address is tried again, in seconds; four times as long each time.")
    fetcher_backoff_s: float = Field(
        30.0, gt=0, description="Pause of a host that fails or says 429 or 503 without a time, in seconds; doubled each time, up to an hour."
    )
    fetcher_types: str = Field(
        "text/html,application/xhtml+xml,text/plain", description="Media types that are taken, comma separated; others become dead letters."
    )
    fetcher_reserved: Literal["take", "skip"] = Field(
        "take", description="Pages whose text is reserved from mining (TDM protocol, noai): taken with a note, or skipped."
    )
    fetcher_remember_days: float = Field(30.0, gt=0, description="How long validators of a page that nobody asks for are remembered, in days.")
    fetcher_robots_s: float = Field(86_400.0, ge=60, description="Longest that a robots.txt or tdmrep.json is used, in seconds.")
    fetcher_max_lag: int = Field(5_000, ge=0, description="Records that may wait in the pipeline; beyond it the fetcher pauses. 0: without limit.")
    fetcher_waiting: int = Field(1_000_000, ge=1, description="Addresses that wait in a partition's store; the rest of it waits on the topic.")

    @property
    def types(self) -> tuple[str, ...]:
        return tuple(text.strip().lower() for text in self.fetcher_types.split(",") if text.strip())
