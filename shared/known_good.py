"""A record known to be good, of every kind that a stage reads: what tells broken code from broken records.

A small article of our own that says of itself what it is. It is far in the past, so that nothing of it stays in an index.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from copydesk.shared.stage import Rejected, Stage
from copydesk.shared.topics import RAW

TITLE = "Town council opens the new bridge over the Lenne"
PARAGRAPHS = (
    "ALTENFELD — The town council of Altenfeld opened the new bridge over the Lenne on Monday, two years after a flood had carried the old one away.",
    "“People can walk to school again,” said Mayor Hanna Brandt, who cut the ribbon together with the engineers of Northgate Construction.",
    "The bridge is forty metres long and cost 3.2 million euros, which the town and the district share. Lorries are allowed on it from October.",
    "Until now, those who live on the left bank had to drive eleven kilometres to the next crossing, the council said.",
)
TIME = "2020-03-02T09:00:00.000Z"


def require_taken(outcomes: Iterable[Rejected | None]) -> None:
    """Raises RuntimeError where a sink refuses any of these records, which are known to be good."""
    for rejected in outcomes:
        if rejected is not None:
            raise RuntimeError(f"a record known to be good is refused: {rejected.reason}, {rejected.detail}")


def known_good(stage: Stage) -> tuple[bytes, ...]:
    """Values for the stage's source: its own `known_good` where it has one, since its records may have other fields."""
    own: tuple[bytes, ...] | None = getattr(stage, "known_good", None)
    return own if own is not None else _RAW if stage.source is RAW else (ENRICHED_RECORD,)


def _raw(content: str, content_type: str) -> dict[str, Any]:
    url = f"https://copydesk.example/known-good/{content_type.rpartition('/')[2]}"
    return {"article_id": "copydesk-known-good", "ingested_at": TIME, "url": url, "content": content, "content_type": content_type}


def _page() -> str:
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
    return f"<!doctype html><html lang=en><head><title>{TITLE}</title></head><body>\n{menu}\n<article><h1>{TITLE}</h1>{body}</article></body></html>"


_TEXT = "\n\n".join((TITLE, *PARAGRAPHS))
_RAW = tuple(orjson.dumps(_raw(*one)) for one in ((_TEXT, "text/plain"), (_page(), "text/html")))

# what any later stage reads, and the sink
ENRICHED_RECORD = orjson.dumps({
    **_raw(_TEXT, "text/plain"),
    "title": TITLE,
    "body": "\n\n".join(PARAGRAPHS),
    "language": "en",
    "revision": "0" * 32,
    "duplicate": {"status": "unique", "matches": []},
    "entities": [],
    "quotes": [],
    "versions": {"cleaner": "1", "deduplicator": "1", "tagger": "1"},
})  # fmt: skip
