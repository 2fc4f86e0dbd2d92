"""Mail messages (.eml) and saved pages (.mhtml): the text or page in them, with what their headers say."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import orjson

from copydesk.shared.inputs.content import content_of
from copydesk.shared.inputs.items import BROKEN, UNSUPPORTED, Reading
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.times import is_possible
from copydesk.shared.stage import Rejected

SAVED = ("snapshot-content-location", "content-location")  # headers of a saved page, or of its part, that name where it was


def message(data: bytes, reading: Reading, origin: Mapping[str, Any]) -> bytes | Rejected:
    """One message as a record, or why there is none: also what Python's parser raises for what strangers wrote."""
    try:
        return _message(data, reading, origin)
    except Exception as error:
        return Rejected(BROKEN, f"the message cannot be read ({type(error).__name__}: {error}): save its text")


def _message(data: bytes, reading: Reading, origin: Mapping[str, Any]) -> bytes | Rejected:
    """One message as a record: HTML rather than plain text where it has both. A saved page is the page, fetched when it was saved."""
    parsed = email.message_from_bytes(data, policy=email.policy.default)
    part = parsed.get_body(("html", "plain")) if isinstance(parsed, EmailMessage) else None
    if part is None or not isinstance(body := part.get_payload(decode=True), bytes) or not body.strip():
        return Rejected(UNSUPPORTED, "it is a mail message without a text: save what is attached to it")
    stating = (parsed,) if _header(parsed, "to") else (parsed, part)  # a letter's part may say where its pictures are
    places = (_header(stated, name) for stated in stating for name in SAVED)
    saved = next((place for place in places if place.startswith(("http:", "https:"))), None)
    about = _page(parsed, saved) if saved else _mail(parsed)
    found = {**_content(part, body), **origin, **{name: value for name, value in about.items() if value}, "source": reading.source}
    return orjson.dumps({name: value for name, value in found.items() if value})


def _content(part: Any, body: bytes) -> dict[str, Any]:
    charset = part.get_content_charset()
    if part.get_content_type() == "text/plain":
        return {"content": _decoded(body, charset), "content_type": "text/plain"}
    return {**content_of(body), "content_type": f"text/html; charset={charset}" if charset else "text/html"}


def _decoded(body: bytes, charset: str | None) -> str:
    try:
        return body.decode(charset or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _page(parsed: Any, url: str) -> dict[str, Any]:
    saved = _date(parsed)
    return {"url": url, "fetched_at": timestamp(saved) if saved and is_possible(saved) else None}


def _mail(parsed: Any) -> dict[str, Any]:
    """`Archived-At` (RFC 5064) is where a list keeps the message."""
    sent = _date(parsed)
    url = _header(parsed, "archived-at").strip(" <>")
    sender = parseaddr(_header(parsed, "from"))[0]
    return {
        "title": _header(parsed, "subject").strip(), "author": sender, "published_at": sent.isoformat() if sent else None,
        "language": _header(parsed, "content-language").partition(",")[0].strip(),
        "url": url if url.startswith(("http://", "https://")) else None,
    }  # fmt: skip


def _date(parsed: Any) -> datetime | None:
    """`-0000` says that the time is UTC, and nothing of where it was written (RFC 5322)."""
    found = getattr(_parsed(parsed, "date"), "datetime", None)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)) if isinstance(found, datetime) else None


def _header(parsed: Any, name: str) -> str:
    """A header as text, empty where it is not there; what it holds beside text is replaced."""
    return str(_parsed(parsed, name) or "").encode("utf-8", "replace").decode()


def _parsed(parsed: Any, name: str) -> Any:
    with suppress(Exception):  # a header that cannot be read says nothing, and costs not its message
        return parsed[name]
    return None
