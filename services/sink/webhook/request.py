"""What is sent for a record, its signature, and what an answer means.

POST URL
copydesk-id: 64 hexadecimal digits, the same whenever this record is sent: a receiver that knows it has it already
copydesk-signature: t=1767600000,v1=<HMAC-SHA256 of "1767600000." and the body, with the secret, in hexadecimal digits>

{"kind": "article" | "correction" | "retraction", "written_ms": 1767600000000, "record": {…}}
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from enum import Enum

import orjson

from copydesk.services.sink.edge import Passing
from copydesk.shared.topics import CORRECTIONS, RETRACTIONS

ID, SIGNATURE = "copydesk-id", "copydesk-signature"
TOO_OLD_S = 300
# refusals that say nothing of the record: who asks, where, and when
NOT_OF_THE_RECORD = {401, 403, 404, 405, 407, 408, 421, 423, 425, 429}


class Taking(Enum):
    """What a status means for the record."""

    TAKEN = "taken"
    REFUSED = "refused"  # for good: the same record would be refused again
    LATER = "later"


def meaning(status: int) -> Taking:
    """2xx takes a record; a 4xx that is about the record refuses it for good; all else is to be tried again."""
    if 200 <= status < 300:
        return Taking.TAKEN
    return Taking.REFUSED if 400 <= status < 500 and status not in NOT_OF_THE_RECORD else Taking.LATER


def body(one: Passing) -> bytes:
    kind = {CORRECTIONS: "correction", RETRACTIONS: "retraction"}.get(one.written.topic, "article")
    return b'{"kind":"%s","written_ms":%d,"record":%s}' % (kind.encode(), one.written.written_ms, orjson.dumps(one.record))


def headers(payload: bytes, secret: str | None, now_s: int) -> dict[str, str]:
    signed = {SIGNATURE: f"t={now_s},v1={_signature(payload, secret, now_s)}"} if secret else {}
    return {"content-type": "application/json", ID: hashlib.sha256(payload).hexdigest(), **signed}


def is_signed(payload: bytes, given: Mapping[str, str], secret: str, now_s: float) -> bool:
    """Whether a request is from who knows the secret, and no older than five minutes: what a receiver does."""
    parts = dict(part.partition("=")[::2] for part in given.get(SIGNATURE, "").split(","))
    time = parts.get("t", "")
    if not time.isdigit() or abs(now_s - int(time)) > TOO_OLD_S:
        return False
    return hmac.compare_digest(parts.get("v1", ""), _signature(payload, secret, int(time)))


def _signature(payload: bytes, secret: str, now_s: int) -> str:
    return hmac.new(secret.encode(), f"{now_s}.".encode() + payload, hashlib.sha256).hexdigest()
