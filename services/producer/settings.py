"""Settings of the producer."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class ProducerSettings(ServiceSettings):
    """What the producer reads from the environment."""

    producer_inbox: Path = Field(Path("seeds"), description="Folder (or file) whose articles are published: .txt, .html, .jsonl, also .gz.")
    producer_watch: bool = Field(True, description="Go on watching the folder for new files; otherwise end when all are published.")
    producer_poll_s: float = Field(2.0, gt=0, description="How often the folder is looked at, in seconds.")
    producer_source: str | None = Field(None, description="Source of records that name none.")
