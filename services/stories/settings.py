"""Settings of story threads: part of what a story means, so every run that is compared has the same."""

from __future__ import annotations

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class StoriesSettings(ServiceSettings):
    """What counts as a story, and how long the service remembers."""

    stories_window_days: float = Field(7.0, gt=0, le=90, description="An article joins what was told at most so many days before.")
    stories_threshold: float = Field(0.5, gt=0, lt=1, description="Least score of the link to an earlier article: 0 to 1, the model's probability.")
    stories_kept_days: float = Field(
        8.0, gt=0, le=30, description="The service links to an article until so many days after it came, and begins by reading so many days."
    )
    stories_wait_s: float = Field(
        0.0, ge=0, le=86_400,
        description="A story is told so many seconds after its article came; articles that are late by less change nothing that was told.",
    )  # fmt: skip
