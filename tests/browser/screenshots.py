"""Pictures of every view for docs/page.md, of a page that runs: `python -m tests.browser.screenshots [http://127.0.0.1:8220/]`, after `make demo`.

The picture of Feeds is taken where some are followed."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from copydesk.services.console.running import instance
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.page import page_address
from tests.browser.conftest import PATIENCE_MS, chromium
from tests.data import ROOT

IMAGES = ROOT / "docs" / "images"
COLOURS = 160
SETTLED_MS = 2_500
VIEWS = {"live": "live", "search": "search?q=election", "entities": "entities", "sources": "sources", "flow": "flow", "deadletters": "deadletters"}


def main(address: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        wide = _page(browser, address, 1360, 850)
        copy = wide.request.get("articles?status=duplicate&limit=1").json()["articles"][0]["article_id"]
        article = {
            "article": f"article/{copy}",
            "removed": f"article/{copy}/removed",
            "copies": f"article/{copy}/copies",
            "trace": f"article/{copy}/trace",
        }
        feeds = {"feeds": "feeds"} if wide.request.get("session").json()["feeds"] else {}
        views = {**VIEWS, **article, **feeds, "entity": _first_entity(wide), "source": "source/en.wikinews.org"}
        for name, view in views.items():
            _take(wide, view, name)
        _take(_page(browser, address, 1360, 850, dark=True), "live", "live-dark")
        _take(_page(browser, address, 390, 844), "live", "live-phone")
        browser.close()


def _page(browser: Browser, address: str, width: int, height: int, dark: bool = False) -> Page:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    return context.new_page()


def _first_entity(page: Page) -> str:
    first = page.request.get("entities?type=PERSON&limit=1").json()["entities"][0]
    return f"entity/{first['link'] or first['name']}"


def _take(page: Page, view: str, name: str) -> None:
    page.goto(f"#/{view}")
    page.wait_for_timeout(SETTLED_MS)
    expect(page.locator("main:not([aria-busy]) h1")).to_be_attached(timeout=PATIENCE_MS)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = Path(IMAGES / f"{name}.png")
    picture.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)} {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    found = sys.argv[1] if len(sys.argv) > 1 else page_address(Local(instance.settings()))
    if not found:
        sys.exit("no page runs here: `make demo` first")
    main(found)
