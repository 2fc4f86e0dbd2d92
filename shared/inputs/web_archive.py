"""Web archives (WARC, also packed): the pages that were answered with 200, with URL, time and headers of the answer; texts of WET files too.

fastwarc reads them. What is broken in one is named and passed over: reading goes on at the next record that begins soundly, where the file
can be sought in.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC
from typing import IO, Any

import orjson
from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from copydesk.shared.inputs.content import content_of
from copydesk.shared.inputs.items import BROKEN, Reading, Values, too_large
from copydesk.shared.inputs.warc_boundaries import RecordBoundaries
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.times import is_possible
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE

PAGES = ("text/html", "application/xhtml+xml")
KINDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
CODINGS = {"gzip": GzipReader, "x-gzip": GzipReader, "br": BrotliReader, "zstd": ZstdReader}
UNKEPT = frozenset(["set-cookie", "set-cookie2"])  # of a session that is over


def web_archive(stream: IO[bytes], reading: Reading) -> Values:
    """Records of the pages, numbered from 1 among all records of the archive; broken places are named by the byte behind which they are."""
    places = RecordBoundaries(stream)
    number, told = 0, False
    while places.begin():
        held: tuple[int, bytes | Rejected] | None = None  # whether its length is true shows at the next record
        try:
            for record in ArchiveIterator(places, parse_http=True, auto_decode="none", fsspec_args=False):
                if held is not None:
                    yield held
                number, told, held = number + 1, False, None
                places.reached(record.stream_pos)
                if (value := _value(record, reading)) is not None:
                    held = number, value
            if held is not None:
                yield held
            return
        except _CutOffError as error:  # or its length is wrong, and what follows it is no part of it
            yield number, Rejected(BROKEN, str(error))
        except (OSError, ValueError) as error:
            if held is not None:
                is_sound = places.ends_where_it_says()
                yield held if is_sound else (number, Rejected(BROKEN, "the record does not end where its length says: fetch the archive again"))
                told = not is_sound
            if not told:
                yield f"byte {places.last:,}", Rejected(BROKEN, f"behind this byte the archive is broken ({error}): the rest of it is read")
            told = True
        places.go_on()


class _CutOffError(ValueError):
    """The archive ends before the record does."""


def _value(record: WarcRecord, reading: Reading) -> bytes | Rejected | None:
    """The record of a page; None for what is none, or was fetched at another time than is wanted. Raises _CutOffError."""
    if "Content-Length" not in record.headers:
        return Rejected(BROKEN, "the record's head is cut off: fetch the archive again")
    length = record.content_length
    if not record.record_type & KINDS or not _is_page(record) or not _is_wanted(record, reading):
        _require_whole(length, _passed_over(record))
        return None
    if length > reading.bounds.record:
        _require_whole(length, _passed_over(record))
        return too_large(reading.bounds.record, "one page is one article")
    body = record.reader.read(length)
    _require_whole(length, len(body))
    headers = _headers(record)
    content = _decoded(body, headers, reading)
    return content if isinstance(content, Rejected) else _page(record, content, headers, reading)


def _passed_over(record: WarcRecord) -> int:
    """How many bytes of a record are there."""
    return sum(map(len, iter(lambda: record.reader.read(PIECE), b"")))


def _require_whole(length: int, found: int) -> None:
    if found < length:
        raise _CutOffError(f"{found:,} of {length:,} bytes are there: the archive is cut off, fetch it again")


def _is_page(record: WarcRecord) -> bool:
    if record.http_headers is not None:
        return bool(record.http_headers.status_code == 200 and (record.http_content_type or "").strip().lower() in PAGES)
    kind = str(record.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    return kind in PAGES or (kind == "text/plain" and record.record_type == WarcRecordType.conversion)


def _is_wanted(record: WarcRecord, reading: Reading) -> bool:
    moment = record.record_date
    if reading.since is None and reading.until is None:
        return True
    if moment is None:
        return False
    fetched = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (reading.since is None or fetched >= reading.since) and (reading.until is None or fetched < reading.until)


def _decoded(body: bytes, headers: Mapping[str, str], reading: Reading) -> bytes | Rejected:
    """The page without its chunks and codings; as it is where they are said to be there and are not: many crawlers undo them."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _read(ChunkedReader, body, reading.bounds.record)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        if (reader := CODINGS.get(coding.strip())) is not None:
            packed, body = len(body), _read(reader, body, reading.bounds.record)
            if len(body) > max(reading.bounds.free, reading.bounds.ratio * packed):
                return Rejected("too_large", f"the page unpacks to more than {reading.bounds.ratio} times its size")
    return body if len(body) <= reading.bounds.record else too_large(reading.bounds.record, "one page is one article")


def _read(reader: Any, body: bytes, most: int) -> bytes:
    try:
        found = bytes(reader(io.BytesIO(body)).read(most + 1))
    except (OSError, ValueError):
        return body
    return found or body


def _headers(record: WarcRecord) -> dict[str, str]:
    """Names in small letters; of one that is given twice, both values."""
    found: dict[str, str] = {}
    for name, value in (record.http_headers or {}).items():
        key, text = _text(name).lower(), _text(value)
        if key not in UNKEPT:
            found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _text(given: Any) -> str:
    return str(given).encode("utf-8", "replace").decode()


def _page(record: WarcRecord, body: bytes, headers: Mapping[str, str], reading: Reading) -> bytes:
    fetched = record.record_date
    if fetched is not None and fetched.tzinfo is None:
        fetched = fetched.replace(tzinfo=UTC)
    is_text = record.record_type == WarcRecordType.conversion
    found = {
        **content_of(body),
        "content_type": "text/plain" if is_text else "text/html",
        "url": _text(record.headers.get("WARC-Target-URI", "")).strip("<>"),
        "fetched_at": timestamp(fetched) if fetched is not None and is_possible(fetched) else None,
        "headers": headers, "source": reading.source,
    }  # fmt: skip
    return orjson.dumps({name: value for name, value in found.items() if value})
