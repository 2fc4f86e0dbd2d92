"""What was told of stories, in PostgreSQL: the fold and the questions of SQLite's file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from copydesk.shared.archive.asking import ArticleSearch
from copydesk.shared.archive.postgres.conditions import query_of
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.rows import Row
from copydesk.shared.archive.stories import COLUMNS, LEDE, FoundArticle, named_in, sorted_told, told_row, without_nearest
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.retraction import article_key
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stage import Rejected
from copydesk.shared.stories.summary import ToldArticle

UPSERT = (
    f"INSERT INTO article_stories ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "
    f"ON CONFLICT (article_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)
KEEP = f"{UPSERT} WHERE (excluded.at, excluded.told) > (article_stories.at, article_stories.told)"
HOLD = "SELECT hold_stories()"
TAKEN_BACK = "SELECT article_id FROM retractions WHERE state = 'retracted' AND key = ANY(%s)"
OF_NEAREST = "SELECT told FROM article_stories WHERE nearest = ANY(%s)"
OF_ARTICLES = "SELECT article_id, story FROM article_stories WHERE article_id = ANY(%s)"
COUNTS = """
SELECT story, count(*) FROM article_stories s WHERE story = ANY(%s) AND EXISTS (SELECT 1 FROM articles a WHERE a.article_id = s.article_id)
GROUP BY story
"""
ARTICLES = """
SELECT {}, told FROM (
    SELECT f.article, s.told, f.ingested_at, f.article_id FROM article_stories s JOIN searchable f ON f.article_id = s.article_id AND f.current
    WHERE s.story = %s ORDER BY f.ingested_at DESC, f.article_id DESC LIMIT %s
) s JOIN articles a ON a.id = s.article ORDER BY s.ingested_at DESC, s.article_id DESC
"""
WHOLE = "a.record"
BRIEF = (
    "jsonb_build_object('article_id', a.article_id, 'title', a.title, 'source', a.source, 'published_at', a.published_at, "
    f"'ingested_at', a.record->>'ingested_at', 'body', left(a.body, {LEDE}))"
)


def keep_stories(values: Sequence[bytes], connection: Any) -> list[Rejected | None]:
    """Keep what was told, within a transaction that keeps retractions out: an answer for each value, as in SQLite."""
    told, answers = sorted_told(values)
    if told:
        connection.execute(HOLD)
        gone = {name for (name,) in connection.execute(TAKEN_BACK, ([as_jsonb(article_key(name)) for name in named_in(told)],))}
        _write(KEEP, [without_nearest(one, gone) for one in told if one.article_id not in gone], connection)
    return answers


def withdraw_stories(article_ids: Collection[str], connection: Any) -> None:
    """What was told of these articles goes, and what links others to them; the service tells of the others again."""
    gone = [as_jsonb(name) for name in article_ids]
    connection.execute(HOLD)
    linked = [StoryTold.model_validate_json(told) for (told,) in connection.execute(OF_NEAREST, (gone,)).fetchall()]
    _write(UPSERT, [without_nearest(one, article_ids) for one in linked], connection)
    connection.execute("DELETE FROM article_stories WHERE article_id = ANY(%s)", (gone,))


def _write(query: str, told: Sequence[StoryTold], connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(query, [_row(one) for one in told])


def _row(told: StoryTold) -> Row:
    return tuple(as_jsonb(list(told_row(told))))


class PostgresStories:
    """Implements `copydesk.shared.archive.stories.StoryRows`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def newest(self, search: ArticleSearch, most: int) -> list[FoundArticle]:
        query, values = query_of(search, most)
        return [FoundArticle(timestamp(row[2]), row[1]) for row in self._connection.execute(query, values)]

    def stories_of(self, article_ids: Collection[str]) -> dict[str, str]:
        return dict(self._connection.execute(OF_ARTICLES, (list(article_ids),)).fetchall())

    def counts(self, stories: Collection[str]) -> dict[str, int]:
        return dict(self._connection.execute(COUNTS, (list(stories),)).fetchall())

    def articles_of(self, story: str, most: int, brief: bool) -> Iterator[ToldArticle]:
        for record, told in self._connection.execute(ARTICLES.format(BRIEF if brief else WHOLE), (story, most)):
            yield ToldArticle(record, StoryTold.model_validate_json(told))
