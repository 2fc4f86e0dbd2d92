"""SqliteReader: the file of the sink, opened read-only, by any number of threads at the same time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from copydesk.shared.archive.asking import COUNTED, LONGEST_S, MOST_COPIES, ArticleSearch, EntitySearch, cursor_of, place_of
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.archive.shaping import later_copy, page_of_entities
from copydesk.shared.archive.sqlite import entity_queries, source_queries
from copydesk.shared.archive.sqlite.conditions import conditions_of, page_of
from copydesk.shared.archive.sqlite.facets import facets_of
from copydesk.shared.archive.sqlite.schema import FORMS
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.plain import JsonObject

STEPS = 20_000  # of SQLite's machine between two looks at the time
COPIES = "(SELECT count(DISTINCT m.article) FROM matches m WHERE m.other_article_id = a.article_id AND m.kind <> 'shared_background')"
RECORD = f"SELECT a.record, {COPIES} FROM articles a WHERE a.id = ?"
REVISIONS = (
    "SELECT record FROM articles WHERE article_id = ? "
    "ORDER BY coalesce(fetched_at, ingested_at) DESC, releases DESC, common_version DESC, written_ms DESC, revision DESC"
)


class SqliteReader:
    """Implements `copydesk.shared.archive.asking.ArchiveReader`. The file may come later than this, and may be replaced."""

    def __init__(self, path: Path, longest_s: float = LONGEST_S) -> None:
        self.path, self._longest_s = path, longest_s
        self._own = threading.local()
        self._all: list[sqlite3.Connection] = []

    def close(self) -> None:
        for connection in self._all:
            connection.close()

    def articles(self, search: ArticleSearch) -> JsonObject:
        with self._asked() as file:
            wanted, page = conditions_of(search).narrowed(file), page_of(search)
            query = (
                f"SELECT a.id, a.ingested_at, a.article_id FROM articles_current a WHERE {wanted.sql} AND {page.sql} "
                "ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT ?"
            )
            counts = search.facets and search.after is None
            most = max(COUNTED, search.limit + 1) if counts else search.limit + 1
            found = file.execute(query, (*wanted.values, *page.values, most)).fetchall()
            answer: JsonObject = {
                "articles": [_shown(file, key) for key, _, _ in found[: search.limit]],
                "next": cursor_of(*found[search.limit - 1][1:]) if len(found) > search.limit else None,
            }
            return answer if not counts else {**answer, **facets_of(file, [row[0] for row in found])}

    def article(self, article_id: str) -> JsonObject | None:
        with self._asked() as file:
            revisions = [orjson.loads(record) for (record,) in file.execute(REVISIONS, (article_id,))]
            if not revisions:
                return None
            facts = file.execute("SELECT value FROM facts WHERE article_id = ? ORDER BY fact_id", (article_id,))
            return {
                "article": revisions[0],
                "revisions": revisions,
                "copies": [*_earlier(file, revisions[0]), *_later(file, article_id)],
                "corrections": [orjson.loads(value) for (value,) in facts],
            }

    def entities(self, search: EntitySearch) -> JsonObject:
        skipped = int(place_of(search.after, (int,))[0]) if search.after else 0
        with self._asked() as file:
            found = entity_queries.entities(file, search, skipped)
        return page_of_entities(found, search.limit, skipped)

    def entity(self, name_or_link: str) -> JsonObject | None:
        with self._asked() as file:
            return entity_queries.entity(file, name_or_link)

    def sources(self) -> JsonObject:
        with self._asked() as file:
            return {"sources": source_queries.sources(file), "counted": COUNTED}

    def source(self, name: str) -> JsonObject | None:
        with self._asked() as file:
            return source_queries.source(file, name)

    def totals(self, since: str) -> JsonObject:
        with self._asked() as file:
            articles, copies = (file.execute(query).fetchone()[0] for query in ("SELECT count(*) FROM articles", COUNT_COPIES))
            minutes = file.execute(PER_MINUTE, (since,)).fetchall()
        return {"articles": articles, "copies": copies, "per_minute": [{"at": f"{at}:00.000Z", "count": count} for at, count in minutes]}

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        """A connection whose question ends in time. Raises UnavailableError."""
        connection = self._connection()
        deadline = time.monotonic() + self._longest_s
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            yield connection
        except sqlite3.Error as error:
            self._forget(connection)
            if "interrupted" in str(error):
                raise UnavailableError(f"the archive took longer than {self._longest_s:g} s", "ask for less: a source, a day, rarer words") from error
            raise UnavailableError(f"the archive cannot be read ({error})", "see whether the sink runs, and try again") from error

    def _connection(self) -> sqlite3.Connection:
        """This thread's own."""
        known: sqlite3.Connection | None = getattr(self._own, "connection", None)
        stamp = self._stamp()
        if known is not None and stamp == self._own.stamp:
            return known
        if known is not None:
            self._forget(known)
        try:
            made = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, check_same_thread=False, timeout=self._longest_s)
            version = made.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise UnavailableError(f"the archive cannot be opened ({error})", "see whether the sink runs, and try again") from error
        if version != FORMS.latest:
            made.close()
            raise UnavailableError(f"the archive has form {version}, this program reads {FORMS.latest}", "start the sink of this version")
        made.execute("PRAGMA query_only = ON")
        made.execute("PRAGMA cache_size = -32000")
        made.execute("PRAGMA mmap_size = 1073741824")
        self._own.connection, self._own.stamp = made, stamp
        self._all.append(made)
        return made

    def _stamp(self) -> tuple[int, int]:
        """What tells a file from another at its place. Raises UnavailableError where there is none yet."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise UnavailableError("there is no archive yet", "start the sink: it makes the file with the first article") from error
        return stat.st_dev, stat.st_ino

    def _forget(self, connection: sqlite3.Connection) -> None:
        self._own.connection = None
        if connection in self._all:
            self._all.remove(connection)
        connection.close()


COUNT_COPIES = "SELECT count(*) FROM articles WHERE status = 'duplicate'"
PER_MINUTE = "SELECT substr(ingested_at, 1, 16), count(*) FROM articles WHERE ingested_at >= ? GROUP BY 1 ORDER BY 1"
LATER = (
    "SELECT a.article_id, a.title, a.source, a.ingested_at, m.kind, m.resemblance, m.containment, m.containment_of_other, m.passages, "
    "m.other_revision FROM matches m JOIN articles_current a ON a.id = m.article WHERE m.other_article_id = ? "
    "ORDER BY a.ingested_at, a.article_id LIMIT ?"
)
EARLIER = "SELECT title, source FROM articles WHERE (article_id, revision) = (?, ?)"


def _shown(file: sqlite3.Connection, key: int) -> JsonObject:
    record, copies = file.execute(RECORD, (key,)).fetchone()
    return {**orjson.loads(record), "copies": copies}


def _later(file: sqlite3.Connection, article_id: str) -> Iterator[JsonObject]:
    """Articles that match this one, the earlier one of the pair."""
    for row in file.execute(LATER, (article_id, MOST_COPIES)):
        yield later_copy(row[:-2], orjson.loads(row[-2]), row[-1])


def _earlier(file: sqlite3.Connection, record: JsonObject) -> Iterator[JsonObject]:
    """Articles that this one matches."""
    for match in matches_of(record):
        title, source = file.execute(EARLIER, (match["article_id"], match["revision"])).fetchone() or (None, None)
        yield {"relation": "earlier", **match, "title": title, "source": source}
