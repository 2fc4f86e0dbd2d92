"""Bytes of a text or page as a record carries them."""

from __future__ import annotations

import base64
from typing import Any


def content_of(data: bytes) -> dict[str, Any]:
    """The text where the bytes are plainly UTF-8; otherwise the bytes in base64, whose charset the cleaner detects."""
    if b"\0" not in data and b"\x1b" not in data:  # these bytes speak of UTF-16 and ISO-2022
        try:
            return {"content": data.decode()}
        except UnicodeDecodeError:
            pass
    return {"content": base64.b64encode(data).decode(), "encoding": "base64"}
