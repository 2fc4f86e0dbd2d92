"""What PostgreSQL searches says what the articles say, whatever came, in whatever order, by however many writers, and what was there before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import orjson
import pytest

from copydesk.shared.archive.asking import ArticleSearch
from copydesk.shared.archive.postgres import searchable
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.reader import PostgresReader
from copydesk.shared.archive.postgres.schema import FORMS
from copydesk.shared.archive.postgres.writer import PostgresSink
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.archives import PATIENCE_S
from tests.postgres import LocalPostgres
from tests.samples import enriched

DIFFERS = """
SELECT count(*) FROM articles a FULL JOIN searchable s ON s.article = a.id WHERE s.article IS NULL
OR (a.article_id, a.ingested_at, a.source, a.language, a.status, a.duplicate_of, EXISTS (SELECT 1 FROM articles_current c WHERE c.id = a.id))
IS DISTINCT FROM (s.article_id, s.ingested_at, s.source, s.language, s.status, s.duplicate_of, s.current)
"""


@pytest.fixture
def database(postgres: LocalPostgres) -> Iterator[Any]:
    """A connection to a new database."""
    with connect(postgres.database("searchable")) as connection:
        yield connection
    with connect(postgres.url("postgres")) as connection:
        connection.execute("DROP DATABASE searchable WITH (FORCE)")


def url_of(connection: Any, postgres: LocalPostgres) -> str:
    return postgres.url(connection.info.dbname)


def written(name: str, revision: str, day: int, **fields: Any) -> Written:
    fetched_at = f"2024-06-{day:02d}T00:00:00Z"
    return Written(ENRICHED, orjson.dumps(enriched(name, revision, day % 60, fetched_at=fetched_at, source=f"{revision}.example", **fields)), 1)


def test_two_replicas_that_write_revisions_of_the_same_articles_agree_on_what_is_current(database: Any, postgres: LocalPostgres) -> None:
    revisions = [written(f"a{number}", f"r{day}", day) for number in range(12) for day in (1, 2, 3, 4)]

    def write(seed: int) -> None:
        sink = PostgresSink(url_of(database, postgres))
        sink.open()
        mixed = Random(seed).sample(revisions, len(revisions))
        for first in range(0, len(mixed), 8):
            assert not any(sink.write(mixed[first : first + 8]))
        sink.close()

    with ThreadPoolExecutor(3) as writers:
        list(writers.map(write, range(3)))
    assert database.execute(DIFFERS).fetchone() == (0,)
    assert database.execute("SELECT count(*), count(*) FILTER (WHERE current) FROM searchable").fetchone() == (48, 12)


def test_articles_whose_time_is_over_leave_another_revision_current(database: Any, postgres: LocalPostgres) -> None:
    sink = PostgresSink(url_of(database, postgres), days_kept=1)
    sink.open()
    sink.write([written("a", "r1", 5), written("a", "r2", 9, title="Newer")])
    database.execute("UPDATE articles SET ingested_at = now() WHERE revision = 'r1'")
    database.execute("UPDATE searchable s SET ingested_at = a.ingested_at FROM articles a WHERE a.id = s.article")
    assert sink.tidy() == 1
    assert database.execute(DIFFERS).fetchone() == (0,)
    assert database.execute("SELECT source, current FROM searchable").fetchall() == [("r1.example", True)]
    sink.close()


def test_a_database_of_before_becomes_searchable_a_little_at_a_time(database: Any, postgres: LocalPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searchable, "AT_ONCE", 3)
    fill_as_form_4(database, postgres)
    sink, reader = PostgresSink(url_of(database, postgres)), PostgresReader(url_of(database, postgres), PATIENCE_S)
    sink.open()
    sink.write([written("a2", "r9", 29, title="New")])
    found = []
    while sink.tidy():
        found.append(len(reader.articles(ArticleSearch("title"))["articles"]))
    assert found == [3, 5, 7], "the newest first, three in a transaction; a replaced revision is not found"
    assert database.execute(DIFFERS).fetchone() == (0,)
    reader.close()
    sink.close()


def fill_as_form_4(database: Any, postgres: LocalPostgres) -> None:
    """Eight articles and a revision, as the version before `searchable` left them."""
    sink = PostgresSink(url_of(database, postgres))
    sink.open()
    sink.write([written(f"a{number}", "r1", number + 1) for number in range(8)])
    sink.close()
    tables = ("articles", "entities", "mentions", "matches", "facts")
    for table in tables:
        database.execute(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM {table}")
    database.execute(f"DROP TABLE {', '.join(tables)}, searchable, not_searchable_yet, retractions, article_stories, form CASCADE")
    database.execute("DROP FUNCTION text_search_of, forget_story_of_article, hold_stories")
    for script in sorted((FORMS.folder / "migrations").glob("*.sql"))[:4]:
        database.execute(script.read_text("utf-8"))
    for table in tables:
        database.execute(f"INSERT INTO {table} {'OVERRIDING SYSTEM VALUE ' if table == 'articles' else ''}SELECT * FROM old_{table}")
    database.execute("SELECT setval(pg_get_serial_sequence('articles', 'id'), (SELECT max(id) FROM articles))")
    database.execute("CREATE TABLE form (number INTEGER NOT NULL)")
    database.execute("INSERT INTO form VALUES (4)")
