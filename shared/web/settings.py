"""Settings of whatever fetches from the web."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from pydantic import Field, field_validator

from copydesk.shared.release import VERSION
from copydesk.shared.settings import ServiceSettings

Network = IPv4Network | IPv6Network


class WebSettings(ServiceSettings):
    """How pages, feeds and sitemaps are asked for."""

    web_agent: str = Field("Copydesk", pattern=r"^[A-Za-z_-]+$", description="Product name in the user agent; robots.txt is read for it.")
    web_contact: str | None = Field(
        None, pattern=r"^[!-'*-~]+$", description="Address of a page or mailbox in the user agent, for those whose pages are fetched."
    )
    web_connect_timeout_s: float = Field(10.0, gt=0, description="How long a connection may take, with TLS, in seconds.")
    web_read_timeout_s: float = Field(15.0, gt=0, description="How long a server may be silent in the middle of an answer, in seconds.")
    web_timeout_s: float = Field(60.0, gt=0, description="How long one answer may take in all, in seconds.")
    web_host_delay_s: float = Field(1.0, ge=0, description="Least seconds between two requests to a host; a longer Crawl-delay counts.")
    web_private: str = Field(
        "", description="Networks that may be fetched from although they are private, loopback or link-local, comma separated: 10.1.0.0/16."
    )

    @property
    def user_agent(self) -> str:
        """`Copydesk/0.1.0 (+https://example.org/bot)`."""
        return f"{self.web_agent}/{VERSION}" + (f" (+{self.web_contact})" if self.web_contact else "")

    @property
    def private_networks(self) -> tuple[Network, ...]:
        return tuple(ip_network(text.strip()) for text in self.web_private.split(",") if text.strip())

    @field_validator("web_private")
    @classmethod
    def _networks(cls, value: str) -> str:
        for text in filter(str.strip, value.split(",")):
            ip_network(text.strip())  # raises what it is not
        return value
