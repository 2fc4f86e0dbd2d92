"""What was told of stories, in a SQLite file: of each article what was told last, in whatever order it comes, and nothing of what was taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence

import orjson

from copydesk.shared.archive.asking import ArticleSearch
from copydesk.shared.archive.sqlite.conditions import newest_of
from copydesk.shared.archive.stories import COLUMNS, LEDE, FoundArticle, named_in, sorted_told, told_row, without_nearest
from copydesk.shared.records.retraction import article_key
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stage import Rejected
from copydesk.shared.stories.summary import ToldArticle

INTO = f"INTO article_stories ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
REPLACE = f"INSERT OR REPLACE {INTO}"
KEEP = (
    f"INSERT {INTO} "
    f"ON CONFLICT (article_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])} "
    "WHERE (excluded.at, excluded.told) > (article_stories.at, article_stories.told)"
)
TAKEN_BACK = "SELECT article_id FROM retractions WHERE state = 'retracted' AND key IN (SELECT value FROM json_each(?))"
OF_NEAREST = "SELECT told FROM article_stories WHERE nearest IN (SELECT value FROM json_each(?))"
OF_ARTICLES = "SELECT article_id, story FROM article_stories WHERE article_id IN (SELECT value FROM json_each(?))"
COUNTS = """
SELECT story, count(*) FROM article_stories s WHERE story IN (SELECT value FROM json_each(?))
AND EXISTS (SELECT 1 FROM articles a WHERE a.article_id = s.article_id) GROUP BY story
"""
ARTICLES = """
SELECT {}, s.told FROM article_stories s CROSS JOIN articles_current a ON a.article_id = s.article_id WHERE s.story = ?
ORDER BY a.ingested_at DESC, a.article_id DESC LIMIT ?
"""
WHOLE = "a.record"
BRIEF = (
    "json_object('article_id', a.article_id, 'title', a.title, 'source', a.source, 'published_at', a.published_at, 'ingested_at', a.ingested_at, "
    f"'body', substr(a.body, 1, {LEDE}))"
)


def keep_stories(values: Sequence[bytes], file: sqlite3.Connection) -> list[Rejected | None]:
    """Keep what was told, within a transaction: one answer for each value, None where it is kept, or older than what is there, or taken back."""
    told, answers = sorted_told(values)
    keys = orjson.dumps([article_key(name) for name in named_in(told)]).decode()
    gone = {article_id for (article_id,) in file.execute(TAKEN_BACK, (keys,))}
    file.executemany(KEEP, (told_row(without_nearest(one, gone)) for one in told if one.article_id not in gone))
    return answers


def withdraw_stories(article_ids: Collection[str], file: sqlite3.Connection) -> None:
    """What was told of these articles goes, and what links others to them; the service tells of the others again."""
    gone = orjson.dumps(list(article_ids)).decode()
    linked = [without_nearest(StoryTold.model_validate_json(told), article_ids) for (told,) in file.execute(OF_NEAREST, (gone,)).fetchall()]
    file.executemany(REPLACE, map(told_row, linked))
    file.execute("DELETE FROM article_stories WHERE article_id IN (SELECT value FROM json_each(?))", (gone,))


class SqliteStories:
    """Implements `copydesk.shared.archive.stories.StoryRows`."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def newest(self, search: ArticleSearch, most: int) -> list[FoundArticle]:
        return [FoundArticle(at, name) for _, at, name in newest_of(search, self._file, most)]

    def stories_of(self, article_ids: Collection[str]) -> dict[str, str]:
        return dict(self._file.execute(OF_ARTICLES, (orjson.dumps(list(article_ids)).decode(),)))

    def counts(self, stories: Collection[str]) -> dict[str, int]:
        return dict(self._file.execute(COUNTS, (orjson.dumps(list(stories)).decode(),)))

    def articles_of(self, story: str, most: int, brief: bool) -> Iterator[ToldArticle]:
        for record, told in self._file.execute(ARTICLES.format(BRIEF if brief else WHOLE), (story, most)):
            yield ToldArticle(orjson.loads(record), StoryTold.model_validate_json(told))
