"""From a raw record to decoded text, and whether it is HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.services.cleaner.html import decode_page, markup
from copydesk.services.cleaner.mojibake import mend
from copydesk.shared.records.content_ref import fetched_bytes
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Rejected

HTML_TYPES = ("text/html", "application/xhtml+xml", "application/xhtml", "text/xhtml")
MARKUP = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
HEAD = 4_000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROLS = 0.02
LONGEST_MENDED = 4_000_000  # characters


@dataclass(frozen=True, slots=True)
class Content:
    """A record's text, and what is to be said of its charset: "guessed: cp1252", "utf-8 read as windows-1251"; None where nothing is in doubt."""

    text: str
    charset: str | None = None


def decoded(record: RawArticle) -> Content | Rejected:
    """The text of a record's content: as it is, or the bytes of its base64 with their charset detected; what was decoded wrongly is mended."""
    found = _from_bytes(record) if record.encoding == "base64" else _as_text(record)
    if isinstance(found, Rejected) or len(found.text) > LONGEST_MENDED:
        return found
    mended = mend(found.text)
    return Content(mended.text, mended.how or found.charset)


def _as_text(record: RawArticle) -> Content | Rejected:
    sample = record.content[:65_536]
    controls = len(CONTROL.findall(sample)) + sample.count("\ufffd")
    if sample and controls > MAX_CONTROLS * len(sample):
        return Rejected("binary", "the content holds control characters as no text does; send bytes with encoding=base64")
    return Content(record.content)


def is_html(record: RawArticle, text: str) -> bool:
    """What the content is, whatever it says it is: a whole HTML page is often sent as text, stripped text as HTML."""
    declared = record.content_type.partition(";")[0].strip().lower() in HTML_TYPES
    sample = text[: 10 * HEAD]
    return MARKUP.search(text[:HEAD]) is not None or (declared and markup.TAG.search(sample) is not None) or markup.is_markup(sample)


def _from_bytes(record: RawArticle) -> Content | Rejected:
    try:
        data = fetched_bytes(record.content, record.encoding)
    except ValueError as error:
        return Rejected("not_base64", f"encoding is base64, but the content is not: {error}")
    headers = {key.lower(): value for key, value in (record.headers or {}).items()}
    found = decode_page(data, headers.get("content-type") or record.content_type)
    return found if isinstance(found, Rejected) else Content(found.text, f"guessed: {found.charset}" if found.origin == "guessed" else None)
