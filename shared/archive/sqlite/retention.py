"""Articles whose time is over leave the file, a few at a time between batches, and the disk gets its space back."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from copydesk.shared.archive.sqlite.transactions import transaction
from copydesk.shared.records.base import timestamp

AT_ONCE = 200  # articles in one transaction: some tens of milliseconds, so that no reader and no batch waits
PAGES = 2_000  # of 4 kB, given back to the disk after it
OLD = "SELECT id, article_id, revision FROM articles WHERE ingested_at < ? ORDER BY ingested_at LIMIT ?"


def delete_older(file: sqlite3.Connection, than: datetime) -> int:
    """Delete the oldest articles that came in before that time, at most AT_ONCE, with all that belongs to them; how many they were.

    A correction that comes for one of them later is kept by itself, as it is for an article that has not come yet.
    """
    with transaction(file):
        old = file.execute(OLD, (timestamp(than), AT_ONCE)).fetchall()
        file.executemany("DELETE FROM facts WHERE (article_id, revision) = (?, ?)", [node for _, *node in old])
        file.executemany("DELETE FROM articles WHERE id = ?", [(key,) for key, *_ in old])
    if old:
        file.executescript(f"PRAGMA incremental_vacuum({PAGES})")  # `execute` would stop after the first page
    return len(old)
