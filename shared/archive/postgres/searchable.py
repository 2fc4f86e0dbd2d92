"""The table `searchable`: what a search looks at, a narrow row for each revision, so that thousands of them are looked at in some milliseconds.

    articles: 2 kB a row and as much again beside it       searchable: 150 bytes, and the words, which an index answers for

`current` says what the view articles_current says; it is brought up to date in the transaction that changes an article's revisions.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from copydesk.shared.archive.postgres.locks import hold_all, lock_articles, lock_nodes
from copydesk.shared.archive.postgres.words import tsvector_of
from copydesk.shared.archive.rows import Row

SEARCHED = 250_000  # characters of a text that full-text search knows
AT_ONCE = 200  # articles of before in one transaction
SEARCHED_BY = ("article_id", "ingested_at", "source", "language", "status", "duplicate_of")  # columns beside the key, `current` and the words
TEXTS = ("title", "body")
DELETE = "DELETE FROM searchable WHERE article = ANY(%s)"
CURRENT = """
UPDATE searchable s SET current = NOT s.current FROM articles a WHERE a.id = s.article AND a.article_id = ANY(%s)
AND s.current <> EXISTS (SELECT 1 FROM articles_current c WHERE c.id = a.id)
"""
WAITING = """
SELECT n.article, a.article_id, a.revision FROM not_searchable_yet n JOIN articles a ON a.id = n.article ORDER BY n.article DESC LIMIT %s
"""
STILL = f"""
SELECT a.id, {", ".join(f"a.{name}" for name in (*SEARCHED_BY, *TEXTS))}
FROM not_searchable_yet n JOIN articles a ON a.id = n.article WHERE n.article = ANY(%s)
"""
THERE = "DELETE FROM not_searchable_yet WHERE article = ANY(%s)"


def searchable_row(key: int, columns: Mapping[str, Any]) -> Row:
    """A row for the article with this key, of columns of `articles`."""
    title, body = (columns[name] or "" for name in TEXTS)
    return (key, *(columns[name] for name in SEARCHED_BY), True, tsvector_of(title[:SEARCHED], body[:SEARCHED]))


def make_searchable(connection: Any, rows: Sequence[Row]) -> None:
    """Write these rows, of nodes that the transaction holds, in place of what is there."""
    articles = {row[1] for row in rows}
    lock_articles(connection, articles)
    keys = [row[0] for row in rows]
    connection.execute(DELETE, (keys,))
    with connection.cursor().copy("COPY searchable FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(THERE, (keys,))
    find_current(connection, articles)


def find_current(connection: Any, articles: Collection[str]) -> None:
    """Say anew which revisions of these articles, which the transaction holds, are the current ones."""
    connection.execute(CURRENT, (list(articles),))


def make_searchable_from_before(connection: Any) -> int:
    """Some articles that an earlier version wrote, the newest first; how many, 0 where none is left. Replicas may do so at the same time."""
    with connection.transaction():
        hold_all(connection, alone=False)
        waiting = connection.execute(WAITING, (AT_ONCE,)).fetchall()
        if waiting:
            lock_nodes(connection, [node for _, *node in waiting])
            still = connection.execute(STILL, ([key for key, *_ in waiting],)).fetchall()
            make_searchable(connection, [searchable_row(key, dict(zip((*SEARCHED_BY, *TEXTS), values, strict=True))) for key, *values in still])
    return len(waiting)
