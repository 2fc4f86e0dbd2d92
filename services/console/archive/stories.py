"""What the sink's SQLite file holds of stories."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stories.summary import ToldArticle

ROWS = "SELECT a.record, s.told FROM article_stories s JOIN articles_current a ON a.article_id = s.article_id WHERE s.story IN ({})"
OF_SIZE = "SELECT story FROM article_stories GROUP BY story HAVING count(*) >= ?"
OF_ARTICLE = "SELECT story FROM article_stories WHERE article_id = ?"


def told_in(path: Path, article_id: str | None, least: int) -> Iterator[ToldArticle]:
    """Articles with what was told of them: those of an article's story, else of all stories of so many articles.

    Raises CopydeskError for a file that is not there, or is of a version before there were stories.
    """
    if not path.is_file():
        raise CopydeskError(f"{path}: there is no such file", "run the sink first, or set COPYDESK_SQLITE_PATH")
    query, given = (OF_SIZE, least) if article_id is None else (OF_ARTICLE, article_id)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            for record, told in connection.execute(ROWS.format(query), (given,)):
                yield ToldArticle(orjson.loads(record), StoryTold.model_validate_json(told))
        except sqlite3.DatabaseError as error:
            raise CopydeskError(
                f"{path}: it cannot tell of stories ({error})", "run the sink of this version on it, and the service stories"
            ) from error
