"""A request's body as records: pieces as they arrive, never more of them in memory than one record may be long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from copydesk.services.gateway.problems import Problem
from copydesk.shared.inputs.items import too_large
from copydesk.shared.stage import Rejected

PostedForm = Literal["json", "lines", "html", "text", "urls"]
FORMS: dict[str, PostedForm] = {
    "application/json": "json", "application/x-ndjson": "lines", "application/ndjson": "lines", "application/jsonl": "lines",
    "application/x-jsonlines": "lines", "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/uri-list": "urls",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body, by its number from 1 on; one that is too long is none."""

    number: int
    value: bytes | Rejected


def form_of(request: Request) -> PostedForm:
    """Raises Problem 415 for what is not taken."""
    if (packed := request.headers.get("content-encoding", "identity").lower()) != "identity":
        raise Problem(415, "unsupported_media_type", f"bodies packed with {packed[:50]} are not taken", "send it unpacked")
    named = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if named not in FORMS:
        raise Problem(415, "unsupported_media_type", f"{named[:100] or 'a body without Content-Type'} is not taken",
                      f"send one of {', '.join(FORMS)}", {"Accept-Post": ", ".join(FORMS)})  # fmt: skip
    return FORMS[named]


async def pieces(request: Request, patience_s: float) -> AsyncIterator[bytes]:
    """The body as it arrives. Raises Problem 408 when nothing comes for so long."""
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream, None), patience_s)
        except TimeoutError:
            raise Problem(408, "too_slow", f"nothing of the body came for {patience_s:g} s", "send it again; what was confirmed is stored",
                          {"Connection": "close"}) from None  # fmt: skip
        if piece is None:
            return
        yield piece


async def whole(request: Request, most: int, patience_s: float) -> bytes:
    """All of the body. Raises Problem 413 for more bytes than that."""
    found = bytearray()
    if int(request.headers.get("content-length") or 0) > most:
        raise _too_large(most)
    async for piece in pieces(request, patience_s):
        found += piece
        if len(found) > most:
            raise _too_large(most)
    return bytes(found)


def _too_large(most: int) -> Problem:
    remedy = "send JSON lines (application/x-ndjson), of any length"
    return Problem(413, "too_large", f"the body is larger than {most:,} bytes", remedy, {"Connection": "close"})


async def lines(request: Request, most: int, patience_s: float) -> AsyncIterator[Line]:
    """The lines of the body that are not empty, each at most so many bytes long: of a longer one nothing is kept."""
    rest, number, skipping = bytearray(), 1, False
    async for piece in pieces(request, patience_s):
        first, *more = piece.split(b"\n")
        rest += b"" if skipping else first
        for following in more:
            if skipping or rest.strip():
                yield _line(number, rest, most, skipping)
            rest, number, skipping = bytearray(following), number + 1, False
        if len(rest) > most:
            rest, skipping = bytearray(), True
    if skipping or rest.strip():
        yield _line(number, rest, most, skipping)


def _line(number: int, value: bytearray, most: int, skipped: bool) -> Line:
    long = skipped or len(value) > most
    return Line(number, too_large(most, "one line is one record") if long else bytes(value).strip())
