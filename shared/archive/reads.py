"""What a sink cannot do without; all else of a record has passed the edge, or is absent."""

from __future__ import annotations

from copydesk.shared.records.base import Envelope, Identifier
from copydesk.shared.records.duplicate import Duplicate
from copydesk.shared.records.times import Moment


class SinkReads(Envelope):
    """The fields of an enriched record that no row can lack. A record without a revision has the one that the deduplicator took."""

    article_id: Identifier
    ingested_at: Moment
    body: str
    duplicate: Duplicate
