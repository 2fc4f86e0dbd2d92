"""Identity and completion of raw records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from copydesk.shared.records.base import content_hash, timestamp
from copydesk.shared.records.raw import RawArticle, article_id_of, complete

NOW = datetime(2024, 5, 18, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a", "https://example.org/a#comments", "https://EXAMPLE.org/a", "https://example.org/a?utm_source=feed"],
)
def test_one_page_has_one_id(url: str) -> None:
    assert article_id_of(url, None, "x") == article_id_of("https://example.org/a", "other source", "other content")


def test_without_a_url_source_and_content_decide() -> None:
    assert article_id_of(None, "a", "b") != article_id_of(None, "ab", "")
    assert article_id_of(None, "a", "b") == article_id_of("", "a", "b")
    assert article_id_of("x", None, "x") != article_id_of(None, None, "x")


@given(
    st.lists(st.text(st.characters(exclude_characters="\x1f")), min_size=1), st.lists(st.text(st.characters(exclude_characters="\x1f")), min_size=1)
)
def test_content_hash_tells_lists_of_texts_apart(one: list[str], other: list[str]) -> None:
    assert (content_hash(*one) == content_hash(*other)) == (one == other)


def test_timestamp_has_one_form() -> None:
    assert timestamp(datetime.fromisoformat("2024-05-18T11:10:00.1234+02:00")) == "2024-05-18T09:10:00.123Z"


def test_complete_adds_only_what_lacks() -> None:
    assert complete({"content": "x", "article_id": "mine", "ingested_at": "then"}, NOW) == {
        "content": "x",
        "article_id": "mine",
        "ingested_at": "then",
    }
    assert complete({"content": "x"}, NOW)["ingested_at"] == "2024-05-18T09:10:00.000Z"


def test_five_minutes_ahead_is_the_limit() -> None:
    raw = {"article_id": "a", "content": "x"}
    now = datetime.now(UTC)
    RawArticle.model_validate({**raw, "ingested_at": now + timedelta(minutes=4)})
    with pytest.raises(ValidationError, match="five minutes"):
        RawArticle.model_validate({**raw, "ingested_at": now + timedelta(minutes=6)})
    with pytest.raises(ValidationError, match="time zone"):
        RawArticle.model_validate({**raw, "ingested_at": "2024-01-01T00:00:00"})
