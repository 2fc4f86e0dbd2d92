"""Live: what arrives is shown, held while somebody reads, filtered by the address, and nothing is lost when the gateway dies."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.articles import ARTICLES, HOSTILE, id_of, later
from tests.browser.conftest import Desk, until


def row(page: Page, title: str) -> Locator:
    return page.locator(".row", has_text=title)


def live(page: Page, filters: str = "") -> None:
    page.goto(f"#/live{filters}")
    expect(page.locator("#state")).to_contain_text("live")


def test_arrives_and_waits_while_paused(page: Page, desk: Desk) -> None:
    live(page)
    desk.feed(later(1))
    expect(row(page, "Bridge 1 opens")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    desk.feed(later(2), later(3), later(4))
    expect(page.locator(".fresh")).to_have_text("↑ 3 new")
    expect(row(page, "Bridge 2 opens")).to_have_count(0)
    assert page.title().startswith("(3)")
    page.keyboard.press("n")
    for number in (2, 3, 4):
        expect(row(page, f"Bridge {number} opens")).to_have_count(1)
    expect(page.locator(".fresh")).to_be_hidden()


def test_holds_what_comes_while_an_article_is_read(page: Page, desk: Desk) -> None:
    live(page)
    page.locator(".row [data-open]").first.click()
    expect(page.locator(".article-head h1")).to_be_visible()
    desk.feed(later(5))
    until(page, "import('/assets/wire.js').then(({ wire }) => wire.waiting.length === 1)")
    page.keyboard.press("u")
    expect(row(page, "Bridge 5 opens")).to_have_count(1)


def test_the_first_articles_come_with_the_page_itself(page: Page, desk: Desk) -> None:
    assert "<script>window.hacked" not in page.request.get("").text(), "no title ends the element that it is in"
    page.route("**/articles?*", lambda route: route.abort())
    first = row(page, ARTICLES[0]["title"])
    while first.count() == 0:  # a page does not wait for an archive that is busy, nor takes for new what came long ago
        page.goto("about:blank")
        page.goto(desk.address)
        until(page, "import('/assets/wire.js').then(({ wire }) => wire.loaded)")
        until(page, "!document.querySelector('.pending')")
    expect(first).to_have_count(1)


def test_what_is_taken_back_goes_from_the_page(page: Page, desk: Desk) -> None:
    live(page)
    desk.feed(later(12), later(13))
    for number in (12, 13):
        expect(row(page, f"Bridge {number} opens")).to_have_count(1)
    desk.take_back(id_of(later(12)))
    expect(row(page, "Bridge 12 opens")).to_have_count(0)
    expect(row(page, "Bridge 13 opens")).to_have_count(1)


def test_a_filter_is_in_the_address_and_goes_along_to_search(page: Page, desk: Desk) -> None:
    live(page)
    page.get_by_label("Source").fill("agency.example")
    page.keyboard.press("Enter")
    expect(page.locator(".row")).to_have_count(1)
    assert "source=agency.example" in page.url
    desk.feed(later(6), later(7, "agency.example"))
    expect(row(page, "Bridge 7 opens")).to_have_count(1)
    expect(row(page, "Bridge 6 opens")).to_have_count(0)
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.locator(".chip")).to_contain_text("agency.example")
    expect(page.locator(".row")).to_have_count(2)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)


def test_goes_on_where_it_was_when_the_gateway_dies(page: Page, desk: Desk) -> None:
    live(page)
    desk.feed(later(8))
    expect(row(page, "Bridge 8 opens")).to_have_count(1)
    desk.pipeline.kill("gateway")
    expect(page.locator("#state")).to_contain_text("reconnecting")
    desk.feed(later(9), later(10))
    for number in (8, 9, 10):
        expect(row(page, f"Bridge {number} opens")).to_have_count(1)
    expect(page.locator("#state")).to_contain_text("live")


def test_a_place_that_the_stream_does_not_know_is_told_and_what_was_missed_comes_from_the_archive(page: Page, desk: Desk) -> None:
    live(page)
    page.evaluate("import('/assets/wire.js').then(({ wire }) => { wire.stream.close(); wire.stream.last = '9999999.0.0.0_0.0.0.0'; })")
    desk.feed(later(11))
    until(page, "fetch('articles?q=11&source=late.example').then((answer) => answer.json()).then(({ articles }) => articles.length > 0)")
    page.evaluate("import('/assets/wire.js').then(({ wire }) => wire.stream.open())")
    expect(page.locator(".note")).to_contain_text("not of these topics")
    expect(row(page, "Bridge 11 opens")).to_have_count(1)


def test_a_hostile_title_is_text(page: Page, desk: Desk) -> None:
    page.goto("#/search?source=evil.example")
    expect(page.locator(".headline")).to_have_text(HOSTILE)
    page.locator(".headline").click()
    expect(page.locator("h1")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script, .text b").count() == 0
