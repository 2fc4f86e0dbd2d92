"""What a service does with records of a newer contract than it knows: a dead letter with the remedy."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message
from copydesk.shared.newer import NEWER, newer_schema
from copydesk.shared.runner.delivery import Delivery

REMEDY = f"upgrade this service, then `copydesk deadletters replay --reason {NEWER}`"


def of_known_schema(messages: Sequence[Message], delivery: Delivery) -> list[Message]:
    """Those that can be read; each of the others becomes a dead letter with the remedy."""
    known = []
    for message in messages:
        if (why := newer_schema(message)) is None:
            known.append(message)
        else:
            delivery.bury(message, Cause(delivery.name, NEWER, f"{why}: {REMEDY}"))
    return known
