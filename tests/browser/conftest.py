"""The page in real Chromium, on a real gateway, broker and services: one installation, and one browser, for all tests of this folder."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import copydesk
from copydesk.bridge import run_here
from copydesk.services.console.running.page import page_address
from copydesk.shared.kafka import producer
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.story import NearestArticle, StoryTold
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RETRACTIONS, STORIES, Topic
from tests.browser.articles import ARTICLES, LETTER, REVISED, STORY, id_of
from tests.data import missing
from tests.pipeline import Pipeline, fresh_topics, pipeline

pytest.register_assert_rewrite(*(f"tests.browser.checks_{name}" for name in ("article", "desk", "live", "modules", "stories")))
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Desk:
    """An installation that runs, and its page. Its articles came in one after the other, so that which is the copy is certain."""

    pipeline: Pipeline
    address: str

    def feed(self, *records: dict[str, str]) -> None:
        done = copydesk.publish(list(records), servers=self.pipeline.settings.bootstrap_servers)
        assert done.refused == []

    def take_back(self, article_id: str) -> None:
        said = Retraction(article_id=article_id, at=timestamp(datetime.now(UTC)))
        self._write(RETRACTIONS, said.key, said.value())

    def tell_story(self) -> None:
        """What the service `stories` would tell of the articles of STORY."""
        first = id_of(ARTICLES[0])
        near = NearestArticle(article_id=first, published_s=1.5, score=0.98, copied=False, names=["Elwick", "Averil"], terms=["ferry"], hours=2.5)
        for place, role in STORY:
            nearest = None if role == "opens" else near.model_copy(update={"copied": role == "joins"})
            at = timestamp(datetime.now(UTC))
            told = StoryTold(article_id=id_of(ARTICLES[place]), story=first, role=role, nearest=nearest, version="1", at=at)
            self._write(STORIES, told.article_id, told.value())

    def _write(self, topic: Topic, key: str, value: bytes) -> None:
        async def write() -> None:
            async with producer(self.pipeline.settings) as sender:
                await (await sender.send(topic, key, value))

        run_here(write())  # a loop runs here already: that of the browser's driver


def chromium() -> str:
    """The browser's path; skips the test, or in CI fails it, where there is none."""
    found = os.environ.get("COPYDESK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return found or missing("Chromium is not installed (apt-get install chromium, or set COPYDESK_CHROMIUM): the page is not tested")


@pytest.fixture(scope="package")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    chromium()
    kafka: Settings = request.getfixturevalue("kafka")
    folder = tmp_path_factory.mktemp("desk")
    with asyncio.Runner() as runner:
        runner.run(fresh_topics(kafka))
        manager = pipeline(kafka, folder / "home")
        running = runner.run(manager.__aenter__())
        try:
            address = page_address(running.local)
            assert address is not None
            desk = Desk(running, address)
            for records in (ARTICLES, [REVISED, LETTER]):
                desk.feed(*records)
                runner.run(running.drained())
            desk.tell_story()
            yield desk
        finally:
            runner.run(manager.__aexit__(None, None, None))


@pytest.fixture(scope="package")
def browser(desk: Desk) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield launched
        launched.close()


def show(page: Page, view: str) -> None:
    """Open a view of the page that is open, and wait until it is filled."""
    page.evaluate("(to) => new Promise((done) => { addEventListener('hashchange', done, {once: true}); location.hash = to; })", f"#/{view}")
    until(page, "document.querySelector('main:not([aria-busy]) h1') && !document.querySelector('.pending')")


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true. Playwright's own way to wait for one breaks the page's security policy."""
    page.evaluate(f"new Promise((done) => {{ const look = async () => (await ({expression})) ? done() : setTimeout(look, 50); look(); }})")


@pytest.fixture
def context(browser: Browser, desk: Desk) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=desk.address, viewport={"width": 1440, "height": 900}, color_scheme="light")
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new page. At the end: nothing failed in it, nothing was refused by its security policy, nothing came from elsewhere."""
    opened = context.new_page()
    failed: list[str] = []
    asked: list[str] = []
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.on("console", lambda said: failed.append(said.text) if "Content Security Policy" in said.text or "TypeError" in said.text else None)
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert failed == []
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))] == []
