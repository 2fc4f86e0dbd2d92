"""The rest of the desk: dead letters are sent again, the keyboard leads everywhere, every view is accessible, in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Browser, Page, expect

from copydesk.services.gateway.keys import Keyring
from copydesk.shared.settings import Settings
from tests.browser.articles import ARTICLES, id_of
from tests.browser.conftest import Desk, show
from tests.gateway import gateway

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
COPY = id_of(ARTICLES[1])
LOOKS: tuple[tuple[str, str, int, dict[str, Any]], ...] = (
    ("wide", "light", 1440, {}),
    ("dark", "dark", 1440, {"runOnly": ["color-contrast"]}),
    ("narrow", "light", 390, {"rules": {"color-contrast": {"enabled": False}}}),
)
VIEWS = (
    "live", "search?q=ferry", "search?q=zzzzzz", f"article/{COPY}", f"article/{COPY}/removed", f"article/{COPY}/copies", f"article/{COPY}/trace",
    f"article/{COPY}/record", "article/none", "entities", "entity/Joe%20Biden", "sources", "source/desk.example", "stories?least=1",
    f"story/{id_of(ARTICLES[0])}", "story/none", "flow", "deadletters", "feeds",
)  # fmt: skip


def test_a_dead_letter_is_read_and_sent_again(page: Page, desk: Desk) -> None:
    page.goto("#/deadletters?reason=no_article")
    letter = page.locator(".letter").first
    letter.locator("summary").click()
    expect(letter.locator("pre").first).to_contain_text("<nav>")
    letter.get_by_role("button", name="Send it again").click()
    expect(letter.locator(".actions")).to_contain_text("Back on articles.raw")
    expect(letter.locator(".settled")).to_have_text("replayed")


def test_feeds_are_followed_paused_and_ended(page: Page, desk: Desk) -> None:
    page.goto("#/feeds")
    expect(page.locator(".empty-title")).to_have_text("Nothing is followed")
    for address in ("ftp://news.example/feed.xml", "https://news.example/feed.xml"):
        page.get_by_label("Feed, sitemap").fill(address)
        page.get_by_role("button", name="Follow").click()
        expect(page.locator(".note")).to_contain_text("https" if address.startswith("ftp") else "is followed")
    feed = page.locator(".feeds tbody tr")
    expect(feed).to_contain_text("news.example/feed.xml")
    feed.get_by_role("button", name="Pause").click()
    expect(feed.locator("td").nth(2)).to_have_text("paused")
    feed.get_by_role("button", name="Go on").click()
    expect(feed.locator("td").nth(2)).to_have_text("at once")
    page.goto("about:blank")
    page.goto(f"{desk.address}#/live")
    page.get_by_role("link", name="Feeds").click()  # where any are followed
    feed.get_by_role("button", name="End").click()
    expect(feed.get_by_role("button", name="End")).to_have_text("End it?")
    feed.get_by_role("button", name="End").click()
    expect(page.locator(".empty-title")).to_have_text("Nothing is followed")


def test_the_keyboard_leads_everywhere(page: Page, desk: Desk) -> None:
    page.goto("#/live")
    rows = page.locator(".row[data-id]")  # without the lines that keep their place until they come
    expect(rows.nth(2)).to_be_visible()
    focused = "document.activeElement.closest('.row')?.dataset.id"
    order = rows.evaluate_all("rows => rows.map(row => row.dataset.id)")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == order[place]
    page.keyboard.press("Enter")
    expect(page.locator(".tabs")).to_be_visible()
    page.keyboard.press("]")
    expect(page.locator(".tabs a[aria-current]")).to_contain_text("What was removed")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next and previous")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("s")
    expect(page.locator("h1")).to_have_text("Search")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    expect(page.locator("input[data-search]")).to_have_value("jk?")
    page.keyboard.press("Enter")
    expect(page.locator(".empty-title")).to_have_text("Nothing matches")


def test_a_key_is_asked_for_once_and_opens_what_it_may(browser: Browser, desk: Desk, kafka: Settings, tmp_path: Path) -> None:
    keyring = Keyring(tmp_path / "keys.json")
    reader, admin = keyring.create("reader", ["read"]), keyring.create("admin", ["read", "admin"])
    with gateway(kafka, tmp_path, COPYDESK_GATEWAY_OPEN="false") as closed:
        for key, may_replay in ((reader, False), (admin, True)):
            context = browser.new_context(base_url=f"{closed.url}/")
            page = context.new_page()
            page.goto("#/deadletters")
            assert 'id="first"' not in context.request.get("").text(), "no article goes to who may not read"
            expect(page.get_by_role("dialog")).to_contain_text("A key, please")
            page.get_by_label("Key", exact=True).fill("cdk_wrong")
            page.get_by_role("button", name="Use it").click()
            expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("not known")
            page.get_by_label("Key", exact=True).fill(key)
            page.keyboard.press("Enter")
            page.locator(".letter summary").first.click()
            expect(page.get_by_role("dialog")).to_be_hidden()
            expect(page.get_by_role("button", name="Send it again")).to_be_enabled(enabled=may_replay)
            assert key not in page.evaluate("document.cookie + JSON.stringify(localStorage)")
            show(page, "feeds")
            expect(page.get_by_role("form", name="Follow a feed")).to_have_count(int(may_replay))
            context.close()


def test_dark_or_light_is_the_system_s_until_it_is_chosen(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(base_url=desk.address, color_scheme="dark")
    page = context.new_page()
    ground = "getComputedStyle(document.body).backgroundColor"
    page.goto("#/live")
    dark = page.evaluate(ground)
    page.keyboard.press("t")
    light = page.evaluate(ground)
    assert dark != light
    page.reload()
    assert page.evaluate(ground) == light
    context.close()


def test_every_view_is_accessible_and_fits(browser: Browser, desk: Desk) -> None:
    """Each is opened once, wide, and looked at as it is, in the dark, where colours alone are others, and narrow, where they are the same."""
    context = browser.new_context(base_url=desk.address, color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto("#/none")
    page.evaluate(AXE + ";0")
    found = []
    for view in VIEWS:
        for look, scheme, width, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if look == "wide":
                show(page, view)
            violations = page.evaluate("(options) => axe.run(document, options)", {"resultTypes": ["violations"], **rules})["violations"]
            found += [(view, look, one["id"], one["nodes"][0]["html"][:200]) for one in violations]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (view, look)
    assert found == []
    context.close()


def test_nothing_moves_while_a_view_is_filled(page: Page, desk: Desk) -> None:
    page.add_init_script("""window.moved = [];
        new PerformanceObserver((list) => list.getEntries().forEach((one) => one.hadRecentInput || window.moved.push(one.value)))
            .observe({type: 'layout-shift', buffered: true});""")
    for view in ("live", "search", "entities", "sources"):
        page.goto("about:blank")
        page.goto(f"{desk.address}#/{view}")
        expect(page.locator("[data-item]").first).to_be_visible()
        assert sum(page.evaluate("window.moved")) < 0.02, view
