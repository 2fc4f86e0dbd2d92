"""Settings of what runs on this machine under `copydesk up`."""

from __future__ import annotations

from pydantic import Field

from copydesk.shared.settings import Settings


class ConsoleSettings(Settings):
    """What `copydesk up` reads besides."""

    http_base_port: int = Field(
        8100, ge=1, le=65000, description="First port of /health and /metrics under `copydesk up`: ten for each service, `status` lists them."
    )
    log_size: int = Field(10_000_000, ge=10_000, description="A log of `copydesk up` that is larger, in bytes, is put aside as LOG.1.")
    log_files: int = Field(3, ge=1, description="How many logs put aside are kept of each process.")
