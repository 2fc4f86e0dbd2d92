"""The edge: what is refused says which field and what to do; what is admitted fits the contract, and nothing of a feed is lost."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.edge import KNOWN, MOST_LEVELS, MOST_NAMES, admitted, fact
from copydesk.shared.records.given import FOUND, part_to_merge
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import CLEANED, ENRICHED, RAW
from tests.samples import enriched
from tests.samples import fact as a_fact

AT = 1_716_023_400_000  # 2024-05-18T09:10:00Z
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.floats(-(2.0**60), 2.0**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def of_feed(**fields: Any) -> dict[str, Any]:
    found = admitted(orjson.dumps({"content": "words", **fields}), RAW, AT)
    assert not isinstance(found, Rejected), found
    return found


def refusal(value: bytes | dict[str, Any], topic: Any = RAW, at: int = AT) -> Rejected:
    found = admitted(value if isinstance(value, bytes) else orjson.dumps(value), topic, at)
    assert isinstance(found, Rejected), found
    return found


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", 5), ("content", ["a"]), ("url", 5), ("url", ["https://a.example"]), ("url", "x" * 20_000),
        ("source", {"name": "a"}), ("title", ["a"]),
        ("author", {"name": "a"}), ("author", ["A", "B"]), ("language", 7), ("published_at", ["2024"]), ("published_at", True), ("headers", "a: b"),
        ("headers", {"age": 5}), ("article_id", 7), ("article_id", "x" * 513), ("content_type", 1), ("encoding", ["utf-8"]), ("fetched_at", "soon"),
        ("fetched_at", "0001-01-01T00:00:00+05:00"), ("fetched_at", "9999-12-31T23:59:59-05:00"), ("ingested_at", "1969-12-31T23:59:59Z"),
        ("ingested_at", -5), ("ingested_at", {"ms": 1}),
    ],
)  # fmt: skip
def test_a_field_of_a_wrong_form_is_named_with_the_remedy(field: str, value: Any) -> None:
    found = refusal({"content": "words", field: value})
    assert found.reason == "invalid_record"
    assert found.detail.startswith(field)
    assert any(word in found.detail for word in ("correct it", "leave the field out", "write it as", "zone")), found.detail


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", "not_json"), (b"\xff\xfe{", "not_json"), (b'{"content":"\xe9"}', "not_json"), (b'{"content":"a","n":NaN}', "not_json"),
        (b'{"content":"a","n":-Infinity}', "not_json"), (b'{"content":"a","n":1e999}', "not_json"), (b'{"content":"\\ud800"}', "not_json"),
        (b'{"content":"a","n":' + b"[" * 5_000 + b"]" * 5_000 + b"}", "not_json"), (b'"text"', "not_an_object"), (b"[]", "not_an_object"),
        (b'{"content":"a","n":' + b"[" * 300 + b"]" * 300 + b"}", "invalid_record"), (b'{"content":"a","n":' + b"9" * 40 + b"}", "invalid_record"),
        (b'{"content":"a","n":{"m":[-1e30]}}', "invalid_record"),
    ],
)  # fmt: skip
def test_json_that_cannot_be_kept_is_refused(value: bytes, reason: str) -> None:
    assert refusal(value).reason == reason


@pytest.mark.parametrize(("record", "told"), [
    ({"title": "x", "lang": "en", "text": "The ferry stops."}, "`text` is what was fetched"), ({"body": "It stops.", "content": None}, "`body`"),
    ({"title": "x", "url": "https://a.example/"}, "content: is absent, and needed here"),
])  # fmt: skip
def test_a_record_of_another_program_is_told_what_its_text_is_called(record: dict[str, object], told: str) -> None:
    found = admitted(orjson.dumps(record), RAW, AT)
    assert isinstance(found, Rejected) and told in found.detail


def test_a_byte_order_mark_is_passed_over_and_of_a_name_twice_the_last_counts() -> None:
    assert admitted(b'\xef\xbb\xbf{"content":"a","title":"x","title":"y"}', RAW, AT) == of_feed(content="a", title="y")


def test_bounds_of_what_is_unknown() -> None:
    deep: Any = "x"
    for _ in range(MOST_LEVELS - 1):
        deep = [deep]
    assert of_feed(own=deep)["own"] == deep
    assert "nested" in refusal({"content": "a", "own": [deep]}).detail
    many = {f"own{number}": 1 for number in range(MOST_NAMES)}
    assert of_feed(**many)["own7"] == 1
    assert "1,001 fields" in refusal({"content": "a", "more": 1, **many}).detail


@pytest.mark.parametrize(
    "field", ["title", "author", "published_at", "language", "source", "url", "fetched_at", "ingested_at", "article_id", "encoding"]
)
@pytest.mark.parametrize("nothing", [None, "", " \n\t", "\u00a0"])
def test_an_empty_field_is_as_if_it_were_absent(field: str, nothing: str | None) -> None:
    assert of_feed(**{field: nothing}) == of_feed()


@given(st.dictionaries(st.sampled_from(sorted(FOUND)), JSON, max_size=4))
def test_what_a_feed_says_under_names_of_stages_is_kept_aside(fields: dict[str, Any]) -> None:
    record = of_feed(**fields)
    said = {name: value for name, value in fields.items() if value not in (None, {}) and not (isinstance(value, str) and not value.strip())}
    assert not FOUND & record.keys() - {"given"}
    assert record.get("given", {}) == said


@pytest.mark.parametrize("words", ["12 hours ago", "gestern", 20210503])
def test_a_time_of_publication_in_words_stands_aside(words: Any) -> None:
    record = of_feed(published_at=words)
    assert "published_at" not in record
    assert record["given"] == {"published_at": words}


def test_what_comes_in_as_a_number_goes_on_as_a_time() -> None:
    record = of_feed(ingested_at=1_716_023_400, fetched_at=1_716_023_400_500, published_at=1_716_023_400)
    assert [record[name] for name in ("ingested_at", "fetched_at", "published_at")] == [
        "2024-05-18T09:10:00.000Z", "2024-05-18T09:10:00.500Z", "2024-05-18T09:10:00Z",
    ]  # fmt: skip


@pytest.mark.parametrize("at", [-1, -(1 << 62), 1 << 62])
def test_a_log_that_tells_no_possible_time_is_not_believed(at: int) -> None:
    assert "ingested_at" in refusal({"content": "a"}, at=at).detail
    found = admitted(b'{"content":"a","ingested_at":"2024-05-18T09:10:00Z"}', RAW, at)
    assert not isinstance(found, Rejected)


FEED = {"title": "Given", "published_at": "2024-05", "language": "de", "ingested_at": "2024-05-18T09:10:00Z"}
PART = {
    "title": "Found", "author": "Ann", "body": "b", "language": "en", "language_confidence": 0.9, "published_at": "2024-05-18",
    "published_precision": "day", "origins": {"title": "text", "author": "text", "language": "detected", "published_at": "json-ld"},
}  # fmt: skip


def test_what_the_feed_stated_stands_and_is_called_given() -> None:
    added = part_to_merge(FEED, dict(PART))
    assert {"title", "language", "published_at", "language_confidence"}.isdisjoint(added)
    assert (added["author"], added["published_precision"]) == ("Ann", "month")
    assert added["origins"] == {"title": "given", "author": "text", "language": "given", "published_at": "given"}
    assert part_to_merge({}, dict(PART)) == PART


@pytest.mark.parametrize(
    "fields",
    [
        {"versions": {"cleaner": 1}}, {"versions": "1"}, {"dateline": "ROME"}, {"entities": {}}, {"duplicate": {"status": "unknown"}},
        {"blocks": [{"start": -1, "end": 2}]}, {"blocks": [{"start": 0, "end": 1 << 60}]}, {"language_confidence": "0.5"}, {"removed": [1]},
        {"metadata": {"paywalled": 1}}, {"ingested_at": "3024-01-01T00:00:00Z"}, {"fetched_at": "1969-01-01T00:00:00Z"}, {"revision": ""},
        {"entities": [{"canonical": "A", "type": "ORG", "mentions": [], "count": True, "salience": 0.5}]}, {"quotes": [None]}, {"given": []},
    ],
)  # fmt: skip
def test_every_known_field_is_judged_wherever_it_enters(fields: dict[str, Any]) -> None:
    (name,) = fields
    for topic in (CLEANED, ENRICHED):
        assert refusal(enriched("a", **fields), topic).detail.startswith(name)


def test_newer_writers_are_borne_with() -> None:
    record = enriched("a", mood={"calm": 1})
    record["entities"][0]["new"] = [1]
    assert admitted(orjson.dumps(record), ENRICHED, AT) == record


@given(st.sampled_from(sorted(KNOWN.model_fields)), JSON)
def test_any_value_in_any_field_is_admitted_or_refused(field: str, value: Any) -> None:
    for topic in (RAW, ENRICHED):
        found = admitted(orjson.dumps({**enriched("a"), field: value}), topic, AT)
        assert not isinstance(found, Rejected) or field in found.detail


@given(st.binary(max_size=40) | JSON.map(orjson.dumps))
def test_any_bytes_are_a_record_or_refused(value: bytes) -> None:
    for topic in (RAW, CLEANED):
        found = admitted(value, topic, AT)
        assert isinstance(found, Rejected | dict)
    assert isinstance(fact(value), Rejected)


@given(st.sampled_from(sorted(type(a_fact("b", "a", 1, 0)).model_fields)), JSON)
def test_any_value_in_a_fact_is_admitted_or_refused(field: str, value: Any) -> None:
    written = {**a_fact("b", "a", 1, 0).model_dump(mode="json"), field: value}
    found = fact(orjson.dumps(written))
    assert not isinstance(found, Rejected) or found.detail.startswith(field)


TAGS = ("en", "EN_us", "zh-Hant-TW", "haw")
CODES_AND_NAMES = {"eng": "en", "ger-AT": "de-AT", "English": "en", "german": "de"}
NO_LANGUAGES = ("und", "UND", "mul", "unknown", "n/a", "xx", "x" * 9, "y" * 5_000)


@pytest.mark.parametrize(
    ("given_language", "read"), [*((tag, tag) for tag in TAGS), *CODES_AND_NAMES.items(), *((text, None) for text in NO_LANGUAGES)]
)
def test_a_language_is_a_tag_or_stands_aside(given_language: str, read: str | None) -> None:
    record = of_feed(language=given_language)
    assert record.get("language") == read
    assert record.get("given") == (None if read else {"language": given_language})
