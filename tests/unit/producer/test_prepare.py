"""The edge: what goes onto articles.raw and what is refused."""

from __future__ import annotations

import orjson
import pytest

from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.records.raw import RawArticle, article_id_of
from copydesk.shared.stage import Rejected

AT = 1_716_023_400_000  # 2024-05-18T09:10:00Z
LIMIT = 1_000


def sized(size: int) -> bytes:
    """A whole record of so many bytes."""
    empty = orjson.dumps({"article_id": "a", "ingested_at": "2024-05-18T09:00:00Z", "content": ""})
    return orjson.dumps({"article_id": "a", "ingested_at": "2024-05-18T09:00:00Z", "content": "x" * (size - len(empty))})


def refused(value: bytes) -> Rejected:
    result = prepare_record(value, AT, LIMIT)
    assert isinstance(result, Rejected)
    return result


def test_a_record_is_completed_to_the_contract() -> None:
    result = prepare_record(b'{"content":"words","source":"feed","extra":1}', AT, LIMIT)
    assert isinstance(result, Ready)
    record = orjson.loads(result.value)
    RawArticle.model_validate(record)
    assert result.article_id == record["article_id"] == article_id_of(None, "feed", "words")
    assert record["ingested_at"] == "2024-05-18T09:10:00.000Z"
    assert record["extra"] == 1


def test_a_whole_record_keeps_its_very_bytes() -> None:
    value = b'{ "content":"words", "article_id":"mine",\t"ingested_at":"2024-05-18T09:00:00+02:00" }'
    assert prepare_record(value, AT, LIMIT) == Ready("mine", value)


def test_the_limit_is_exact() -> None:
    assert prepare_record(sized(LIMIT), AT, LIMIT) == Ready("a", sized(LIMIT))
    assert refused(sized(LIMIT + 1)).reason == "too_large"


def test_size_counts_what_is_sent() -> None:
    bare = orjson.dumps({"content": "x" * (LIMIT - 20)})
    assert len(bare) < LIMIT
    assert "COPYDESK_RAW_LIMIT" in refused(bare).detail


@pytest.mark.parametrize(
    ("value", "reason", "word"),
    [
        (b"nonsense", "not_json", "JSON"),
        (b'["a"]', "not_an_object", "list"),
        (b'{"url":"https://example.org"}', "invalid_record", "content"),
        (b'{"content":"x","ingested_at":"2999-01-01T00:00:00Z"}', "invalid_record", "five minutes"),
        (b'{"content":"x","ingested_at":"2024-01-01T00:00:00"}', "invalid_record", "ingested_at"),
        (b'{"content":"x","article_id":7}', "invalid_record", "article_id"),
    ],
)
def test_refusals_say_what_is_wrong(value: bytes, reason: str, word: str) -> None:
    result = refused(value)
    assert result.reason == reason
    assert word in result.detail
