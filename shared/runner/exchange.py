"""What requests to shards and their replies have in common: the headers that they travel with."""

from __future__ import annotations

CORRELATION = "correlation-id"  # of a request and of every reply to it
REPLY_PARTITION = "reply-partition"  # where the reply is awaited
STATE = "shard-state"
RECOVERING = "recovering"  # a reply without a value: the shard reads its changelog and will answer
