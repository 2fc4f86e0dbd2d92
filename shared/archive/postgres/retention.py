"""Articles whose time is over leave the database, a few in a transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from copydesk.shared.archive.postgres.locks import hold_all, lock_articles, lock_nodes
from copydesk.shared.archive.postgres.searchable import find_current

AT_ONCE = 200  # articles in one transaction
OLD = "SELECT article_id, revision FROM articles WHERE ingested_at < %s ORDER BY ingested_at LIMIT %s"
NODES = "(SELECT unnest(%s::text[]), unnest(%s::text[]))"


def delete_older(connection: Any, than: datetime) -> int:
    """Delete the oldest articles that came in before that time, at most AT_ONCE, with all that belongs to them; how many they were.

    Replicas may do so at the same time: the nodes are locked as they are for a batch. An article that came in again meanwhile, at an earlier
    time, is as old as before. PostgreSQL uses the space again for what comes (autovacuum); it gives files back with VACUUM FULL alone.
    """
    with connection.transaction():
        hold_all(connection, alone=False)
        old = connection.execute(OLD, (than, AT_ONCE)).fetchall()
        if not old:
            return 0
        lock_nodes(connection, old)
        articles = {article_id for article_id, _ in old}
        lock_articles(connection, articles)
        columns = [list(column) for column in zip(*old, strict=True)]
        connection.execute(f"DELETE FROM facts WHERE (article_id, revision) IN {NODES}", columns)
        deleted = int(connection.execute(f"DELETE FROM articles WHERE (article_id, revision) IN {NODES}", columns).rowcount)
        find_current(connection, articles)
        return deleted
