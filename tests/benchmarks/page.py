"""The page: its size, and how long it takes to its first paint and to fifty articles. `python -m tests.benchmarks.page [http://127.0.0.1:8220/]`."""

from __future__ import annotations

import os
import statistics
import sys

from playwright.sync_api import Browser, sync_playwright

from copydesk.services.console.running import instance
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.page import page_address
from tests.browser.conftest import chromium
from tests.data import ROOT

RUNS = 11
PAGE = ROOT / "services" / "gateway" / "page"
WATCH = """addEventListener('DOMContentLoaded', () => {
  const look = () => document.querySelectorAll('.row[data-id]').length >= 50
    ? requestAnimationFrame(() => setTimeout(() => { window.filled = performance.now(); })) : requestAnimationFrame(look);
  look();
});"""


def visit(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds from the start of navigation, with an empty cache, to the first contentful paint and to fifty articles painted."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.evaluate("new Promise((done) => setInterval(() => window.filled && done(), 20))")
    first: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    filled: float = page.evaluate("window.filled")
    context.close()
    return first, filled


def main(address: str) -> None:
    size = sum(path.stat().st_size for path in PAGE.rglob("*") if path.is_file())
    print(f"size of all files: {size:,} bytes")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        visits = [visit(browser, address) for _ in range(RUNS + 1)][1:]
        browser.close()
    for name, values in zip(("first paint", "fifty articles"), zip(*visits, strict=True), strict=True):
        print(f"{name}: median {statistics.median(values):.0f} ms, most {max(values):.0f} ms, of {RUNS} visits")


if __name__ == "__main__":
    found = sys.argv[1] if len(sys.argv) > 1 else page_address(Local(instance.settings()))
    if not found:
        sys.exit("no page runs here: `make demo` first")
    main(found)
