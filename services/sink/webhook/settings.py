"""Settings of the sink that sends records to a webhook."""

from __future__ import annotations

from pydantic import Field, SecretStr

from copydesk.shared.settings import ServiceSettings


class WebhookSettings(ServiceSettings):
    """Who gets the records, and how patiently."""

    webhook_url: str = Field("", description="Address that each record is sent to by POST; a service without one stops at its start.")
    webhook_secret: SecretStr | None = Field(None, description="Key with which each request is signed (HMAC-SHA256); without it none is.")
    webhook_timeout_s: float = Field(10.0, gt=0, description="How long an answer may take, in seconds.")
    webhook_concurrency: int = Field(8, ge=1, description="Articles whose records are on their way at the same time; those of one go in order.")
    webhook_tries: int = Field(3, ge=1, description="How often a request is sent before the batch waits.")
    webhook_failures: int = Field(5, ge=1, description="Failures in a row after which nothing is sent for a while.")
    webhook_pause_s: float = Field(15.0, ge=0, description="How long nothing is sent then, in seconds; one record tries whether it works again.")
