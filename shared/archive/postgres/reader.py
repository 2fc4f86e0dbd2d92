"""PostgresReader: the database of sink-postgres, asked read-only, by any number of threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from copydesk.shared.archive.asking import (
    COUNTED,
    FACET,
    LONGEST_S,
    MOST_COPIES,
    MOST_SOURCES,
    ArticleSearch,
    EntitySearch,
    StorySearch,
    cursor_of,
    place_of,
)
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.archive.postgres import names, sources
from copydesk.shared.archive.postgres.conditions import query_of
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.questions import PostgresQuestions
from copydesk.shared.archive.postgres.stories import PostgresStories
from copydesk.shared.archive.shaping import facet_columns, later_copy, page_of_entities
from copydesk.shared.archive.stories import page_of_stories, whole_story
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
ENTITIES = (
    "SELECT canonical, type, link_id, count(*) FROM (SELECT DISTINCT article, canonical, type, link_id FROM entities WHERE article = ANY(%s)) e "
    "GROUP BY canonical, type, link_id ORDER BY 4 DESC, 1 LIMIT %s"
)
LATER = (
    "SELECT a.article_id, a.title, a.source, a.ingested_at, m.kind, m.resemblance, m.containment, m.containment_of_other, m.passages, "
    "m.other_revision FROM matches m JOIN articles_current a ON a.id = m.article WHERE m.other_article_id = %s "
    "ORDER BY a.ingested_at, a.article_id LIMIT %s"
)
EARLIER = "SELECT title, source FROM articles WHERE (article_id, revision) = (%s, %s)"
TOTALS = "SELECT count(*), count(*) FILTER (WHERE status = 'duplicate') FROM searchable"
PER_MINUTE = "SELECT date_trunc('minute', ingested_at), count(*) FROM searchable WHERE ingested_at >= %s::timestamptz GROUP BY 1 ORDER BY 1"


class PostgresReader:
    """Implements `copydesk.shared.archive.asking.ArchiveReader`. The database may come later than this, and may be away for a while."""

    def __init__(self, url: str, longest_s: float = LONGEST_S) -> None:
        self.questions = PostgresQuestions(url, longest_s)

    def close(self) -> None:
        self.questions.close()

    def articles(self, search: ArticleSearch) -> JsonObject:
        counts = search.facets and search.after is None
        query, values = query_of(search, max(COUNTED, search.limit + 1) if counts else search.limit + 1)
        with self.questions.asked() as file:
            found = file.execute(query, values).fetchall()
            ids = [row[0] for row in found]
            last = found[search.limit - 1] if len(found) > search.limit else None
            answer: JsonObject = {
                "articles": [{**record, "copies": copies} for record, copies in file.execute(RECORD, (ids[: search.limit],))],
                "next": None if last is None else cursor_of(timestamp(last[2]), last[1]),
            }
            return answer if not counts else {**answer, **_facets(file, ids, [row[3:6] for row in found])}

    def article(self, article_id: str) -> JsonObject | None:
        asked = as_jsonb(article_id)
        with self.questions.asked() as file:
            revisions = [record for (record,) in file.execute(REVISIONS, (asked,))]
            if not revisions:
                return None
            facts = file.execute("SELECT value FROM facts WHERE article_id = %s ORDER BY fact_id", (asked,))
            corrections = [orjson.loads(value) for (value,) in facts]
            copies = [*_earlier(file, revisions[0]), *_later(file, asked)]
            story = PostgresStories(file).stories_of([asked]).get(asked)
        return {"article": revisions[0], "revisions": revisions, "copies": copies, "corrections": corrections, "story": story}

    def entities(self, search: EntitySearch) -> JsonObject:
        skipped = int(place_of(search.after, (int,))[0]) if search.after else 0
        with self.questions.asked() as file:
            found = names.entities(file, search, skipped)
        return page_of_entities(found, search.limit, skipped)

    def entity(self, name_or_link: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return names.entity(file, name_or_link)

    def sources(self) -> JsonObject:
        with self.questions.asked() as file:
            return {"sources": sources.sources(file, None, MOST_SOURCES), "counted": COUNTED}

    def source(self, name: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return sources.source(file, as_jsonb(name))

    def stories(self, search: StorySearch) -> JsonObject:
        with self.questions.asked() as file:
            return page_of_stories(search, PostgresStories(file))

    def story(self, name: str) -> JsonObject | None:
        with self.questions.asked() as file:
            return whole_story(as_jsonb(name), PostgresStories(file))

    def totals(self, since: str) -> JsonObject:
        with self.questions.asked() as file:
            articles, copies = file.execute(TOTALS).fetchone()
            minutes = file.execute(PER_MINUTE, (since,)).fetchall()
        return {"articles": articles, "copies": copies, "per_minute": [{"at": timestamp(at), "count": count} for at, count in minutes]}


def _facets(file: Any, ids: list[int], columns: list[Any]) -> JsonObject:
    entities = [{"value": name, "type": kind, "link": link, "count": count} for name, kind, link, count in file.execute(ENTITIES, (ids, FACET))]
    return {"facets": {**facet_columns(columns), "entity": entities}, "counted": len(ids)}


def _later(file: Any, article_id: str) -> Iterator[JsonObject]:
    for *about, passages, revision in file.execute(LATER, (article_id, MOST_COPIES)):
        about[3] = timestamp(about[3])
        yield later_copy(about, passages, revision)


def _earlier(file: Any, record: JsonObject) -> Iterator[JsonObject]:
    for match in matches_of(record):
        title, source = file.execute(EARLIER, (match["article_id"], match["revision"])).fetchone() or (None, None)
        yield {"relation": "earlier", **match, "title": title, "source": source}
