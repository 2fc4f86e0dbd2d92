"""The index: who has a shingle, and where. An app of its own, sharded by hash over the partitions of dedup.index."""

from copydesk.services.deduplicator.index.responder import create

__all__ = ["create"]
