"""The sink that is configured."""

from __future__ import annotations

from copydesk.services.sink.settings import SinkSettings
from copydesk.shared.archive.sqlite.writer import SqliteSink


def create(settings: SinkSettings) -> SqliteSink:
    """A sink that is not open yet."""
    return SqliteSink(settings.database, settings.sqlite_busy_timeout_s, settings.days_kept)
