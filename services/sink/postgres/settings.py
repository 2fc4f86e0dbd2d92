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
    batch_size: int = Field(500, ge=1, description="Most records in a batch, which is a transaction.")
