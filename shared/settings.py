"""Settings come from environment variables that begin with COPYDESK_, as documented in docs/settings.md."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from copydesk.shared.errors import CopydeskError
from copydesk.shared.topics import Topic

PREFIX = "COPYDESK_"
HOME = ".copydesk"


def nearest_home() -> Path:
    """The nearest `.copydesk` at or above the working directory that belongs to this user, as git finds its own; else a new one here."""
    if not Path(HOME).exists():
        for folder in Path.cwd().parents:
            if (folder / HOME).is_dir() and (folder / HOME).stat().st_uid == os.getuid():
                return folder / HOME
    return Path(HOME)


class Settings(BaseSettings):
    """What every process reads. A service adds its own fields in services/<name>/settings.py."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Field(
        default_factory=nearest_home,
        description="Folder for the local broker, the stores, logs and the SQLite file; the nearest `.copydesk` at or above the working directory.",
    )
    raw_limit: int = Field(8_000_000, ge=20_000, description="Largest raw record in bytes (R); later topics, which hold no pages, take 4 MB or 4 R.")

    carry_content: bool = Field(
        False, description="Whether records carry `content` on to all topics and sinks, beyond articles.raw, instead of a reference to it."
    )

    broker_port: int = Field(
        9092, ge=1, le=65534, description="Port of the local broker that `copydesk up` starts; its controller listens on the next one."
    )
    bootstrap_servers: str = Field(
        default_factory=lambda known: f"127.0.0.1:{known['broker_port']}", description="Kafka brokers, comma separated; the local broker unless set."
    )
    cluster_id: str | None = Field(None, description="Id of the Kafka cluster that is meant: another one at that address is refused.")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field("PLAINTEXT", description="As in Kafka.")
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field("PLAIN", description="As in Kafka.")
    sasl_username: str | None = Field(None, description="User name for SASL.")
    sasl_password: SecretStr | None = Field(None, description="Password for SASL.")
    ssl_cafile: Path | None = Field(None, description="Certificates of the authorities to trust (PEM).")
    ssl_certfile: Path | None = Field(None, description="This client's certificate (PEM), for mutual TLS.")
    ssl_keyfile: Path | None = Field(None, description="The key of that certificate (PEM).")

    partitions: int = Field(4, ge=1, description="Partitions of each topic that is created; the ceiling for replicas of a stage.")
    index_shards: int = Field(4, ge=1, description="Shards of a new index of copies; one that exists keeps its own (copydesk index reshard).")
    replication_factor: int = Field(1, ge=1, description="Copies of each partition in the Kafka cluster; 3 where there are three brokers.")
    min_insync_replicas: int | None = Field(
        None, ge=1, description="Copies that have to hold a record before it counts as stored; one less than there are unless set."
    )
    delivery_timeout_s: float = Field(
        30.0, ge=1, description="How long the brokers may take to store a record or to answer before they count as unavailable, in seconds."
    )

    retention_days: float | None = Field(
        None, gt=0, le=36_500, description="Days after which records of articles go from topics and sink; each topic's own, and never, unless set."
    )
    topic_retention_days: Annotated[dict[str, float], NoDecode] = Field(
        default={}, description="The same for single topics, such as articles.raw=2,articles.enriched=90; above the setting for all."
    )

    @field_validator("topic_retention_days", mode="before")
    @classmethod
    def _by_topic(cls, given: Any) -> Any:
        """`articles.raw=2,articles.enriched=90` → {"articles.raw": 2.0, "articles.enriched": 90.0}"""
        if not isinstance(given, str):
            return given
        return {name.strip(): days.strip() for name, _, days in (pair.partition("=") for pair in given.split(",") if pair.strip())}

    def max_bytes(self, topic: Topic) -> int:
        """Largest record value on a topic in bytes."""
        return topic.max_bytes(self.raw_limit, self.carry_content)

    @property
    def in_sync(self) -> int:
        """Copies that have to hold a record."""
        return self.min_insync_replicas or max(1, self.replication_factor - 1)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(f"{self.security_protocol} needs COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD")
        if self.in_sync > self.replication_factor:
            raise ValueError("COPYDESK_MIN_INSYNC_REPLICAS is more than COPYDESK_REPLICATION_FACTOR: nothing could be stored")
        return self


class ServiceSettings(Settings):
    """What every long-running service reads besides."""

    http_port: int = Field(8080, ge=0, description="Port of /health and /metrics; 0 takes a free one.")
    http_host: str = Field("0.0.0.0", description="Address on which /health and /metrics listen.")
    log_format: Literal["json", "console"] = Field("json", description="Form of the log lines.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level that is logged.")

    replica: str = Field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}", description="Name of this replica, unique in its group.")
    static_membership: bool = Field(False, description="The replica's name is stable over restarts: keep its partitions for it meanwhile.")
    workers: int = Field(1, ge=1, description="Processes in which a stage computes: how many cores a replica uses.")
    record_cpu_s: float = Field(30.0, gt=0, description="CPU time for one record, in seconds; beyond it the record is rejected as too_slow.")
    record_memory_mb: int = Field(1_500, ge=20, description="Memory that one record may take besides the stage's own; beyond it out_of_memory.")
    record_wall_s: float = Field(300.0, gt=0, description="Time for one record on the clock, in seconds; beyond it too_slow.")
    batch_size: int = Field(64, ge=1, description="Most records in a batch.")
    batch_wait_s: float = Field(0.005, ge=0, description="How long an unfilled batch waits for more records, in seconds.")
    session_timeout_s: float = Field(
        3.5,
        ge=2,
        description="After this silence the group gives a replica's partitions to others, in seconds; the least that the brokers allow counts.",
    )
    patience_s: float = Field(
        900.0, ge=0, description="How long what does not answer is waited for before the service stops, its offsets uncommitted, in seconds."
    )
    retry_base_s: float = Field(0.2, gt=0, description="First pause between tries, in seconds; it doubles, with jitter, up to 20 s.")
    stall_timeout_s: float = Field(300.0, gt=0, description="A service with lag whose offsets have not moved for so long stops itself, in seconds.")
    traces_url: str | None = Field(
        None, description="Where spans go, by OTLP over HTTP, such as http://collector:4318/v1/traces; nothing is traced unless set."
    )
    traces_share: float = Field(1.0, ge=0, le=1, description="Share of the traces that are kept, the same ones by every service.")
    restarts: int = Field(0, ge=0, description="How often the supervisor has restarted this replica (set by it, shown in /metrics).")

    def require_what_they_name(self) -> None:
        """A look before anything starts at what the settings name, such as models and files. Raises CopydeskError where it is not there."""


SettingsT = TypeVar("SettingsT", bound=BaseSettings)


def load(kind: type[SettingsT], **given: Any) -> SettingsT:
    """Settings from the environment, with `given` above it. Raises CopydeskError that names each wrong variable."""
    try:
        return kind(**given)
    except ValidationError as error:
        wrong = "; ".join(f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" if e["loc"] else e["msg"] for e in error.errors())
        raise CopydeskError(wrong, "see docs/settings.md") from error
