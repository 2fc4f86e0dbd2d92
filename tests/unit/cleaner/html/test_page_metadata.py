"""Metadata: each field from the most trusted source that states it, with that source's name."""

from __future__ import annotations

import json

import lxml.html
import pytest

from copydesk.services.cleaner.html import jsonld
from copydesk.services.cleaner.html.bylines import clean_author
from copydesk.services.cleaner.html.facts import gather
from copydesk.services.cleaner.html.headline import Title, choose_title, without_site
from copydesk.services.cleaner.html.metadata import Metadata, metadata, title_of
from copydesk.services.cleaner.html.moments import StatedTime, of_url, stated_time
from copydesk.services.cleaner.title import fold_title

URL = "https://www.gazette.example/2024/05/14/bridge.html"


def _found(head: str = "", body: str = "<p>x</p>", url: str | None = URL, html: str = "<html lang='en-GB'>") -> Metadata:
    root = lxml.html.document_fromstring(f"{html}<head>{head}</head><body>{body}</body></html>")
    facts = gather(root)
    return metadata(facts, url, title_of(facts, url, [Title(element.text_content(), element.tag) for element in facts.headings]))


def _ld(**node: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@context': 'https://schema.org', '@type': 'NewsArticle', **node})}</script>"


def test_json_ld_is_trusted_first() -> None:
    head = (
        _ld(
            headline="Bridge to be rebuilt",
            author=[{"@type": "Person", "name": "By Jo Field"}, {"name": "Ann Lee"}],
            datePublished="2024-05-14T09:30:12+02:00",
            articleSection="Local",
            isAccessibleForFree="False",
            publisher={"name": "The Gazette"},
        )
        + "<meta property='og:title' content='Another'><meta name='author' content='Nobody Else'>"
    )
    found = _found(head)
    assert (found.title, found.author) == ("Bridge to be rebuilt", "Jo Field, Ann Lee")
    assert found.published == StatedTime("2024-05-14T09:30:12+02:00", "second")
    assert found.more == {"site_name": "The Gazette", "section": "Local", "paywalled": True}
    assert found.origins == {
        "title": "json-ld", "author": "json-ld", "published_at": "json-ld", "site_name": "json-ld", "section": "json-ld",
        "paywalled": "json-ld", "language": "html",
    }  # fmt: skip


def test_references_within_json_ld_are_followed() -> None:
    graph = {"@graph": [{"@type": "Article", "headline": "H", "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "Jo Field"}]}
    assert _found(f"<script type='application/ld+json'>{json.dumps(graph)}</script>").author == "Jo Field"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "A\nB",}',
        '<!-- {"@type": "Article", "headline": "A B"} -->',
        '{"@type":["Thing","http://schema.org/Article"],"headline":"A B"}',
    ],
)
def test_json_ld_is_read_with_what_pages_get_wrong(text: str) -> None:
    root = lxml.html.document_fromstring(f"<html><head><script type='application/ld+json'>{text}</script></head><body>x</body></html>")
    assert jsonld.text((jsonld.article_node(jsonld.nodes(root)) or {}).get("headline")) == "A B"


def test_opengraph_meta_and_links() -> None:
    found = _found(
        "<link rel='canonical' href='/bridge'><meta property='og:site_name' content='The Gazette'><meta property='og:image' content='/b.jpg'>"
        "<meta property='article:published_time' content='2024-05-14'><meta name='author' content='Jo Field'>"
        "<meta property='article:content_tier' content='locked'>"
    )
    assert found.more == {
        "canonical_url": "https://www.gazette.example/bridge", "site_name": "The Gazette",
        "image": "https://www.gazette.example/b.jpg", "paywalled": True
    }  # fmt: skip
    assert (found.published, found.origins["published_at"]) == (StatedTime("2024-05-14", "day"), "opengraph")
    assert found.origins["canonical_url"] == "link"


def test_microdata_is_read() -> None:
    body = (
        "<div itemscope><span itemprop='author'><b itemprop='name'>Jo Field</b></span>"
        "<time itemprop='datePublished' datetime='2024-05-14T08:00Z'></time></div>"
    )
    found = _found(body=body)
    assert (found.author, found.published) == ("Jo Field", StatedTime("2024-05-14T08:00:00Z", "minute"))
    assert (found.origins["author"], found.origins["published_at"]) == ("microdata", "microdata")


def test_the_url_is_the_last_word_on_the_date() -> None:
    found = _found()
    assert (found.published, found.origins["published_at"]) == (StatedTime("2024-05-14", "day"), "url")


def test_amp_and_print_pages_say_so() -> None:
    found = _found(html="<html amp lang='de'>", url="https://gazette.example/bridge?print=1")
    assert (found.more["amp"], found.more["print_page"], found.language) == (True, True, "de")


def test_addresses_that_are_none_are_left_out() -> None:
    assert "image" not in _found("<meta property='og:image' content='data:image/png;base64,xx'>").more
    assert "canonical_url" not in _found("<link rel='canonical' href='http://[broken'>").more


@pytest.mark.parametrize(
    "stated,headings,site,expected",
    [
        (["Bridge to be rebuilt | The Gazette"], ["The Gazette", "Bridge to be rebuilt"], "The Gazette", "Bridge to be rebuilt"),
        (["Bridge to be rebuilt - Gazette"], ["Blog"], None, "Bridge to be rebuilt"),  # the host names the site
        (["SEO words for the bridge to be rebuilt"], ["Bridge to be rebuilt"], None, "Bridge to be rebuilt"),
        (["Bridge to be rebuilt"], ["Bridge to be rebuilt Posted on May 14, 2024"], None, "Bridge to be rebuilt"),
        ([], ["Bridge to be rebuilt"], None, "Bridge to be rebuilt"),
        (["Old bridge to stay shut - Gazette"], ["Trial adjourned"], None, "Trial adjourned"),  # a template's title of another page
        (["Why – and how – it works"], [], "The Gazette", "Why – and how – it works"),
    ],
)
def test_the_headline_is_what_stated_titles_and_headings_agree_on(stated: list[str], headings: list[str], site: str | None, expected: str) -> None:
    found = choose_title([Title(text, "title") for text in stated], [Title(text, "h1") for text in headings], site, URL)
    assert found is not None
    assert found.text == expected


def test_no_title_is_none() -> None:
    assert choose_title([], [], None, None) is None


def test_only_known_names_are_parted_off() -> None:
    assert without_site("Bridges - a history", [frozenset({"gazette"})]) == "Bridges - a history"
    assert fold_title(" A\u00a0B ") == "a b"


@pytest.mark.parametrize(
    "text,expected",
    [
        ("2024-05-14T09:30:00+0200", StatedTime("2024-05-14T09:30:00+02:00", "minute")),
        ("2024-05-14T00:00:00Z", StatedTime("2024-05-14", "day")),
        ("2024-05-14 09:30:05.123", StatedTime("2024-05-14T09:30:05", "second")),
        ("Tue, 14 May 2024 09:30:00 GMT", StatedTime("2024-05-14T09:30:00Z", "minute")),
        ("May 14, 2024", StatedTime("2024-05-14", "day")),
        ("2024-05", StatedTime("2024-05", "month")),
        ("2024", StatedTime("2024", "year")),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_keep_the_precision_that_was_stated(text: str, expected: StatedTime | None) -> None:
    assert stated_time(text) == expected


@pytest.mark.parametrize(
    "url,expected",
    [
        ("https://x.example/2024/05/slug", StatedTime("2024-05", "month")),
        ("https://x.example/2024/02/31/x", None),
        ("https://x.example/99", None),
        (None, None),
    ],
)
def test_dates_of_urls(url: str | None, expected: StatedTime | None) -> None:
    assert of_url(url) == expected


@pytest.mark.parametrize(
    "raw,expected",
    [
        ("By Jo Field | May 14, 2024", "Jo Field"),
        ("https://x.example/jo", None),
        ("admin", None),
        ("von Anna Berg", "Anna Berg"),
        ("Jo Field, BBC News", "Jo Field"),
        ("Great Day Editorial Team", "Great Day Editorial Team"),
        ("Lokales Redaktion", "Lokales Redaktion"),
        ("Jo Field and the Gazette Team", "Jo Field"),
        ("undefined", None),
        ("{{ article.author }}", None),
        ("sara.r.peter", "sara.r.peter"),
    ],
)
def test_authors_are_names(raw: str, expected: str | None) -> None:
    assert clean_author(raw) == expected
