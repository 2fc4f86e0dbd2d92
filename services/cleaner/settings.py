"""Settings of the cleaner."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class CleanerSettings(ServiceSettings):
    """What the cleaner reads from the environment."""

    max_text_chars: int = Field(2_000_000, ge=10_000, description="Longest stripped text in characters; beyond it the page is rejected as too_large.")
    max_html_chars: int = Field(10_000_000, ge=10_000, description="Longest HTML in characters.")
    html_cpu_s: int = Field(10, ge=1, description="CPU time for the extraction of one HTML page, in seconds.")
    html_memory_mb: int = Field(1_500, ge=300, description="Memory for the extraction of one HTML page.")
    html_wall_s: float = Field(60.0, ge=1, description="Time for the extraction of one HTML page, in seconds.")
    furniture: Path | None = Field(
        None, description="File of learned source furniture to apply; the service follows the topic sources.furniture instead."
    )
