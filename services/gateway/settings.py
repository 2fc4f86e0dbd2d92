"""Settings of the gateway. It listens on COPYDESK_HTTP_HOST and COPYDESK_HTTP_PORT, as every service does."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from copydesk.shared.settings import ServiceSettings

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "write", "admin")


class GatewaySettings(ServiceSettings):
    """Who may ask the gateway, and how much."""

    gateway_open: bool | None = Field(
        None, description="Whether clients without a key may do everything; unless set, where COPYDESK_HTTP_HOST is a loopback address."
    )
    gateway_keys: Path | None = Field(None, description="File of the keys' hashes; keys.json in the home folder where it is not set.")
    gateway_origins: str = Field("", description="Origins of other sites whose pages may ask, comma separated: https://desk.example.")
    gateway_hosts: str = Field("", description="Host names, besides those of loopback, by which an open gateway may be asked, comma separated.")
    gateway_rate: float = Field(200.0, ge=0, description="Requests a second that one key or address may send, twice as many at once; 0 is no limit.")
    gateway_body_limit: int = Field(16_000_000, ge=1_000, description="Largest body of a request in bytes; JSON lines may be of any length.")
    gateway_streams: int = Field(4_000, ge=1, description="Most live streams at the same time.")
    gateway_connections: int = Field(12_000, ge=10, description="Most connections at the same time; what comes beyond is closed.")
    gateway_buffer: int = Field(64_000_000, ge=100_000, description="Events kept in memory for streams that are behind, in bytes.")
    gateway_heartbeat_s: float = Field(15.0, gt=0, description="A stream without events says after so many seconds that it lives.")
    gateway_patience_s: float = Field(20.0, gt=0, description="How long a client may take for a request's head, or be silent in a body or a stream.")

    gateway_archive: Literal["sqlite", "postgres"] = Field(
        "sqlite", description="Which archive is searched: the file of the sink, or the database of sink-postgres."
    )
    postgres_url: SecretStr = Field(
        SecretStr("postgresql://copydesk@127.0.0.1/copydesk"),
        description="The database of sink-postgres, to read, where COPYDESK_GATEWAY_ARCHIVE is postgres.",
    )
    sqlite_path: Path | None = Field(None, description="The sink's SQLite file, to read; copydesk.sqlite in the home folder unless set.")

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.sqlite_path or self.home / "copydesk.sqlite"

    @property
    def is_open(self) -> bool:
        """Whether a key is not needed."""
        return self.is_loopback if self.gateway_open is None else self.gateway_open

    @property
    def is_loopback(self) -> bool:
        try:
            return ip_address(self.http_host).is_loopback
        except ValueError:
            return self.http_host == "localhost"

    @property
    def keys_file(self) -> Path:
        return self.gateway_keys or self.home / "keys.json"

    @property
    def origins(self) -> list[str]:
        return _listed(self.gateway_origins)

    @property
    def hosts(self) -> list[str]:
        return _listed(self.gateway_hosts.lower())


def _listed(text: str) -> list[str]:
    return [one.strip().rstrip("/") for one in text.split(",") if one.strip()]
