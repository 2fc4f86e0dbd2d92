"""How the service and its extraction process talk: frames of a 4-byte length and that many bytes, over pipes."""

from __future__ import annotations

import struct
from typing import Any, BinaryIO

import orjson

from copydesk.services.cleaner.html.article import HtmlArticle
from copydesk.shared.records.cleaned import Caption, Removed
from copydesk.shared.stage import Rejected

HEADER = struct.Struct("<I")


def send(pipe: BinaryIO, *frames: bytes) -> None:
    """Write frames and flush. Raises BrokenPipeError when the other side is gone."""
    for frame in frames:
        pipe.write(HEADER.pack(len(frame)))
        pipe.write(frame)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """The next frame; None when the other side is gone."""
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    frame = pipe.read(length)
    return frame if len(frame) == length else None


def dump(result: HtmlArticle | Rejected) -> bytes:
    """A result as JSON. Lone surrogates, which JSON cannot hold, were replaced before extraction."""
    return orjson.dumps({type(result).__name__: result}, default=lambda part: part.model_dump())


def load(frame: bytes) -> HtmlArticle | Rejected:
    data: dict[str, Any] = orjson.loads(frame)
    if rejected := data.get("Rejected"):
        return Rejected(**rejected)
    article = data["HtmlArticle"]
    return HtmlArticle(
        **{
            **article,
            "paragraphs": tuple(article["paragraphs"]),
            "removed": tuple(Removed(**removed) for removed in article["removed"]),
            "captions": tuple(Caption(**caption) for caption in article["captions"]),
        }
    )
