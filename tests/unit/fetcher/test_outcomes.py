"""What an answer means for an address, how robots.txt and reservations are read, and in what order hosts have their turns."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.fetcher import pages, robots
from copydesk.services.fetcher.brake import LagBrake
from copydesk.services.fetcher.errands import WANTED, Errand, errand_of
from copydesk.services.fetcher.outcomes import FetchFailed, FetchOutcome, Later, Moved, Page, Unchanged, of_answer, of_error
from copydesk.services.fetcher.reserved import mining_rules, reservation
from copydesk.services.fetcher.robots import Rules
from copydesk.services.fetcher.schedule import Host, Schedule
from copydesk.services.fetcher.site_files import Elsewhere, SiteFile, SiteFileBook, Unknown, kept
from copydesk.services.fetcher.turns import RequestSlots
from copydesk.shared.records.feeding import ArticleUrl
from copydesk.shared.settings import Settings
from copydesk.shared.topology import BY_NAME
from copydesk.shared.web.answers import FetchError, WebAnswer

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
URL = "https://example.org/a"
RECORD = ArticleUrl(url=URL, title="Ferry stops")


def answer(status: int, body: bytes = b"", url: str = URL, **headers: str) -> WebAnswer:
    return WebAnswer(url, status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def outcome(found: WebAnswer, record: ArticleUrl = RECORD, remembered: dict[str, str] | None = None, asked: bool = False) -> FetchOutcome:
    return of_answer(record, found, remembered or {}, asked, NOW)


def remembered(body: bytes, record: ArticleUrl = RECORD) -> dict[str, str]:
    found: dict[str, str] = orjson.loads(pages.memory(record, answer(200, body, etag='"1"'), {}, NOW))
    return found


def test_a_new_page_and_a_changed_one_are_pages_and_the_same_bytes_are_not() -> None:
    assert isinstance(outcome(answer(200, b"a")), Page)
    assert isinstance(outcome(answer(200, b"b"), remembered=remembered(b"a")), Page)
    assert isinstance(outcome(answer(200, b"a"), remembered=remembered(b"a")), Unchanged)


def test_the_same_page_under_a_new_title_goes_again_and_under_none_it_does_not() -> None:
    before = remembered(b"a")
    assert isinstance(outcome(answer(200, b"a"), ArticleUrl(url=URL, title="Ferry stops for weeks"), before), Page)
    assert isinstance(outcome(answer(200, b"a"), ArticleUrl(url=URL, feed="https://example.org/sitemap.xml"), before), Unchanged)


def test_not_modified_counts_only_where_it_was_asked() -> None:
    assert isinstance(outcome(answer(304), asked=True), Unchanged)
    assert isinstance(outcome(answer(304)), FetchFailed)


@pytest.mark.parametrize(
    ("location", "url"), [("/b", "https://example.org/b"), ("//other.example/c#d", "https://other.example/c"), ("?p=2", f"{URL}?p=2")]
)
def test_a_redirect_leads_to_an_absolute_address(location: str, url: str) -> None:
    assert outcome(answer(302, location=location)) == Moved(url)


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://", "http://user:word@example.org/", "http://[::1", URL])
def test_a_redirect_that_leads_nowhere_fails(location: str) -> None:
    assert isinstance(outcome(answer(301, location=location)), FetchFailed)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), ("Mon, 05 Jan 2026 08:10:00 GMT", 600.0), ("Mon, 05 Jan 2026 07:00:00 GMT", 0.0), ("999999999999", 86_400.0), ("soon", None)],
)
def test_a_busy_host_waits_as_long_as_it_says(value: str, seconds: float | None) -> None:
    found = outcome(answer(429, retry_after=value))
    assert isinstance(found, Later)
    assert (found.busy, found.wait_s) == (True, seconds)


@pytest.mark.parametrize("status", [408, 500, 502, 504, 599])
def test_trouble_of_a_server_may_pass(status: int) -> None:
    found = outcome(answer(status))
    assert isinstance(found, Later)
    assert not found.busy


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 410, 451, 300, 204, 999])
def test_what_is_refused_or_gone_fails_with_the_status_as_its_reason(status: int) -> None:
    found = outcome(answer(status))
    assert isinstance(found, FetchFailed | Later)
    assert found.reason == f"http_{status}"


def test_errors_pass_or_last() -> None:
    assert isinstance(of_error(FetchError("timeout", "")), Later)
    assert isinstance(of_error(FetchError("private_address", "", lasting=True)), FetchFailed)


def rules(text: str) -> Rules:
    return robots.parsed(text, "Copydesk")


def test_robots_are_read_for_our_name_and_a_slip_in_a_delay_is_bounded() -> None:
    found = rules("User-agent: copydesk\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n")
    assert found.allow("https://example.org/a")
    assert not found.allow("https://example.org/private/a")
    assert found.delay_s == 7
    assert rules("User-agent: *\nCrawl-delay: 999999").delay_s == 3600
    assert rules("User-agent: *\nRequest-rate: 1/30").delay_s == 30


@given(st.text())
def test_no_robots_file_makes_it_fail(text: str) -> None:
    found = rules(text)
    found.allow(URL)
    assert found.delay_s >= 0


def test_a_site_file_is_kept_asked_for_again_and_followed_within_the_host() -> None:
    book = SiteFileBook(SiteFile("r", "/robots.txt", 1_000, rules))
    asked, now_ms = Unknown("https://example.org/robots.txt"), int(NOW.timestamp() * 1000)
    assert book.look("https://example.org", None, now_ms) == asked
    value = orjson.dumps(kept(answer(200, b"User-agent: *\nDisallow: /", cache_control="max-age=60"), asked, NOW, 86_400))
    known = book.look("https://example.org", value, now_ms)
    assert isinstance(known, Rules)
    assert not known.allow(URL)
    assert book.look("https://example.org", value, now_ms + 3_600_001) == asked
    gone = book.look("https://example.org", orjson.dumps(kept(answer(404), asked, NOW, 86_400)), now_ms)
    assert isinstance(gone, Rules)
    assert gone.allow(URL)
    moved = orjson.dumps(kept(answer(301, location="https://example.org/r.txt"), asked, NOW, 86_400))
    assert book.look("https://example.org", moved, now_ms) == Unknown("https://example.org/r.txt", 1)
    moved = orjson.dumps(kept(answer(301, location="https://www.example.org/r.txt"), asked, NOW, 86_400))
    assert book.look("https://example.org", moved, now_ms) == Elsewhere(now_ms + 600_000)
    assert book.look("https://example.org", moved, now_ms + 600_001) == asked


@pytest.mark.parametrize(
    ("headers", "body", "said"),
    [
        ({"tdm-reservation": "1"}, b"", ["header tdm-reservation"]),
        ({"tdm-reservation": "0", "x-robots-tag": "index, follow"}, b"<meta name=description content='no ai'>", []),
        ({"x-robots-tag": "index, NoAI"}, b"", ["header robots noai"]),
        ({}, b'<meta content="1" name="tdm-reservation"/>', ["meta tdm-reservation"]),
        ({}, b"<META NAME=Copydesk CONTENT='noai'>", ["meta copydesk noai"]),
    ],
)
def test_reservations_are_found_in_headers_and_meta_elements(headers: dict[str, str], body: bytes, said: list[str]) -> None:
    assert reservation(headers, body, "Copydesk") == said


def test_of_the_places_of_a_reservation_the_one_nearest_to_the_page_counts() -> None:
    free, taken = b"<meta name=tdm-reservation content=0>", b"<meta name=tdm-reservation content=1>"
    assert reservation({}, b"", "Copydesk", by_file=True) == ["tdmrep.json"]
    assert reservation({"tdm-reservation": "0"}, b"", "Copydesk", by_file=True) == []
    assert reservation({"tdm-reservation": "1"}, free, "Copydesk", by_file=False) == []
    assert reservation({"tdm-reservation": "0"}, taken, "Copydesk") == ["meta tdm-reservation"]


@pytest.mark.parametrize(
    ("path", "reserved"),
    [
        ("/open/a", False), ("/news/a/b.html", True), ("/news/a.html?p=2", None), ("/", None), ("/caf%C3%A9", True), ("/caf%c3%a9/x", True),
        ("/%7Ea", True), ("/end", True), ("/end/", None), ("/x/paid/2", True),
    ],
)  # fmt: skip
def test_the_first_rule_of_a_tdmrep_file_that_matches_a_path_counts(path: str, reserved: bool | None) -> None:
    file = [
        {"location": "/open/", "tdm-reservation": 0}, {"location": "/news/*.html$", "tdm-reservation": "1"},
        {"location": "/café", "tdm-reservation": 1}, {"location": "/~a", "tdm-reservation": 1, "tdm-policy": "https://example.org/p"},
        {"location": "/end$", "tdm-reservation": 1}, {"location": "*/paid/", "tdm-reservation": 1}, {"location": "/open/a", "tdm-reservation": 1},
        {"location": 7, "tdm-reservation": 1}, {"location": "/"}, {"location": "/", "tdm-reservation": 2}, "rule", None,
    ]  # fmt: skip
    assert mining_rules(orjson.dumps(file).decode()).reserved(f"https://example.org{path}") is reserved


@given(st.text() | st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)).map(repr))
def test_no_tdmrep_file_makes_it_fail(text: str) -> None:
    assert mining_rules(text).reserved(URL) in (None, True, False)


def test_an_errand_is_known_by_its_header_and_what_is_none_is_an_address_like_others() -> None:
    errand = Errand("r", "https://example.org", 2)
    assert errand_of(errand.headers) == errand
    for text in (
        "",
        "r",
        "r 2",
        "r x https://example.org",
        "r 2 file:///etc",
        "r 2 https://a:b@example.org",
        "r -1 https://example.org",
        "r ² https://a.example",
    ):
        assert errand_of({WANTED: text}) is None


def test_requests_are_held_back_while_too_much_of_what_came_is_not_confirmed() -> None:
    slots = RequestSlots(2, most_unconfirmed=100)
    assert (slots.take(), slots.take(), slots.take()) == (True, True, False)
    slots.give()
    with slots.unconfirmed(100):
        assert not slots.take()
    assert slots.take()


def test_the_fetcher_pauses_while_any_stage_is_behind_and_not_for_a_sink() -> None:
    brake = LagBrake(Settings(), most=10)
    for lags, on in (({"tagger": 11}, True), ({"tagger": 10}, False), ({"sink": 99}, False), ({"cleaner": 12}, True)):
        brake.look_at({**dict.fromkeys(BY_NAME, 0), **lags})
        assert brake.on is on


def test_hosts_have_their_turns_when_they_are_ready_and_not_while_a_request_has_not_left() -> None:
    schedule = Schedule(concurrency=2)
    for name, ready_at in (("b", 2.0), ("a", 1.0)):
        schedule.add(Host(name, 1.0, ready_at))
    assert schedule.next(0.5) is None
    first = schedule.next(2.0)
    assert first is not None
    assert first.name == "a"
    first.active, first.unsent = 1, True
    schedule.wake(first)
    second = schedule.next(2.0)
    assert second is not None
    assert second.name == "b"
    assert schedule.next(9.0) is None
    first.unsent, first.ready_at = False, 3.0
    schedule.wake(first)
    schedule.wake(first)
    assert schedule.soonest() == 3.0
    assert schedule.next(3.0) is first
