"""Settings of the sink that writes to PostgreSQL."""

from __future__ import annotations

from pydantic import Field, SecretStr

from copydesk.services.sink.keeping import KeepingSettings


class PostgresSettings(KeepingSettings):
    """Where PostgreSQL is."""

    postgres_url: SecretStr = Field(
        SecretStr("postgresql://copydesk@127.0.0.1/copydesk"),
        description="The database, as postgresql://USER:PASSWORD@HOST:PORT/NAME; `?options=-csearch_path%3DSCHEMA` puts the tables elsewhere.",
    )
    postgres_timeout_s: float = Field(30.0, gt=0, description="How long a transaction may take before the server counts as gone, in seconds.")
    batch_size: int = Field(500, ge=1, description="Most records in a batch, which is a transaction.")
