"""From the cleaner on a reference stands for what was fetched; a setting carries the content on, as before."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import orjson
import pytest

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import create
from copydesk.shared.envelope import Passed, Payload, compute
from copydesk.shared.known_good import PARAGRAPHS, TITLE
from copydesk.shared.records.cleaned import CleanedArticle
from copydesk.shared.trace.contents import bytes_of

TEXT = "\n\n".join((TITLE, *PARAGRAPHS))
PAGE = f"<html><head><title>{TITLE}</title></head><body><p>{'</p><p>'.join(PARAGRAPHS)}</p><p>Öl</p></body></html>".encode("cp1252", "replace")


def cleaned(given: dict[str, Any], settings: CleanerSettings | None = None) -> dict[str, Any]:
    (found,) = compute(create(settings or CleanerSettings()), [Payload(orjson.dumps(given), 1_716_000_000_000)])
    assert isinstance(found, Passed), found
    record: dict[str, Any] = orjson.loads(found.value)
    CleanedArticle.model_validate(record)
    return record


@pytest.mark.parametrize(
    ("given", "fetched"),
    [
        ({"content": TEXT}, TEXT.encode()),
        ({"content": TEXT, "encoding": "cp1252"}, TEXT.encode()),
        ({"content": base64.b64encode(PAGE).decode(), "encoding": "base64", "content_type": "text/html"}, PAGE),
    ],
)
def test_the_bytes_that_were_fetched_are_named_not_carried(given: dict[str, Any], fetched: bytes) -> None:
    record = cleaned(given)
    assert "content" not in record
    assert record["content_ref"] == {"sha256": hashlib.sha256(fetched).hexdigest(), "length": len(fetched)}
    assert bytes_of(given) == fetched
    assert {name: value for name, value in given.items() if name != "content"}.items() <= record.items()


def test_a_setting_carries_the_content_on_and_changes_nothing_else() -> None:
    carried, left = cleaned({"content": TEXT}, CleanerSettings(carry_content=True)), cleaned({"content": TEXT})
    assert carried["content"] == TEXT
    assert carried == {**{name: value for name, value in left.items() if name != "content_ref"}, "content": TEXT}


def test_a_field_of_that_name_from_a_feed_stays_the_feeds() -> None:
    record = cleaned({"content": TEXT, "content_ref": "shelf 7"})
    assert (record["given"], record["content_ref"]["length"]) == ({"content_ref": "shelf 7"}, len(TEXT.encode()))


@pytest.mark.parametrize("record", [{}, {"content": None}, {"content": "a", "encoding": "base64"}])
def test_a_record_without_what_was_fetched_has_none(record: dict[str, Any]) -> None:
    assert bytes_of(record) is None
