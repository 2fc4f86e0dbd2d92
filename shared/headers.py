"""Kafka headers: what a record is and where it came from. They vary from run to run, the record itself does not.

`traceparent` follows the W3C Trace Context recommendation: 00-<trace id>-<span id>-01. The trace id is made at the
edge and stays the same on every topic; each stage writes a span id of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from copydesk.shared.release import VERSION

CONTENT_TYPE = "content-type"
SCHEMA_VERSION = "schema-version"
PRODUCER = "producer"
PRODUCER_VERSION = "producer-version"
TRACEPARENT = "traceparent"
ORIGIN = "origin"  # the input of a raw record, as `news.warc.gz:12`
CONTENT_AT = "content-at"  # where the raw record lies, with what was fetched, as `articles.raw/2/117`
INGESTED_MS = "ingested-ms"  # when the raw record was written to the log, or was put there again: the start of the end-to-end latency
REPLAYED = "replayed"  # where a record lay that was put onto its topic again, as TOPIC/PARTITION/OFFSET; what is made of it bears it too

MOST_BYTES = 8_000  # of headers that a record carries on; what is beyond could make its copies too large for any topic
MOST_DIGITS = 15  # of a time in milliseconds
SCHEMA = "1"
JSON = "application/json"

Headers = dict[str, str]


def fresh(producer: str, timestamp_ms: int | None = None) -> Headers:
    """Headers of a record that begins its way here."""
    headers = _own(producer, os.urandom(16).hex())
    return headers if timestamp_ms is None else {**headers, INGESTED_MS: str(timestamp_ms)}


def onward(given: Mapping[str, str], producer: str, timestamp_ms: int) -> Headers:
    """Headers of what `producer` makes of a record: the same trace, a new span, and whatever else the record brought."""
    trace = trace_id(given) or os.urandom(16).hex()
    start = str(started_ms(given, timestamp_ms))
    return {**given, **_own(producer, trace), INGESTED_MS: start}


def again(given: Mapping[str, str], place: str, now_ms: int) -> Headers:
    """Headers of a record that is put onto its topic again, from that place: the same trace, and how long it takes is counted from now."""
    return {**onward(given, "replay", now_ms), INGESTED_MS: str(now_ms), REPLAYED: place}


def _own(producer: str, trace: str) -> Headers:
    return {
        CONTENT_TYPE: JSON,
        SCHEMA_VERSION: SCHEMA,
        PRODUCER: producer,
        PRODUCER_VERSION: VERSION,
        TRACEPARENT: f"00-{trace}-{_span()}-01",
    }


def started_ms(headers: Mapping[str, str], otherwise: int) -> int:
    """When the raw record was written to the log; the other time where the header says nothing that can be: any client may write headers."""
    text = headers.get(INGESTED_MS, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else otherwise


def trace_id(headers: Mapping[str, str]) -> str | None:
    """The trace id in hex, or None where there is no valid traceparent."""
    fields = headers.get(TRACEPARENT, "").split("-")
    return fields[1] if len(fields) >= 4 and len(fields[1]) == 32 and fields[1] != "0" * 32 else None


def to_wire(headers: Mapping[str, str]) -> list[tuple[str, bytes]]:
    return [(key, value.encode()) for key, value in headers.items()]


def from_wire(headers: Iterable[tuple[str, bytes | None]] | Mapping[str, bytes | None] | None) -> Headers:
    """Headers as text, up to MOST_BYTES of them in their order; of a key that is given twice, the last counts."""
    found: Headers = {}
    room = MOST_BYTES
    for key, value in headers.items() if isinstance(headers, Mapping) else headers or ():
        text = (value or b"").decode("utf-8", "replace")
        room -= len(key.encode()) + len(text.encode())
        if room >= 0:
            found[key] = text
    return found


def _span() -> str:
    return os.urandom(8).hex()
