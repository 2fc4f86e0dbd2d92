"""Structured logs: one JSON object a line, or lines for a person; what libraries log looks the same."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

import structlog

from copydesk.shared.settings import ServiceSettings

QUIET = ("faust", "mode", "aiokafka", "kafka", "aiohttp", "asyncio")


def configure(service: str, settings: ServiceSettings) -> None:
    """Set up logging for this process, to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service, replica=settings.replica)
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Repeats())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_ending(settings)))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(settings.log_level)))


class Repeats(logging.Filter):
    """Lets the same words of a library pass once in a while: with the brokers gone they come a hundred times a second."""

    def __init__(self, pause_s: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._pause_s, self._clock = pause_s, clock
        self._said: dict[tuple[str, object], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] not in QUIET or not isinstance(record.msg, str):
            return True
        now = self._clock()
        words = (record.name, record.msg)  # before what they tell of is put in
        if now - self._said.get(words, -self._pause_s) < self._pause_s:
            return False
        self._said[words] = now
        return True


def _ending(settings: ServiceSettings) -> list[structlog.typing.Processor]:
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if settings.log_format == "json":
        return [drop, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [drop, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]


def logger() -> structlog.stdlib.BoundLogger:
    """The logger of this process: an event in words, and what goes with it by name."""
    log: structlog.stdlib.BoundLogger = structlog.get_logger()
    return log
