"""How long the archive's answers take: python -m tests.benchmarks.archive [--articles 100000] [--file PATH] [--plans] [--postgres].

Articles are made up: words by Zipf's law, 200 sources, 20,000 names, a quarter copies, some revised. Median and worst of eleven runs, in ms of CPU
time: of this process, and of the server's process that answers where it is PostgreSQL.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from copydesk.shared.archive.asking import ArchiveReader, ArticleSearch, EntitySearch
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.nodes import INCOMING, PostgresNodes
from copydesk.shared.archive.postgres.reader import PostgresReader
from copydesk.shared.archive.postgres.schema import prepare_tables as prepare_database
from copydesk.shared.archive.sqlite.nodes import SqliteNodes
from copydesk.shared.archive.sqlite.reader import SqliteReader
from copydesk.shared.archive.sqlite.schema import prepare_tables
from copydesk.shared.records.base import timestamp
from tests.postgres import running_postgres
from tests.samples import entity, match

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500
RUNS = 11
PROMISED_MS = 100


def records(count: int, seed: int = 5) -> Iterator[dict[str, Any]]:
    """Records as on articles.enriched, half a minute apart."""
    chance = random.Random(seed)
    words = [f"word{number}" for number in range(30_000)]
    weights = list(accumulate(1 / (number + 5) for number in range(30_000)))
    names = [(f"Name {number} Of Place", "PERSON" if number % 2 else "ORG") for number in range(20_000)]
    common = list(accumulate(1 / (number + 10) for number in range(20_000)))
    for number in range(count):
        body = " ".join(chance.choices(words, cum_weights=weights, k=250))
        at = timestamp(BEGIN + timedelta(seconds=30 * number))
        found = [
            entity(name, kind, [(0, 5, body[:5])], link={"id": f"wikidata:Q{name.split()[1]}", "score": 0.9, "method": "name"})
            for name, kind in dict.fromkeys(chance.choices(names, cum_weights=common, k=12))
        ]
        copied = number > 100 and chance.random() < 0.25
        of = match(f"a{chance.randrange(number)}", 0) if copied else None
        title, own = " ".join(chance.choices(words, cum_weights=weights, k=8)), number if chance.random() > 0.02 else max(0, number - 50)
        yield {
            "article_id": f"a{own}", "content": body[:200], "content_type": "text/plain",
            "ingested_at": at, "title": title, "body": body, "revision": f"r{number}" if not of else "r1",
            "language": chance.choice(["en", "en", "en", "de", "fr", "ja"]), "source": f"source-{chance.randrange(200)}.example",
            "versions": {"cleaner": "1", "deduplicator": "1", "tagger": "1"}, "entities": found, "tagging": {"model": "test", "version": "1"},
            "duplicate": {"status": "duplicate" if of else "unique", "matches": [of] if of else [], "capped": False,
                          **({"kind": "near", "duplicate_of": of["article_id"]} if of else {})},
        }  # fmt: skip


def fill(path: Path, count: int) -> None:
    """Rows as the sink writes them, in one transaction: the fold, which is not measured here, would take most of the time."""
    with sqlite3.connect(path, isolation_level=None) as file:
        prepare_tables(file, 10)
        file.execute("PRAGMA synchronous = OFF")
        file.execute("BEGIN")
        nodes = SqliteNodes(file)
        batch: list[FoldedArticle] = []
        for record in records(count):
            batch.append(FoldedArticle(record, Came(record, 1_700_000_000_000)))
            if len(batch) == BATCH:
                nodes.replace(batch)
                batch = []
        nodes.replace(batch)
        file.execute("COMMIT")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def questions(reader: ArchiveReader) -> dict[str, Callable[[], Any]]:
    """What the gateway asks, the common and the rare."""
    first = reader.articles(ArticleSearch(limit=50))
    hour = timestamp(datetime.fromisoformat(first["articles"][0]["ingested_at"]) - timedelta(hours=1))
    following = {
        "newest": ArticleSearch(),
        "second page": ArticleSearch(after=first["next"]),
        "a common word": ArticleSearch("word3"),
        "a rare word": ArticleSearch("word29000"),
        "two words, one not": ArticleSearch("word50 word60 -word7"),
        "words that begin so": ArticleSearch("word12*"),
        "words that begin w": ArticleSearch("w*"),
        "a source": ArticleSearch(source="source-7.example"),
        "a language": ArticleSearch(language="ja"),
        "copies": ArticleSearch(status="duplicate"),
        "copies collapsed": ArticleSearch(collapse=True),
        "a common name": ArticleSearch(entity="name 3 of place"),
        "a rare name": ArticleSearch(entity="Name 19000 Of Place"),
        "a link and a word": ArticleSearch("word3", link="wikidata:Q3"),
        "a type": ArticleSearch(type="ORG"),
        "a day": ArticleSearch(since="2026-01-10T00:00:00.000Z", until="2026-01-11T00:00:00.000Z"),
        "a word, a source, a day": ArticleSearch("word3", source="source-7.example", since="2026-01-10T00:00:00.000Z"),
    }
    asked: dict[str, Callable[[], Any]] = {
        f"search: {name}": lambda search=search: reader.articles(search)  # type: ignore[misc]
        for name, search in following.items()
    }
    return {
        **asked,
        "article": lambda: reader.article("a500"),
        "entities": lambda: reader.entities(EntitySearch()),
        "entities by name": lambda: reader.entities(EntitySearch("Name 12")),
        "entity, common": lambda: reader.entity("Name 1 Of Place"),
        "entity by link": lambda: reader.entity("wikidata:Q300"),
        "sources": reader.sources,
        "source": lambda: reader.source("source-7.example"),
        "totals": lambda: reader.totals(hour),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--plans", action="store_true", help="show the plan of what takes longer than promised")
    parser.add_argument("--postgres", action="store_true", help="ask a PostgreSQL instead, that is made for it")
    given = parser.parse_args()
    if given.postgres:
        with running_postgres() as server:
            url = server.database("archive")
            fill_postgres(url, given.articles)
            ask_postgres(url, given.plans)
        return
    path = given.file or Path(tempfile.mkdtemp()) / "copydesk.sqlite"
    if not path.exists():
        began = time.monotonic()
        fill(path, given.articles)
        print(f"{given.articles:,} articles written in {time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    file = SqliteReader(path, longest_s=60)
    ask_all(file, time.thread_time, (lambda ask: show_plans(path, ask, file)) if given.plans else None)


def ask_all(reader: ArchiveReader, clock: Callable[[], float], explain: Callable[[Callable[[], Any]], None] | None) -> None:
    """Ask each question eleven times; `explain` is given those that take longer than promised."""
    for name, ask in questions(reader).items():
        times = []
        for _ in range(RUNS):
            began = clock()
            ask()
            times.append((clock() - began) * 1000)
        median = statistics.median(times)
        print(f"{name:32} {median:8.1f} {max(times):8.1f}{'   longer than promised' if median > PROMISED_MS else ''}", flush=True)
        if explain and median > PROMISED_MS:
            explain(ask)


def ask_postgres(url: str, plans: bool) -> None:
    reader = PostgresReader(url, longest_s=60)
    server = Path(f"/proc/{reader.questions.connection().info.backend_pid}/schedstat")
    ask_all(
        reader,
        lambda: time.thread_time() + int(server.read_text("ascii").split()[0]) / 1e9,
        (lambda ask: show_plans_of_postgres(ask, reader)) if plans else None,
    )
    reader.close()


def fill_postgres(url: str, count: int) -> None:
    """Rows as sink-postgres writes them, without the fold."""
    with connect(url) as connection:
        prepare_database(connection)
        connection.execute(INCOMING)
        nodes = PostgresNodes(connection)
        made = records(count)
        while batch := list(islice(made, BATCH)):
            newest = {(record["article_id"], record["revision"]): record for record in batch}
            with connection.transaction():
                nodes.replace([FoldedArticle(record, Came(record, 1_700_000_000_000)) for record in newest.values()])
        connection.execute("VACUUM ANALYZE")


def show_plans_of_postgres(ask: Callable[[], Any], reader: PostgresReader) -> None:
    """EXPLAIN ANALYZE of every statement of an answer that takes a tenth of what is promised, or longer."""
    connection = reader.questions.connection()
    connection.add_notice_handler(lambda notice: print(f"    {notice.message_primary}"))
    for setting in ("LOAD 'auto_explain'", f"SET auto_explain.log_min_duration = {PROMISED_MS // 10}", "SET auto_explain.log_analyze = on",
                    "SET client_min_messages = log"):  # fmt: skip
        connection.execute(setting)
    ask()
    connection.execute("SET auto_explain.log_min_duration = -1")


def show_plans(path: Path, ask: Callable[[], Any], reader: SqliteReader) -> None:
    """The plan of every statement of an answer that takes a tenth of what is promised, or longer."""
    statements: list[str] = []
    connection = reader.questions.connection()
    connection.set_trace_callback(statements.append)
    ask()
    connection.set_trace_callback(None)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        for statement in (one for one in dict.fromkeys(statements) if sqlite3.complete_statement(f"{one};")):
            began = time.thread_time()
            file.execute(statement).fetchall()
            took_ms = (time.thread_time() - began) * 1000
            if took_ms < PROMISED_MS / 10:
                continue
            print(f"    {took_ms:.0f} ms: {statement[:200]}")
            for _, _, _, line in file.execute(f"EXPLAIN QUERY PLAN {statement}"):
                print(f"        {line}")


if __name__ == "__main__":
    main()
