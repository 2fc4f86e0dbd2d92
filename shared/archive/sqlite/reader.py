"""SqliteReader: the file of the sink, opened read-only, by any number of threads at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import orjson

from copydesk.shared.archive.asking import COUNTED, LONGEST_S, MOST_COPIES, ArticleSearch, EntitySearch, StorySearch, cursor_of, place_of
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.archive.shaping import later_copy, page_of_entities
from copydesk.shared.archive.sqlite import entity_queries, source_queries
from copydesk.shared.archive.sqlite.conditions import newest_of
from copydesk.shared.archive.sqlite.facets import facets_of
from copydesk.shared.archive.sqlite.questions import SqliteQuestions
from copydesk.shared.archive.sqlite.stories import SqliteStories
from copydesk.shared.archive.stories import page_of_stories, whole_story
from copydesk.shared.records.plain import JsonObject

COPIES = "(SELECT count(DISTINCT m.article) FROM matches m WHERE m.other_article_id = a.article_id AND m.kind <> 'shared_background')"
RECORD = f"SELECT a.record, {COPIES} FROM articles a WHERE a.id = ?"
REVISIONS = (
    "SELECT record FROM articles WHERE article_id = ? "
    "ORDER BY coalesce(fetched_at, ingested_at) DESC, releases DESC, common_version DESC, written_ms DESC, revision DESC"
)


class SqliteReader:
    """Implements `copydesk.shared.archive.asking.ArchiveReader`. The file may come later than this, and may be replaced."""

    def __init__(self, path: Path, longest_s: float = LONGEST_S) -> None:
        self.questions = SqliteQuestions(path, longest_s)

    def close(self) -> None:
        self.questions.close()

    def articles(self, search: ArticleSearch) -> JsonObject:
        with self.questions.asked() as file:
            counts = search.facets and search.after is None
            found = newest_of(search, file, max(COUNTED, search.limit + 1) if counts else search.limit + 1)
            answer: JsonObject = {
                "articles": [_shown(file, key) for key, _, _ in found[: search.limit]],
                "next": cursor_of(*found[search.limit - 1][1:]) if len(found) > search.limit else None,
            }
            return answer if not counts else {**answer, **facets_of(file, [row[0] for row in found])}

    def article(self, article_id: str) -> JsonObject | None:
        with self.questions.asked() as file:
            revisions = [orjson.loads(record) for (record,) in file.execute(REVISIONS, (article_id,))]
            if not revisions:
                return None
            facts = file.execute("SELECT value FROM facts WHERE article_id = ? ORDER BY fact_id", (article_id,))
            return {
                "article": revisions[0],
                "revisions": revisions,
                "copies": [*_earlier(file, revisions[0]), *_later(file, article_id)],
                "corrections": [orjson.loads(value) for (value,) in facts],
                "story": SqliteStories(file).stories_of([article_id]).get(article_id),
            }

    def entities(self, search: EntitySearch) -> JsonObject:
        skipped = int(place_of(search.after, (int,))[0]) if search.after else 0
        with self.questions.asked() as file:
            found = entity_queries.entities(file, search, skipped)
        return page_of_entities(found, search.limit, skipped)

    def entity(self, name_or_link: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return entity_queries.entity(file, name_or_link)

    def sources(self) -> JsonObject:
        with self.questions.asked() as file:
            return {"sources": source_queries.sources(file), "counted": COUNTED}

    def source(self, name: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return source_queries.source(file, name)

    def stories(self, search: StorySearch) -> JsonObject:
        with self.questions.asked() as file:
            return page_of_stories(search, SqliteStories(file))

    def story(self, name: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return whole_story(name, SqliteStories(file))

    def totals(self, since: str) -> JsonObject:
        with self.questions.asked() as file:
            articles, copies = (file.execute(query).fetchone()[0] for query in ("SELECT count(*) FROM articles", COUNT_COPIES))
            minutes = file.execute(PER_MINUTE, (since,)).fetchall()
        return {"articles": articles, "copies": copies, "per_minute": [{"at": f"{at}:00.000Z", "count": count} for at, count in minutes]}


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
