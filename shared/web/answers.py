"""What came back from a server, and what failed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

SHOWN_BYTES = 2_000  # of a body, in a dead letter
SHOWN_HEADERS = 40
SHOWN_CHARACTERS = 400  # of a header
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """A server's answer. Names of headers are in lower case; of one that came twice, both values, joined by `, `."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """`text/html` of `Text/HTML; charset=x`, also where it is told twice; empty where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].partition(",")[0].strip().lower()

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as an absolute address; None for other answers."""
        target = self.headers.get("location", "").strip()
        if self.status not in REDIRECTS or not target:
            return None
        try:
            return urljoin(self.url, target)
        except ValueError:  # no address at all: whoever checks it says so
            return target

    def shown(self) -> dict[str, Any]:
        """The answer for a dead letter: status, headers and the beginning of the body in base64."""
        headers = {name[:100]: value[:SHOWN_CHARACTERS] for name, value in list(self.headers.items())[:SHOWN_HEADERS]}
        return {"url": self.url, "status": self.status, "headers": headers, "body": base64.b64encode(self.body[:SHOWN_BYTES]).decode()}


class FetchError(Exception):
    """A request that brought nothing of use. `reason` is a stable code; a `lasting` one will not go away by trying again."""

    def __init__(self, reason: str, detail: str, *, lasting: bool = False, answer: WebAnswer | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail, self.lasting, self.answer = reason, detail, lasting, answer
