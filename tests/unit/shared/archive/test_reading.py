"""What an archive answers, whatever database it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copydesk.shared.archive.asking import ArticleSearch, EntitySearch, search_terms
from copydesk.shared.archive.sqlite.reader import SqliteReader
from copydesk.shared.errors import CopydeskError, UnavailableError
from tests.archives import ArchivePair
from tests.samples import enriched, entity, fact, match

HOSTILE = [
    "'; DROP TABLE articles; --", '" OR 1=1', "%", "_", "\\", "*", "NEAR(a b)", "title:x", "{a b}:c",
    "a AND", "NOT", "(", "^x", "\u0000x", "x'||y", "日本", "🗞️",
]  # fmt: skip


def copy(name: str, of: str, second: int, **fields: Any) -> dict[str, Any]:
    verdict = {"status": "duplicate", "kind": "near", "duplicate_of": of, "matches": [match(of)], "capped": False}
    return enriched(name, second=second, duplicate=verdict, **fields)


def ids(answer: dict[str, Any]) -> list[str]:
    return [record["article_id"] for record in answer["articles"]]


def found(archive: ArchivePair, **conditions: Any) -> list[str]:
    return ids(archive.reader.articles(ArticleSearch(**conditions)))


@pytest.fixture
def filled(archive: ArchivePair) -> ArchivePair:
    ferry = "The ferry between Elwick and Port Averil stops for six weeks, the harbour board said."
    ibm = entity("IBM", "ORG", [(0, 3, "IBM")])
    archive.store(
        enriched("a", second=1, source="agency.example", body=ferry, title="No ferry"),
        copy("b", "a", 2, source="post.example", body=ferry, title="Six weeks without a ferry"),
        enriched(
            "c",
            second=3,
            source="post.example",
            language="de",
            body="Streik am Hafen",
            title="Häfen",
            entities=[ibm],
        ),
        enriched("d", second=4, source="agency.example", body="Nothing of the kind."),
    )
    return archive


def test_articles_come_newest_first_and_page_by_page(filled: ArchivePair) -> None:
    first = filled.reader.articles(ArticleSearch(limit=3))
    assert ids(first) == ["d", "c", "b"]
    second = filled.reader.articles(ArticleSearch(limit=3, after=first["next"]))
    assert (ids(second), second["next"]) == (["a"], None)
    filled.store(enriched("e", second=5))
    assert ids(filled.reader.articles(ArticleSearch(limit=3, after=first["next"]))) == ["a"], "what is new moves no page"


@pytest.mark.parametrize(
    ("conditions", "wanted"),
    [
        ({"text": "ferry"}, ["b", "a"]),
        ({"text": '"six weeks" ferry'}, ["b", "a"]),
        ({"text": '"weeks six"'}, []),
        ({"text": "ferry -without"}, ["a"]),
        ({"text": "harb*"}, ["b", "a"]),
        ({"text": "hafen"}, ["c"]),
        ({"text": "haf*"}, ["c"]),
        ({"text": "f* -without"}, ["a"]),
        ({"text": "harbour*"}, ["b", "a"]),
        ({"entity": "joe biden"}, ["d", "b", "a"]),
        ({"entity": "Tokyo", "type": "PERSON"}, []),
        ({"entity": "Tokyo", "type": "gpe"}, ["d", "b", "a"]),
        ({"link": "geonames:1850147"}, ["d", "b", "a"]),
        ({"entity": "geonames:1850147"}, ["d", "b", "a"]),
        ({"source": "post.example"}, ["c", "b"]),
        ({"language": "de"}, ["c"]),
        ({"status": "duplicate"}, ["b"]),
        ({"collapse": True}, ["d", "c", "a"]),
        ({"since": "2024-05-18T09:00:02.000Z", "until": "2024-05-18T09:00:04.000Z"}, ["c", "b"]),
        ({"text": "ferry", "source": "post.example"}, ["b"]),
    ],
    ids=str,
)
def test_conditions_choose_articles(filled: ArchivePair, conditions: dict[str, Any], wanted: list[str]) -> None:
    assert found(filled, **conditions) == wanted


def test_scripts_without_spaces_are_searched_by_their_characters(filled: ArchivePair) -> None:
    filled.store(enriched("j", second=6, title="東京の港", body="東京の港で船が止まった。"))
    assert found(filled, text="東京") == found(filled, text="船が -ferry") == ["j"]
    assert found(filled, text="京東") == found(filled, text="東京 -船") == []


GLUED = {
    "j": ("NHK", "nhk", "東京", "NHK東京", "NHK東京*", "nh*", "NHK harbour", "harb* -ferry"),
    "z": ("iPhone17", "iPhone17发布", "发布", "cafe", "发布 cafe"),
    "t": ("กิน", "COVID", "COVIDใน", "ในกรุงเทพ", "กรุงเทพ*"),
    "ba": ("harbour -NHK", "harbour -東京"),
    "": ("東京NHK", '"harbour 東京"', "NHK ferry", '"café 发布"', "17", "กน"),
}


def test_words_of_other_scripts_are_found_where_they_are_glued_to_characters(filled: ArchivePair) -> None:
    filled.store(
        enriched("j", second=6, body="けさのNHK東京のニュース: harbour。"),
        enriched("z", second=7, title="苹果", body="苹果公司iPhone17发布会在café举行"),
        enriched("t", second=8, body="กินข้าว พบCOVIDในกรุงเทพ"),
    )
    for wanted, texts in GLUED.items():
        assert {text: found(filled, text=text) for text in texts} == {text: list(wanted) for text in texts}


def test_a_page_tells_what_the_found_articles_have_in_common(filled: ArchivePair) -> None:
    answer = filled.reader.articles(ArticleSearch())
    assert answer["facets"]["source"] == [{"value": "agency.example", "count": 2}, {"value": "post.example", "count": 2}]
    assert answer["facets"]["language"] == [{"value": "en", "count": 3}, {"value": "de", "count": 1}]
    assert answer["facets"]["status"] == [{"value": "unique", "count": 3}, {"value": "duplicate", "count": 1}]
    assert answer["facets"]["entity"][0] == {"value": "Joe Biden", "type": "PERSON", "link": None, "count": 3}
    assert {record["article_id"]: record["copies"] for record in answer["articles"]} == {"a": 1, "b": 0, "c": 0, "d": 0}


def test_an_article_comes_with_its_revisions_copies_and_corrections(filled: ArchivePair) -> None:
    filled.store(enriched("a", "r2", 9, fetched_at="2024-05-19T00:00:00Z", title="Later"), fact("late", "a", 9, 1), fact("b", "a", 2, 1))
    answer = filled.reader.article("a")
    assert answer is not None
    assert (answer["article"]["title"], [one["revision"] for one in answer["revisions"]]) == ("Later", ["r2", "r1"])
    assert [(one["relation"], one["article_id"], one["source"], one["passages"][0]["start"]) for one in answer["copies"]] == [
        ("later", "b", "post.example", 0)
    ]
    copied = filled.reader.article("b")
    assert copied is not None
    assert [(one["relation"], one["article_id"], one["title"]) for one in copied["copies"]] == [("earlier", "a", "No ferry")]
    assert [one["fact_id"] for one in copied["corrections"]] == ["b-a"]
    assert found(filled, text="later") == ["a"]
    assert found(filled, text="ferry") == ["b"], "only what an article is now is found"
    assert filled.reader.article("nobody") is None


def test_names_are_counted_and_found_by_a_part(filled: ArchivePair) -> None:
    answer = filled.reader.entities(EntitySearch(limit=2))
    assert [(one["name"], one["articles"], one["mentions"]) for one in answer["entities"]] == [("Joe Biden", 3, 6), ("Tokyo", 3, 3)]
    more = filled.reader.entities(EntitySearch(limit=2, after=answer["next"]))
    assert ([one["name"] for one in more["entities"]], more["next"]) == (["IBM"], None)
    assert [one["name"] for one in filled.reader.entities(EntitySearch("bid"))["entities"]] == ["Joe Biden"]
    assert [one["name"] for one in filled.reader.entities(EntitySearch(type="org"))["entities"]] == ["IBM"]


@pytest.mark.parametrize("asked", ["Tokyo", "tokyo", "geonames:1850147"])
def test_a_name_comes_with_its_days_companions_and_sources(filled: ArchivePair, asked: str) -> None:
    answer = filled.reader.entity(asked)
    assert answer is not None
    assert answer["entity"] == {"name": "Tokyo", "type": "GPE", "link": "geonames:1850147", "articles": 3, "mentions": 3}
    assert answer["counts"] == [{"day": "2024-05-18", "count": 3}]
    assert answer["with"] == [{"name": "Joe Biden", "type": "PERSON", "link": None, "articles": 3}]
    assert answer["sources"] == [{"source": "agency.example", "articles": 2}, {"source": "post.example", "articles": 1}]
    assert ids(answer) == ["d", "b", "a"]
    assert filled.reader.entity("nobody") is None


def test_sources_tell_how_much_they_print_and_who_prints_whom(filled: ArchivePair) -> None:
    agency, post = filled.reader.sources()["sources"]
    assert (agency["source"], agency["articles"], agency["copies"], agency["copied_by"]) == (
        "agency.example", 2, 0, [{"source": "post.example", "articles": 1}],
    )  # fmt: skip
    assert (post["copies"], post["copied_from"]) == (1, [{"source": "agency.example", "articles": 1}])
    one = filled.reader.source("post.example")
    assert one is not None
    assert one["counts"] == [{"day": "2024-05-18", "count": 2, "copies": 1}]
    assert filled.reader.source("nobody") is None


def test_a_source_begins_and_ends_with_articles_as_they_are_now(filled: ArchivePair) -> None:
    """A revision that was replaced counts nowhere, also where it was the first or the last to come."""
    later = {"fetched_at": "2024-05-19T00:00:00Z", "source": "agency.example"}
    filled.store(enriched("a", "r2", 20, **later), enriched("e", second=50, source="agency.example"))
    filled.store(enriched("e", "r2", 30, **later))
    for agency in (filled.reader.sources()["sources"][0], filled.reader.source("agency.example")):
        assert agency is not None
        told = (agency["source"], agency["articles"], agency["first"], agency["last"])
        assert told == ("agency.example", 3, "2024-05-18T09:00:04.000Z", "2024-05-18T09:00:30.000Z")


def test_totals_count_by_the_minute(filled: ArchivePair) -> None:
    assert filled.reader.totals("2024-05-18T00:00:00.000Z") == {
        "articles": 4,
        "copies": 1,
        "per_minute": [{"at": "2024-05-18T09:00:00.000Z", "count": 4}],
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_client_is_anything_but_a_value(filled: ArchivePair, text: str) -> None:
    for name in ("entity", "type", "link", "source", "language"):
        assert isinstance(found(filled, **{name: text}), list)
    filled.reader.entities(EntitySearch(text, text))
    assert filled.reader.entity(text) is filled.reader.source(text) is filled.reader.article(text) is None
    try:
        found(filled, text=text)
    except CopydeskError as error:
        assert error.remedy
    assert found(filled) == ["d", "c", "b", "a"]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIl0", "é", "A" * 999])
def test_a_cursor_that_is_none_is_refused(filled: ArchivePair, cursor: str) -> None:
    with pytest.raises(CopydeskError, match="no cursor"):
        filled.reader.articles(ArticleSearch(after=cursor))
    with pytest.raises(CopydeskError, match="no cursor"):
        filled.reader.entities(EntitySearch(after=cursor))


def test_words_of_a_search() -> None:
    assert [(term.text, term.prefix, term.without) for term in search_terms('ferry "six weeks" harb* -strike')] == [
        ("ferry", False, False), ("six weeks", False, False), ("harb", True, False), ("strike", False, True),
    ]  # fmt: skip
    with pytest.raises(CopydeskError, match="has to be there"):
        search_terms("-strike")


def test_a_file_that_is_not_there_yet_or_is_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="no archive yet"):
        SqliteReader(tmp_path / "none").articles(ArticleSearch())
    (tmp_path / "other").write_bytes(b"no database at all" * 100)
    with pytest.raises(UnavailableError, match="cannot be opened"):
        SqliteReader(tmp_path / "other").articles(ArticleSearch())
