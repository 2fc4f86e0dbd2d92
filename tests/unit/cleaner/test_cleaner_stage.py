"""The stage: every input has a typed outcome, the same each time."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import orjson
import pytest

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.sources.furniture import RepeatedLine, SourceFurniture, line_key
from copydesk.services.cleaner.stage import CleanerStage, create
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched, Rejected

INGESTED = datetime(2024, 5, 18, tzinfo=UTC)
SENTENCES = [
    "The council voted on Tuesday to keep the old library open, after more than two thousand residents had signed a petition against closing it.",
    "“We have listened,” the mayor said after the session, and added that work on the roof would begin in September with money from the county.",
    "The opposition complained that the decision had taken almost a year, and asked for a plan for three other buildings that need urgent repair.",
    "Built in 1924, the library has about eight hundred visitors a week, most of them pupils of the schools nearby, who read there in the afternoon.",
]
ARTICLE = "\n\n".join(["Council keeps old library open", "By Jane Doe", "May 14, 2024", *SENTENCES])
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in SENTENCES)
TITLE = "Council keeps old library open"
PAGE = f"<!doctype html><html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></body></html>"
MENU = "\n".join(f"{topic} {number}" for number in range(12) for topic in ("News", "Sports", "Weather"))


@pytest.fixture(scope="module")
def stage() -> CleanerStage:
    return create(CleanerSettings())


def record(content: str, **fields: object) -> RawArticle:
    return RawArticle.model_validate({"article_id": "a", "ingested_at": INGESTED, "content": content, **fields})


def outcome(stage: CleanerStage, content: str, **fields: object) -> CleanedPart | Rejected:
    [found] = stage.process([record(content, **fields)])
    if isinstance(found, Rejected):
        assert found.detail
        return found
    assert isinstance(found, Enriched) and isinstance(found.part, CleanedPart)
    assert found.part.body.strip()
    return found.part


def test_stripped_text(stage: CleanerStage) -> None:
    part = outcome(stage, ARTICLE)
    assert isinstance(part, CleanedPart)
    assert part.body.split("\n\n") == SENTENCES
    assert (part.title, part.byline, part.author) == ("Council keeps old library open", "By Jane Doe", "Jane Doe")
    assert (part.published_at, part.origins["published_at"]) == ("2024-05-14", "text")


@pytest.mark.parametrize("content_type", ["text/html", "text/plain", "application/octet-stream"])
def test_html_is_known_whatever_it_is_called(stage: CleanerStage, content_type: str) -> None:
    part = outcome(stage, PAGE, content_type=content_type)
    assert isinstance(part, CleanedPart)
    assert part.body.split("\n\n") == SENTENCES
    assert part.blocks == []


def test_text_that_is_called_html_is_text(stage: CleanerStage) -> None:
    part = outcome(stage, ARTICLE, content_type="text/html; charset=utf-8")
    assert isinstance(part, CleanedPart)
    assert part.blocks


def test_bytes_are_decoded(stage: CleanerStage) -> None:
    spanish = ARTICLE.replace("library", "librería")
    content = b64encode(spanish.encode("cp1252")).decode()
    part = outcome(stage, content, encoding="base64", headers={"Content-Type": "text/plain; charset=windows-1252"})
    assert isinstance(part, CleanedPart)
    assert "librería" in part.body


@pytest.mark.parametrize(
    ("content", "fields", "reason"),
    [
        ("", {}, "empty"),
        (" \n\t\u00a0\n", {}, "empty"),
        ("\x00\x01\x02\x03" * 100, {}, "binary"),
        ("\ufffd\x00PNG\ufffd\ufffd" * 50, {}, "binary"),
        (b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4).decode(), {"encoding": "base64"}, "binary"),
        (b64encode(b"%PDF-1.7 ...").decode(), {"encoding": "base64"}, "binary"),
        ("a", {"encoding": "base64"}, "not_base64"),
        ("word " * 4_000_000, {}, "too_large"),
        ("x" * 5_000_000, {}, "too_large"),
        (f"{PAGE[:-14]}{'<p>x</p>' * 2_500_000}", {"content_type": "text/html"}, "too_large"),
        ("Home\nNews\nShare on Facebook\n© 2024 Example. All rights reserved.", {}, "no_article"),
        (MENU, {}, "listing_page"),
        ("Home\nNews\nAlready a subscriber? Log in\nSubscribe to continue reading\nForgot password?", {}, "login_wall"),
        ("Home\n404\nPage not found\nThe page you are looking for could not be found.\nGo back", {}, "error_page"),
        ("Home\nPlay video\n0:00 / 2:31\nUnmute\nUp next\nMore videos", {}, "video_page"),
        ("Accept all cookies\n\n\n\n", {}, "no_article"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 15 else "",
)
def test_bad_input_has_a_typed_outcome(stage: CleanerStage, content: str, fields: dict[str, object], reason: str) -> None:
    found = outcome(stage, content, **fields)
    assert isinstance(found, Rejected), found
    assert found.reason == reason


@pytest.mark.parametrize(
    "content",
    ["x" * 1_900_000, "word. " * 300_000, "\n" * 1_000_000 + "a", "a\n" * 20_000, "<" * 100_000, "(" * 50_000, "By " * 5_000, "\u202e" * 3_000],
)
def test_odd_input_ends_in_some_outcome(stage: CleanerStage, content: str) -> None:
    found = outcome(stage, content)
    assert isinstance(found, Rejected) or found.body.strip()


def test_a_title_that_is_given_finds_its_line(stage: CleanerStage) -> None:
    lines = ["Example News", "Council keeps old library open", "A library saved by its readers and their very long petition", *SENTENCES]
    part = outcome(stage, "\n".join(lines), title="Council keeps old library open | Example News")
    assert isinstance(part, CleanedPart)
    assert part.title == "Council keeps old library open"


def test_the_same_record_gives_the_same_bytes(stage: CleanerStage) -> None:
    payloads = [
        Payload(orjson.dumps({"content": content, "url": f"https://example.org/{n}"}), 1_716_000_000_000)
        for n, content in enumerate([ARTICLE, PAGE, MENU])
    ]
    with ThreadPoolExecutor(2) as threads:
        first, second = (asyncio.run(apply(stage, payloads, threads)) for _ in range(2))
    assert [item.value if isinstance(item, Passed) else item for item in first] == [
        item.value if isinstance(item, Passed) else item for item in second
    ]
    assert isinstance(first[0], Passed) and orjson.loads(first[0].value)["versions"] == {"cleaner": stage.version}


def test_what_a_feed_gave_stays(stage: CleanerStage) -> None:
    payload = Payload(orjson.dumps({"content": ARTICLE, "title": "As the feed had it", "author": "Desk", "language": "en-GB"}), 1_716_000_000_000)
    [item] = asyncio.run(apply(stage, [payload]))
    assert isinstance(item, Passed)
    given = orjson.loads(item.value)
    assert (given["title"], given["author"], given["language"]) == ("As the feed had it", "Desk", "en-GB")


def test_what_a_source_repeats_is_removed_and_the_record_names_the_version(stage: CleanerStage) -> None:
    slogan = "This is the paper that the people of the valley have read at breakfast since the year of the great flood of 1887."
    page = f"{ARTICLE}\n\n{slogan}"
    before = outcome(stage, page, source="valley")
    assert isinstance(before, CleanedPart) and before.furniture_version is None
    furniture = SourceFurniture("valley", 40, (RepeatedLine(line_key(slogan), slogan, 40),))
    stage.learned("valley", furniture.dump())
    after, elsewhere = outcome(stage, page, source="valley"), outcome(stage, page, source="hills")
    stage.learned("valley", None)
    assert isinstance(after, CleanedPart) and isinstance(elsewhere, CleanedPart)
    assert after.body.split("\n\n") == SENTENCES
    assert (after.removed[-1].text, after.removed[-1].reason) == (slogan, "repeated_by_source")
    assert after.furniture_version == furniture.version
    assert elsewhere.furniture_version is None


@pytest.mark.parametrize(
    ("origin", "fetched_at", "day"),
    [
        ("crawl/2019-02-07_harbour.txt", None, "2019-02-06"),
        ("20190206T1015.html", None, "2019-02-06"),
        ("agency_20190206103000.txt", None, "2019-02-06"),
        ("2019-02-07.txt", "2023-05-01T10:00:00Z", "2023-02-06"),  # fetched: better known
        ("2019/02/07/harbour.txt", None, "2024-02-06"),  # a folder is not the file's name
        ("2019-02-07_to_2020-02-07.txt", None, "2024-02-06"),
        ("2031-02-07.txt", None, "2024-02-06"),
        ("12019020612.txt", None, "2024-02-06"),
        (None, None, "2024-02-06"),
    ],
)
@pytest.mark.parametrize("form", ["text", "html"])
def test_a_file_name_tells_the_year_of_a_dateline(stage: CleanerStage, origin: str | None, fetched_at: str | None, day: str, form: str) -> None:
    lede = f"ELWICK, Feb. 6 (Reuters) - {SENTENCES[0]}".replace(" on Tuesday", "")  # a weekday would tell the year
    content = "\n\n".join([TITLE, lede, *SENTENCES[1:]]) if form == "text" else PAGE.replace(SENTENCES[0], lede)
    part = outcome(stage, content, origin=origin, fetched_at=fetched_at)
    assert isinstance(part, CleanedPart)
    assert (part.published_at, part.origins["published_at"]) == (day, "dateline")
