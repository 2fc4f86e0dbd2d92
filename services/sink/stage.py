"""The sink that is configured."""

from __future__ import annotations

from services.sink.settings import SinkSettings
from services.sink.sqlite.writer import SqliteSink


def create(settings: SinkSettings) -> SqliteSink:
    """A sink that is not open yet."""
    return SqliteSink(settings.database, settings.sqlite_busy_timeout_s)
