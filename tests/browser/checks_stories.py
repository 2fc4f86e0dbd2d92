"""Stories: a list of them, one of them with its outlets and developments, and the way there from an article."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.articles import ARTICLES, STORY, id_of
from tests.browser.checks_modules import run  # noqa: F401
from tests.browser.conftest import Desk, until

FIRST = id_of(ARTICLES[0])


def stored(page: Page) -> None:
    """Wait until the archive has what was told of all the articles."""
    until(page, f"fetch('stories/{FIRST}').then((answer) => answer.ok ? answer.json() : {{}}).then((it) => it.counted === {len(STORY)})")


def test_a_story_is_found_and_read(page: Page, desk: Desk) -> None:
    page.goto("#/live")
    stored(page)
    page.get_by_role("link", name="Stories").click()
    expect(page.locator("h1")).to_have_text("Stories")
    page.get_by_label("Words").fill("ferry")
    page.keyboard.press("Enter")
    expect(page.locator(".thread-size")).to_have_text(f"{len(STORY)}articles")
    page.locator(".thread a").click()
    expect(page.locator("h1")).to_have_text(ARTICLES[0]["title"])
    expect(page.locator(".way > li")).to_have_count(2)
    expect(page.locator(".changed").first).to_contain_text("a copy of “Ferry between Elwick")
    expect(page.locator(".changed").last).to_contain_text("0.98 like")
    expect(page.locator(".changed").last).to_contain_text("Elwick, Averil, ferry")
    expect(page.locator(".thread-part tbody tr")).to_have_count(3)
    assert page.locator(".thread-plots svg").count() == 1 + 3
    page.locator(".thread-report a").last.click()
    expect(page.locator(".tabs")).to_be_visible()
    page.get_by_role("link", name="its story").click()
    expect(page.locator("h1")).to_have_text(ARTICLES[0]["title"])


def test_how_a_story_grew_is_a_stair_of_what_had_come_by_then(run: Any) -> None:  # noqa: F811
    times = ["2026-01-05T00:00:00Z", "2026-01-05T05:00:00Z", "2026-01-05T05:00:00Z", "2026-01-05T10:00:00Z"]
    code = "it.steps(it.placesOf(given.map((published_at) => ({published_at}))))"
    assert run("views/growth", code, *times) == [{"at": 0, "number": 1}, {"at": 50, "number": 3}, {"at": 100, "number": 4}]
    assert run("views/growth", code, times[0]) == [{"at": 50, "number": 1}]
