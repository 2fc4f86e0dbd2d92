"""The SQLite sink: rows depend on what came, not on when, how often or in which order."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.services.sink.settings import SinkSettings
from copydesk.services.sink.stage import create
from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.schema import FORMS
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS
from tests.old_files import as_form
from tests.samples import enriched, fact, match


def article(*arguments: Any, **fields: Any) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(*arguments, **fields)))


def correction(*arguments: Any) -> Written:
    return Written(CORRECTIONS, orjson.dumps(fact(*arguments).model_dump(mode="json", exclude_none=True)))


def rows(path: Path, batches: Sequence[Sequence[Written]]) -> list[str]:
    sink = SqliteSink(path)
    sink.open()
    for batch in batches:
        assert sink.write(batch) == [None] * len(batch)
    sink.close()
    return list(dump(path))


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[SqliteSink]:
    sink = create(SinkSettings(home=tmp_path))
    sink.open()
    yield sink
    sink.close()


def ask(sink: SqliteSink, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(sink.path) as connection:
        return connection.execute(query, values).fetchall()


SEEN_B = {"status": "duplicate", "kind": "near", "duplicate_of": "b", "matches": [match("b", 2)], "capped": False}
SCRIPT: list[Written] = [
    article("a", second=1),
    article("b", second=2),
    article("c", second=3, duplicate=SEEN_B),
    article("c", second=3),  # a view that saw nothing
    article("c", second=9),  # fed again later
    article("c", revision="r2", second=5),
    correction("c", "a", 3, 1),
    correction("b", "a", 2, 1),
    correction("a", "z", 1, 0),
]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return rows(tmp_path_factory.mktemp("expected") / "expected.sqlite", [SCRIPT])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(SCRIPT), again=st.lists(st.sampled_from(SCRIPT), max_size=6), size=st.integers(1, 16))
def test_any_order_any_batches_any_repetition_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, expected: list[str], order: list[Written], again: list[Written], size: int
) -> None:
    folder = tmp_path_factory.mktemp("sink")
    script = [*order, *again]
    batches = [script[at : at + size] for at in range(0, len(script), size)]
    assert rows(folder / "found.sqlite", batches) == expected
    assert len(expected) > 10


def test_feeding_twice_changes_nothing(tmp_path: Path) -> None:
    once = rows(tmp_path / "a.sqlite", [SCRIPT])
    assert rows(tmp_path / "a.sqlite", [SCRIPT]) == once


def test_corrections_complete_the_verdict_before_or_after(sink: SqliteSink) -> None:
    sink.write([correction("b", "a", 2, 1)])
    assert ask(sink, "SELECT * FROM articles") == []
    sink.write([article("b", second=2)])
    assert ask(sink, "SELECT status, kind, duplicate_of FROM articles") == [("duplicate", "near", "a")]
    sink.write([correction("b", "y", 2, 0)])
    assert ask(sink, "SELECT duplicate_of FROM articles") == [("y",)]
    assert ask(sink, "SELECT other_article_id FROM matches ORDER BY position") == [("y",), ("a",)]
    assert orjson.loads(ask(sink, "SELECT record FROM articles")[0][0])["duplicate"]["duplicate_of"] == "y"


def test_a_partial_view_and_the_full_one_add_up(sink: SqliteSink) -> None:
    seen_a = {"status": "duplicate", "kind": "near", "duplicate_of": "a", "matches": [match("a", 1)], "capped": False}
    seen_b = {"status": "duplicate", "kind": "near", "duplicate_of": "b", "matches": [match("b", 0)], "capped": False}
    sink.write([article("c", second=3, duplicate=seen_a), article("c", second=4, duplicate=seen_b)])
    assert ask(sink, "SELECT duplicate_of, ingested_at FROM articles") == [("b", "2024-05-18T09:00:03.000Z")]


def test_a_newer_stage_replaces_what_an_older_made_and_not_the_other_way(sink: SqliteSink) -> None:
    new = article("a", title="New", versions={"cleaner": "1.10"})
    old = article("a", title="Old", versions={"cleaner": "1.9"})
    for batch in ([old], [new], [old]):
        sink.write(batch)
    assert ask(sink, "SELECT title FROM articles") == [("New",)]


def test_search_finds_words_and_forgets_replaced_ones(sink: SqliteSink) -> None:
    query = "SELECT a.article_id FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ?"
    sink.write([article("a", title="Café opens", versions={"cleaner": "1"}), article("b")])
    assert ask(sink, query, "cafe") == [("a",)]
    assert len(ask(sink, query, '"met Fumio"')) == 2
    sink.write([article("a", title="Bar opens", versions={"cleaner": "2"})])
    assert ask(sink, query, "cafe") == []
    assert ask(sink, query, "bar") == [("a",)]
    ask(sink, "INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")


def test_views_answer_the_usual_questions(sink: SqliteSink) -> None:
    later = article("a", revision="r2", second=8, title="Second")
    refetched = article("a", revision="r0", second=9, title="Old fetch", fetched_at="2024-05-18T08:00:00Z")
    sink.write([article("a", second=1), later, refetched, article("b", second=2), correction("b", "a", 2, 1)])
    assert ask(sink, "SELECT title FROM articles_current WHERE article_id = 'a'") == [("Second",)]
    assert ask(sink, "SELECT article_id, duplicate_of, original_title FROM duplicates") == [("b", "a", "Title of a")]
    assert ask(sink, "SELECT link_id, canonical, articles, mentions FROM links") == [("geonames:1850147", "Tokyo", 2, 2)]
    assert ask(sink, "SELECT text FROM mentions m JOIN articles a ON a.id = m.article WHERE a.article_id = 'b' AND entity = 0") == [
        ("Joe Biden",),
        ("Biden",),
    ]


def test_bad_records_are_refused_between_good_ones(sink: SqliteSink) -> None:
    no_body = enriched("b")
    del no_body["body"]
    bad = [Written(ENRICHED, b"nonsense"), Written(ENRICHED, orjson.dumps(no_body)), Written(CORRECTIONS, b"{}"), Written(ENRICHED, b"[]")]
    answers = sink.write([article("a"), *bad, article("c")])
    assert [answer.reason if answer else None for answer in answers] == [
        None, "not_json", "invalid_record", "invalid_record", "not_an_object", None,
    ]  # fmt: skip
    assert "body" in (answers[2].detail if answers[2] else "")
    assert ask(sink, "SELECT article_id FROM articles ORDER BY 1") == [("a",), ("c",)]


def test_a_batch_is_stored_whole_or_not_at_all(sink: SqliteSink, monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.shared.archive import rows as making

    def full(*_: object) -> Iterator[Any]:
        raise sqlite3.OperationalError("disk is full")

    with monkeypatch.context() as broken, pytest.raises(UnavailableError, match="disk is full"):
        broken.setattr(making, "article_row", full)
        sink.write([correction("a", "z", 1, 0), article("a")])
    assert ask(sink, "SELECT count(*) FROM facts") == [(0,)]
    assert sink.write([article("a")]) == [None]


def test_a_full_disk_is_called_so_and_writing_goes_on_when_there_is_room(sink: SqliteSink) -> None:
    sink.write([article("a")])
    file = sink._file
    assert file is not None
    file.execute(f"PRAGMA max_page_count = {file.execute('PRAGMA page_count').fetchone()[0] + 2}")
    large = [article(f"b{number}", title="word " * 2000) for number in range(30)]
    for _ in range(2):
        with pytest.raises(UnavailableError, match=r"copydesk\.sqlite cannot be written: database or disk is full \(SQLITE_FULL\)"):
            sink.write(large)
    assert ask(sink, "SELECT article_id FROM articles") == [("a",)]
    file.execute("PRAGMA max_page_count = 1000000")
    assert sink.write(large) == [None] * 30
    assert ask(sink, "SELECT count(*) FROM articles") == [(31,)]


def test_a_damaged_file_does_not_cost_the_records(sink: SqliteSink) -> None:
    sink.write([article(f"a{number}") for number in range(40)])
    ask(sink, "PRAGMA wal_checkpoint(TRUNCATE)")
    with sink.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    with pytest.raises(UnavailableError, match="malformed"):
        sink.write([article("b")])


def test_opening_a_new_file_is_no_race(tmp_path: Path) -> None:
    for number in range(40):
        failures: list[Exception] = []
        barrier = threading.Barrier(4)

        def opening(path: Path, barrier: threading.Barrier = barrier, failures: list[Exception] = failures) -> None:
            barrier.wait()
            try:
                opened = SqliteSink(path)
                opened.open()
                opened.close()
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=opening, args=(tmp_path / f"{number}.sqlite",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []


def test_replicas_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "both.sqlite"
    script = [article(f"a{number}", second=number % 60) for number in range(60)] + [correction(f"a{n + 1}", f"a{n}", n + 1, n) for n in range(50)]

    def replica(part: list[Written]) -> None:
        rows(path, [part[at : at + 4] for at in range(0, len(part), 4)])

    threads = [threading.Thread(target=replica, args=(script[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(dump(path)) == rows(tmp_path / "one.sqlite", [script])


def test_what_is_written_outlives_the_writer_that_is_not_closed(sink: SqliteSink) -> None:
    sink.write([article("a")])
    assert ask(sink, "PRAGMA journal_mode") == [("wal",)]
    assert ask(sink, "SELECT article_id FROM articles") == [("a",)]


def test_files_that_are_not_ours_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database, only some words that are long enough" * 20)
    with pytest.raises(CopydeskError, match="COPYDESK_SQLITE_PATH"):
        SqliteSink(tmp_path / "text").open()
    newer = SqliteSink(tmp_path / "newer.sqlite")
    newer.open()
    newer.close()
    with sqlite3.connect(newer.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CopydeskError, match="upgrade"):
        newer.open()


def test_dump_is_sorted_and_names_no_internal_key(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.sqlite", [SCRIPT])
    tables = [line.split(" ", 1)[0] for line in found]
    assert [table for table, _ in itertools.groupby(tables)] == ["articles", "entities", "mentions", "matches"]
    assert all({"id", "article", "verdict"}.isdisjoint(orjson.loads(line.split(" ", 1)[1])) for line in found)


def test_a_file_of_the_first_form_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    old = enriched("a", revision="zz", second=30, versions={"cleaner": "1.9"}, title="Old", url="https://www.paper.example/a")
    script = [*SCRIPT, Written(ENRICHED, orjson.dumps(old), 5)]
    before = rows(path, [script])
    as_form(path, 1)
    with sqlite3.connect(path) as file:
        assert file.execute("UPDATE articles SET source = NULL WHERE source = 'paper.example'").rowcount == 1  # as that form had it
    sink = SqliteSink(path)
    sink.open()
    assert list(dump(path)) == before
    sink.write([article("a", revision="aa", second=30, versions={"cleaner": "1.10"}, title="New")])
    assert ask(sink, "SELECT title FROM articles_current WHERE article_id = 'a'") == [("New",)]
    words = "SELECT revision FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ? AND article_id = 'a'"
    assert [ask(sink, words, f"title:{word}") for word in ("n*", "ol*", "olden")] == [[("aa",)], [("zz",)], []]
    assert ask(sink, "PRAGMA user_version") == [(FORMS.latest,)]
    sink.close()


def test_a_check_writes_a_record_known_to_be_good_and_leaves_nothing(sink: SqliteSink) -> None:
    sink.write([article("a")])
    sink.check()
    assert ask(sink, "SELECT article_id FROM articles") == [("a",)]


def test_a_retraction_that_comes_again_takes_back_what_is_still_there(tmp_path: Path) -> None:
    said = Retraction(article_id="a", at="2026-01-06T00:00:00.000Z")
    sink = SqliteSink(tmp_path / "a.sqlite")
    sink.open()
    sink.write([article("a"), article("b")])
    with sqlite3.connect(tmp_path / "a.sqlite") as other:  # as another writer that was interrupted
        other.execute("INSERT INTO retractions VALUES (?, 'a', NULL, 'retracted', '', ?)", (said.key, said.at))
    sink.write([Written(RETRACTIONS, said.value())])
    sink.close()
    assert [orjson.loads(row.split(" ", 1)[1])["article_id"] for row in dump(tmp_path / "a.sqlite") if row.startswith("articles ")] == ["b"]
