"""What stands for a record's `content` once it is cleaned: enough to find the original, and to know it again."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from typing import Annotated

from pydantic import Field

from copydesk.shared.records.base import Count, Part

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ContentRef(Part):
    """The bytes that were fetched. They lie in the raw record; where that is, the Kafka header `content-at` says."""

    sha256: Sha256 = Field(description="SHA-256 of the bytes, in hex: of the UTF-8 of a text, of what base64 holds.")
    length: Count = Field(description="How many bytes.")


def fetched_bytes(content: str, encoding: str | None) -> bytes:
    """The bytes that a raw record's `content` stands for. Raises ValueError where it is said to be base64 and is not."""
    return b64decode(content, validate=False) if encoding == "base64" else content.encode("utf-8", "surrogatepass")


def reference_of(data: bytes) -> ContentRef:
    """What tells these bytes from others."""
    return ContentRef(sha256=hashlib.sha256(data).hexdigest(), length=len(data))
