"""PostgresReader: the database of sink-postgres, asked read-only, by any number of threads, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import orjson

from copydesk.shared.archive.asking import COUNTED, FACET, LONGEST_S, MOST_COPIES, MOST_SOURCES, ArticleSearch, EntitySearch, cursor_of, place_of
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.archive.postgres import names
from copydesk.shared.archive.postgres.conditions import conditions_of
from copydesk.shared.archive.postgres.connecting import connect, driver
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.schema import FORMS
from copydesk.shared.archive.shaping import facet_columns, later_copy, page_of_entities, sources_of
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject

RECORD = (
    "SELECT a.record, (SELECT count(DISTINCT m.article) FROM matches m WHERE m.other_article_id = a.article_id AND m.kind <> 'shared_background') "
    "FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted (id, place) JOIN articles a USING (id) ORDER BY place"
)
REVISIONS = (
    "SELECT record FROM articles WHERE article_id = %s "
    "ORDER BY coalesce(fetched_at, ingested_at) DESC, releases DESC, common_version DESC, written_ms DESC, revision DESC"
)
COLUMNS = "SELECT source, language, status FROM articles WHERE id = ANY(%s)"
ENTITIES = (
    "SELECT canonical, type, link_id, count(DISTINCT article) FROM entities WHERE article = ANY(%s) "
    "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT %s"
)
LATER = (
    "SELECT a.article_id, a.title, a.source, a.ingested_at, m.kind, m.resemblance, m.containment, m.containment_of_other, m.passages, "
    "m.other_revision FROM matches m JOIN articles_current a ON a.id = m.article WHERE m.other_article_id = %s "
    "ORDER BY a.ingested_at, a.article_id LIMIT %s"
)
EARLIER = "SELECT title, source FROM articles WHERE (article_id, revision) = (%s, %s)"
# Few articles have several revisions: those that do not stand are looked for among these alone, and not for each article.
VOLUMES = (
    "WITH revised AS MATERIALIZED (SELECT article_id FROM articles GROUP BY article_id HAVING count(*) > 1), replaced AS MATERIALIZED ("
    "SELECT id FROM articles JOIN revised USING (article_id) "
    "WHERE id NOT IN (SELECT c.id FROM articles_current c JOIN revised USING (article_id))) "
    "SELECT source, count(*), count(*) FILTER (WHERE status = 'duplicate'), min(ingested_at), max(ingested_at) FROM articles "
    "WHERE source IS NOT NULL AND (%s::text IS NULL OR source = %s) AND id NOT IN (SELECT id FROM replaced) "
    "GROUP BY source ORDER BY 2 DESC, 1 LIMIT %s"
)
PAIRS = (
    "SELECT o.source, a.source, count(*) FROM (SELECT id, source FROM articles WHERE status = 'duplicate' ORDER BY ingested_at DESC LIMIT %s) a "
    "JOIN matches m ON m.article = a.id AND m.position = 0 JOIN articles o ON o.article_id = m.other_article_id AND o.revision = m.other_revision "
    "WHERE a.source IS NOT NULL AND o.source IS NOT NULL AND o.source <> a.source GROUP BY 1, 2"
)
BY_DAY = (
    "SELECT to_char(ingested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), count(*), count(*) FILTER (WHERE status = 'duplicate') "
    "FROM articles WHERE source = %s GROUP BY 1 ORDER BY 1 DESC LIMIT 400"
)
TOTALS = "SELECT count(*), count(*) FILTER (WHERE status = 'duplicate') FROM articles"
PER_MINUTE = "SELECT date_trunc('minute', ingested_at), count(*) FROM articles WHERE ingested_at >= %s::timestamptz GROUP BY 1 ORDER BY 1"


class PostgresReader:
    """Implements `copydesk.shared.archive.asking.ArchiveReader`. The database may come later than this, and may be away for a while."""

    def __init__(self, url: str, longest_s: float = LONGEST_S) -> None:
        self._url, self._longest_s = url, longest_s
        self._own = threading.local()
        self._all: list[Any] = []

    def close(self) -> None:
        for connection in self._all:
            connection.close()

    def articles(self, search: ArticleSearch) -> JsonObject:
        wanted = conditions_of(search)
        query = (
            f"SELECT a.id, a.ingested_at, a.article_id FROM articles_current a WHERE {wanted.sql} "
            "ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT %s"
        )
        counts = search.facets and search.after is None
        most = max(COUNTED, search.limit + 1) if counts else search.limit + 1
        with self._asked() as file:
            found = file.execute(query, (*wanted.values, most)).fetchall()
            ids = [key for key, _, _ in found]
            answer: JsonObject = {
                "articles": [{**record, "copies": copies} for record, copies in file.execute(RECORD, (ids[: search.limit],))],
                "next": _cursor(*found[search.limit - 1][1:]) if len(found) > search.limit else None,
            }
            return answer if not counts else {**answer, **_facets(file, ids)}

    def article(self, article_id: str) -> JsonObject | None:
        asked = as_jsonb(article_id)
        with self._asked() as file:
            revisions = [record for (record,) in file.execute(REVISIONS, (asked,))]
            if not revisions:
                return None
            facts = file.execute("SELECT value FROM facts WHERE article_id = %s ORDER BY fact_id", (asked,))
            corrections = [orjson.loads(value) for (value,) in facts]
            copies = [*_earlier(file, revisions[0]), *_later(file, asked)]
        return {"article": revisions[0], "revisions": revisions, "copies": copies, "corrections": corrections}

    def entities(self, search: EntitySearch) -> JsonObject:
        skipped = int(place_of(search.after, (int,))[0]) if search.after else 0
        with self._asked() as file:
            found = names.entities(file, search, skipped)
        return page_of_entities(found, search.limit, skipped)

    def entity(self, name_or_link: str) -> JsonObject | None:
        with self._asked() as file:
            return names.entity(file, name_or_link)

    def sources(self) -> JsonObject:
        with self._asked() as file:
            return {"sources": _sources(file, None, MOST_SOURCES), "counted": COUNTED}

    def source(self, name: str) -> JsonObject | None:
        asked = as_jsonb(name)
        with self._asked() as file:
            found = _sources(file, asked, 1)
            if not found:
                return None
            days = file.execute(BY_DAY, (asked,)).fetchall()
        return {**found[0], "counts": [{"day": day, "count": count, "copies": copies} for day, count, copies in reversed(days)]}

    def totals(self, since: str) -> JsonObject:
        with self._asked() as file:
            articles, copies = file.execute(TOTALS).fetchone()
            minutes = file.execute(PER_MINUTE, (since,)).fetchall()
        return {"articles": articles, "copies": copies, "per_minute": [{"at": timestamp(at), "count": count} for at, count in minutes]}

    @contextmanager
    def _asked(self) -> Iterator[Any]:
        """A connection whose statements end in time. Raises UnavailableError."""
        psycopg = driver()
        connection = self._connection()
        try:
            yield connection
        except psycopg.errors.QueryCanceled as error:
            raise UnavailableError(f"the archive took longer than {self._longest_s:g} s", "ask for less: a source, a day, rarer words") from error
        except psycopg.Error as error:
            self._forget()
            raise UnavailableError(f"the archive cannot be read ({' '.join(str(error).split())})", "see whether PostgreSQL runs") from error

    def _connection(self) -> Any:
        """This thread's own."""
        known = getattr(self._own, "connection", None)
        if known is not None and not known.closed:
            return known
        made = connect(self._url)
        try:
            made.execute("SET default_transaction_read_only = on")
            made.execute(f"SET statement_timeout = {int(self._longest_s * 1000)}")
            version = _form(made)
        except driver().Error as error:
            made.close()
            raise UnavailableError(f"the archive cannot be read ({' '.join(str(error).split())})", "see whether PostgreSQL runs") from error
        if version != FORMS.latest:
            made.close()
            raise UnavailableError(f"the archive has form {version}, this program reads {FORMS.latest}", "start sink-postgres of this version")
        self._own.connection = made
        self._all = [one for one in self._all if not one.closed] + [made]
        return made

    def _forget(self) -> None:
        self._own.connection.close()
        self._own.connection = None


def _form(connection: Any) -> int:
    if connection.execute("SELECT to_regclass('form')").fetchone()[0] is None:
        return 0
    found = connection.execute("SELECT number FROM form").fetchone()
    return int(found[0]) if found else 0


def _cursor(at: datetime, article_id: str) -> str:
    return cursor_of(timestamp(at), article_id)


def _facets(file: Any, ids: list[int]) -> JsonObject:
    columns = facet_columns(file.execute(COLUMNS, (ids,)).fetchall())
    entities = [{"value": name, "type": kind, "link": link, "count": count} for name, kind, link, count in file.execute(ENTITIES, (ids, FACET))]
    return {"facets": {**columns, "entity": entities}, "counted": len(ids)}


def _later(file: Any, article_id: str) -> Iterator[JsonObject]:
    for *about, passages, revision in file.execute(LATER, (article_id, MOST_COPIES)):
        about[3] = timestamp(about[3])
        yield later_copy(about, passages, revision)


def _earlier(file: Any, record: JsonObject) -> Iterator[JsonObject]:
    for match in matches_of(record):
        title, source = file.execute(EARLIER, (match["article_id"], match["revision"])).fetchone() or (None, None)
        yield {"relation": "earlier", **match, "title": title, "source": source}


def _sources(file: Any, name: str | None, most: int) -> list[JsonObject]:
    pairs = file.execute(PAIRS, (COUNTED,)).fetchall()
    volumes = file.execute(VOLUMES, (name, name, most)).fetchall()
    return list(sources_of(((one, count, copies, timestamp(first), timestamp(last)) for one, count, copies, first, last in volumes), pairs))
