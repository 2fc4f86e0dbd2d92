"""Settings of the sink that writes JSON lines."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from copydesk.services.sink.keeping import KeepingSettings


class JsonlSettings(KeepingSettings):
    """Where JSON lines are written, and when a file is put aside."""

    jsonl_folder: Path | None = Field(None, description="Folder of the files; jsonl in the home folder where it is not set.")
    jsonl_bytes: int = Field(100_000_000, ge=1_000, description="A file that is larger, in bytes, is put aside and another begun.")
    jsonl_age_s: float = Field(3600.0, gt=0, description="A file that is older, in seconds, is put aside at the next record.")
    jsonl_gzip: bool = Field(True, description="Pack what is put aside.")

    @property
    def folder(self) -> Path:
        return self.jsonl_folder or self.home / "jsonl"
