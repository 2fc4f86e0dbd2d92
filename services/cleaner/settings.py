"""Settings of the cleaner."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class CleanerSettings(ServiceSettings):
    """What the cleaner reads from the environment."""

    max_text_chars: int = Field(2_000_000, ge=10_000, description="Longest stripped text in characters; beyond it the page is rejected as too_large.")
    max_html_chars: int = Field(10_000_000, ge=10_000, description="Longest HTML in characters.")
    record_cpu_s: float = Field(10.0, gt=0, description="CPU time for one page, in seconds; beyond it the page is rejected as too_slow.")
    furniture: Path | None = Field(
        None, description="File of learned source furniture to apply; the service follows the topic sources.furniture instead."
    )
