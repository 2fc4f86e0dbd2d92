"""Settings of the sink that writes to OpenSearch."""

from __future__ import annotations

from pydantic import Field, SecretStr

from copydesk.services.sink.keeping import KeepingSettings


class OpensearchSettings(KeepingSettings):
    """Where OpenSearch is, and how its indices are called and cut."""

    opensearch_url: SecretStr = Field(
        SecretStr("http://127.0.0.1:9200"), description="The cluster, as https://USER:PASSWORD@HOST:PORT; several nodes are comma separated."
    )
    opensearch_prefix: str = Field("copydesk", pattern=r"^[a-z][a-z0-9-]{0,99}$", description="Beginning of the names of its indices and aliases.")
    opensearch_shards: int = Field(1, ge=1, description="Shards of an index that is created.")
    opensearch_replicas: int = Field(0, ge=0, description="Copies of each shard on other nodes of OpenSearch; 1 where there are several.")
    opensearch_timeout_s: float = Field(30.0, gt=0, description="How long an answer may take, in seconds.")
    batch_size: int = Field(500, ge=1, description="Most records in a batch, which is one request to read and one to write.")
