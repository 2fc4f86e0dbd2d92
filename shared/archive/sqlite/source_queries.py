"""Sources: how much they print, and who prints whom."""

from __future__ import annotations

import sqlite3

from copydesk.shared.archive.asking import COUNTED, MOST_SOURCES
from copydesk.shared.archive.shaping import sources_of
from copydesk.shared.records.plain import JsonObject

# Few articles have several revisions: those that do not stand are looked for among these alone, and not for each article.
REPLACED = (
    "WITH revised AS MATERIALIZED (SELECT article_id FROM articles {1} GROUP BY article_id HAVING count(*) > 1), "
    "replaced AS MATERIALIZED (SELECT a.id, a.source, a.status, a.ingested_at FROM revised JOIN articles a USING (article_id) "
    "WHERE a.id NOT IN (SELECT c.id FROM revised JOIN articles_current c USING (article_id))) "
)
OF_ONE = "WHERE article_id IN (SELECT article_id FROM articles WHERE source = ?1)"
END = "(SELECT ingested_at FROM articles o WHERE o.source = v.source AND o.id NOT IN (SELECT id FROM replaced) ORDER BY ingested_at {} LIMIT 1)"
# All are counted in the index, then those few are taken away again.
VOLUMES = REPLACED + (
    f"SELECT source, sum(number), sum(copied), {END.format('')}, {END.format('DESC')} FROM ("
    "SELECT source, count(*) AS number, sum(status = 'duplicate') AS copied FROM articles WHERE source IS NOT NULL {0} GROUP BY source UNION ALL "
    "SELECT source, -count(*), -sum(status = 'duplicate') FROM replaced WHERE source IS NOT NULL {0} GROUP BY source"
    ") v GROUP BY source HAVING sum(number) > 0 ORDER BY 2 DESC, 1 LIMIT ?"
)
PAIRS = (
    "SELECT o.source, a.source, count(*) FROM ("
    "SELECT id, source FROM articles_current WHERE status = 'duplicate' ORDER BY ingested_at DESC, article_id DESC LIMIT ?) a "
    "JOIN matches m ON m.article = a.id AND m.position = 0 JOIN articles o ON o.article_id = m.other_article_id AND o.revision = m.other_revision "
    "WHERE a.source IS NOT NULL AND o.source IS NOT NULL AND o.source <> a.source GROUP BY 1, 2"
)
BY_DAY = REPLACED.format("", OF_ONE) + (
    "SELECT day, sum(number), sum(copied) FROM ("
    "SELECT substr(ingested_at, 1, 10) AS day, count(*) AS number, sum(status = 'duplicate') AS copied FROM articles WHERE source = ?1 GROUP BY 1 "
    "UNION ALL SELECT substr(ingested_at, 1, 10), -count(*), -sum(status = 'duplicate') FROM replaced WHERE source = ?1 GROUP BY 1"
    ") GROUP BY day HAVING sum(number) > 0 ORDER BY day DESC LIMIT 400"
)


def sources(file: sqlite3.Connection) -> list[JsonObject]:
    pairs = file.execute(PAIRS, (COUNTED,)).fetchall()
    return list(sources_of(file.execute(VOLUMES.format("", ""), (MOST_SOURCES,)).fetchall(), pairs))


def source(file: sqlite3.Connection, name: str) -> JsonObject | None:
    found = file.execute(VOLUMES.format("AND source = ?1", OF_ONE), (name, 1)).fetchall()
    if not found:
        return None
    about = next(sources_of(found, file.execute(PAIRS, (COUNTED,)).fetchall()))
    days = file.execute(BY_DAY, (name,)).fetchall()
    return {**about, "counts": [{"day": day, "count": count, "copies": copies} for day, count, copies in reversed(days)]}
