"""Settings of the deduplicator and of its index. docs/deduplication.md says what each does to recall and cost."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.shared.settings import ServiceSettings


class DeduplicatorSettings(ServiceSettings):
    """Every replica of the deduplicator and of the index has to run with the same values: they are part of what a verdict means."""

    dedup_words: int = Field(6, ge=2, le=32, description="Words in a shingle.")
    dedup_characters: int = Field(10, ge=2, le=64, description="Characters in a shingle of a script that does not separate words.")
    dedup_scale: int = Field(6, ge=1, le=1000, description="One shingle in so many is kept.")
    dedup_window_days: float = Field(30.0, gt=0, description="Articles that came in further apart are never compared, in days.")
    dedup_late_days: float = Field(
        2.0, ge=0, description="How late an article may come and still find its matches, in days; the index keeps so much more."
    )
    dedup_posting: int = Field(
        256, ge=2, description="Most articles that are kept for one shingle, the earliest. More than are in flight: batch_size x replicas."
    )
    dedup_passage: int = Field(40, ge=1, description="Least words between first and last common shingle, in runs, that make a match.")
    dedup_run: int = Field(20, ge=1, description="Least words of a run that counts.")
    dedup_framed: int = Field(
        200, ge=1, description="The same for runs that stand as far from the top or the end in both texts, as page furniture does."
    )
    dedup_share: float = Field(0.65, gt=0, le=1, description="Share of the shorter text that is enough by itself, with dedup_least words.")
    dedup_least: int = Field(25, ge=1, description="Least shared words in any match but an exact one.")
    dedup_common: Path | None = Field(
        None, description="File of learned common text to leave out; the service follows the topic dedup.common as well."
    )
    dedup_floor: float = Field(0.2, ge=0, le=1, description="Least share of the shorter text in any match but an exact one.")
