"""sources.furniture: the lines that a source repeats, as the cleaner learned them. Key: the source."""

from __future__ import annotations

from pydantic import Field, ValidationError

from copydesk.shared.records.base import Count, Noted


class LearnedLine(Noted):
    """A line as it is compared (its hash) and as a person reads it, and on how many articles of its source it stood at least."""

    key: str = Field(min_length=1, max_length=64)
    text: str
    documents: Count


class LearnedSource(Noted):
    """What one source repeats. `documents`: how many of its articles were looked at."""

    source: str
    version: str
    documents: Count
    lines: tuple[LearnedLine, ...]


def learned_source(value: bytes) -> LearnedSource | None:
    """What these bytes of sources.furniture say; None for what is nothing of the kind."""
    try:
        return LearnedSource.model_validate_json(value)
    except ValidationError:
        return None
