"""Settings of the sink that writes Parquet."""

from __future__ import annotations

from pydantic import Field

from copydesk.services.sink.keeping import KeepingSettings


class ParquetSettings(KeepingSettings):
    """Where Parquet files are written, and how large they get."""

    parquet_url: str = Field("", description="Folder or address (s3://BUCKET/PATH) of the files; parquet in the home folder where it is not set.")
    parquet_bytes: int = Field(128_000_000, ge=10_000, description="Most bytes of records in a file, before they are packed.")
    batch_size: int = Field(5_000, ge=1, description="Most records in a batch; a batch is at least a file for each of its days.")
    batch_wait_s: float = Field(10.0, ge=0, description="How long a batch waits for more records, in seconds.")

    @property
    def url(self) -> str:
        return self.parquet_url or str((self.home / "parquet").resolve())
