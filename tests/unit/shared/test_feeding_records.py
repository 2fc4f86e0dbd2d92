"""Addresses and sources are checked at the edge as all records are: what cannot be fetched is refused with the field and a remedy."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from copydesk.shared.edge import article_url, feed_source
from copydesk.shared.records.feeding import ArticleUrl, FeedSource, encoded, host_of
from copydesk.shared.stage import Rejected


def refused(**fields: Any) -> str:
    found = article_url(orjson.dumps(fields))
    assert isinstance(found, Rejected)
    return found.detail


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org/a", "//example.org/a", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)", "https://", "http:///a",
        "https://user:word@example.org/", "https://example.org:0/", "https://example.org:99999/", "https://example.org\\@evil.example/",
        "https://example.org/a b", "https://example.org/\r\nHost: evil", "https://[::1", "https://" + "a" * 9000, "https://a..example/",
        "https://" + "a" * 64 + ".example/", 7, None, ["https://a.example"],
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_is_refused_by_name(url: object) -> None:
    assert refused(url=url).startswith("url: ")


@pytest.mark.parametrize(("field", "value"), [("attempts", -1), ("attempts", "3"), ("title", ["a"]), ("not_before", "soon"), ("redirects", 1.5)])
def test_a_field_of_a_wrong_kind_is_refused_by_name(field: str, value: object) -> None:
    assert refused(url="https://example.org/a", **{field: value}).startswith(f"{field}: ")


def test_what_is_nested_too_deep_is_refused_by_name() -> None:
    deep: Any = "x"
    for _ in range(80):
        deep = [deep]
    assert refused(url="https://example.org/a", desk=deep).startswith("desk: ")


def test_what_a_feed_knew_and_what_nobody_knows_survive() -> None:
    given = {"url": "https://example.org/a#top", "title": "Ferry stops", "desk": {"name": "coast"}, "not_before": "2031-01-05T09:00:00+01:00"}
    found = article_url(orjson.dumps({**given, "author": None}))
    assert isinstance(found, ArticleUrl)
    written = orjson.loads(encoded(found))
    assert written == {**given, "url": "https://example.org/a", "not_before": "2031-01-05T08:00:00.000Z"}
    assert article_url(encoded(found)) == found


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.ORG:8443/a", "example.org"), ("http://example.org./a", "example.org"), ("https://élan.example/", "xn--lan-9la.example"),
        ("http://[::1]:80/", "::1"),
    ],
)  # fmt: skip
def test_the_host_is_written_in_one_way(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_source_is_checked_like_an_address() -> None:
    found = feed_source(b'{"url": "https://example.org/feed.xml", "content": "feed", "most_interval_s": 3600}')
    assert isinstance(found, FeedSource)
    assert found.content == "feed"
    for wrong in ({"url": "feed"}, {"url": "https://example.org/", "content": "all"}, {"url": "https://example.org/", "least_interval_s": 0}):
        assert isinstance(feed_source(orjson.dumps(wrong)), Rejected)
