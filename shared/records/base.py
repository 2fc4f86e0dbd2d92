"""What all records share: bases with the settings of the contract, times, and identifiers made of content."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any, NewType

from pydantic import BaseModel, ConfigDict, Field, Strict

Revision = NewType("Revision", str)

Count = Annotated[int, Strict(), Field(ge=0, le=2**53 - 1)]  # JSON numbers are exact up to here in every language, and fit a database's column
Measure = Annotated[float, Strict(), Field(ge=0, le=2**53 - 1, allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
Identifier = Annotated[str, Field(min_length=1, max_length=512)]
Stamp = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$")
]  # what `timestamp` writes: it sorts as text


class Envelope(BaseModel):
    """A record, or the fields of it that a stage reads. Unknown fields are kept where the whole record is modelled."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Processed(Envelope):
    """What every stage leaves on a record besides its part."""

    versions: dict[str, str] = Field(description="Stage → version of it that made its part.")
    given: dict[str, Any] | None = Field(None, description="What the feed gave under names that stages use for what they find.")


class Part(BaseModel):
    """What one stage adds. Fields left at None are not written: absent means "not run" or "not known"."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Noted(BaseModel):
    """What a service noted for itself. What another version of it noted besides is passed over."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


def content_hash(*texts: str) -> str:
    """128 bits of BLAKE2b over the texts, as 32 hex digits; the texts are separated, so ("a", "b") differs from ("ab",)."""
    return hashlib.blake2b("\x1f".join(texts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, the one form in which Copydesk writes a time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
