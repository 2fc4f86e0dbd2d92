"""Records of a newer contract than this release knows: while services are upgraded one after the other, an old one may meet them."""

from __future__ import annotations

from copydesk.shared.headers import MOST_DIGITS, PRODUCER, PRODUCER_VERSION, SCHEMA, SCHEMA_VERSION
from copydesk.shared.kafka import Message
from copydesk.shared.release import VERSION
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED, ENRICHED

NEWER = "newer_schema"
OURS = frozenset(topic.name for topic in (CLEANED, DEDUPLICATED, ENRICHED, CORRECTIONS))  # what a feed writes may bear a header of that name


def newer_schema(message: Message) -> str | None:
    """Why a record cannot be read here; None for one whose contract is known, or that names none."""
    number = message.headers.get(SCHEMA_VERSION, "")
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    if message.topic not in OURS or not is_number or int(number) <= int(SCHEMA):
        return None
    by = " ".join(message.headers.get(name, "") for name in (PRODUCER, PRODUCER_VERSION)).strip() or "another program"
    return f"it was written by {by} with schema {number}, Copydesk {VERSION} knows {SCHEMA}"
