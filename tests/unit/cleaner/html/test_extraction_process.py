"""The extraction process: limits that hold, pages after a killed one, an end without leftovers."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from copydesk.services.cleaner.html.guard import Guard

from copydesk.services.cleaner.html import HtmlArticle, Limits, extract
from copydesk.shared.stage import Rejected
from tests.unit.cleaner.html.pages import PARAGRAPHS, article

HEAVY = "<html><body>" + "<div><p>word, and another word.</p></div>" * 150_000 + "</body></html>"


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    made = Guard(Limits(cpu_s=1, memory_mb=1_500, wall_s=120))
    yield made
    made.close()


def _reason(found: HtmlArticle | Rejected) -> str:
    assert isinstance(found, Rejected), found
    return found.reason


def test_a_page_over_its_cpu_time_is_rejected_and_the_next_one_is_extracted(guard: Guard) -> None:
    found = guard.extract(HEAVY, None)
    assert _reason(found) == "extraction_limit"
    assert "CPU" in str(found)
    following = guard.extract(article(), None)
    assert isinstance(following, HtmlArticle)
    assert following.paragraphs == PARAGRAPHS


def test_many_threads_share_one_process(guard: Guard) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: guard.extract(article(), None), range(8)))
    assert all(isinstance(one, HtmlArticle) for one in found)
    assert len(set(map(repr, found))) == 1


async def test_it_works_beside_an_event_loop(guard: Guard) -> None:
    found = await asyncio.get_running_loop().run_in_executor(None, guard.extract, article(), None)
    assert isinstance(found, HtmlArticle)


def test_a_process_killed_from_outside_costs_nothing_but_time(guard: Guard) -> None:
    guard.extract(article(), None)
    (worker,) = [child for child in psutil.Process().children() if "copydesk.services.cleaner.html.worker" in child.cmdline()]
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert isinstance(guard.extract(article(), None), HtmlArticle)


def test_lone_surrogates_do_not_break_the_pipe(guard: Guard) -> None:
    assert isinstance(guard.extract(article(paragraphs=(*PARAGRAPHS, "\ud800 " + PARAGRAPHS[0])), "http://x.example/\udc80"), HtmlArticle)


def test_closing_ends_the_process_and_the_next_page_starts_another() -> None:
    guard = Guard(Limits(memory_mb=20, wall_s=120))
    assert _reason(guard.extract(HEAVY, None)) == "extraction_limit"  # memory
    guard.close()
    assert not [child for child in psutil.Process().children() if child.cmdline()[-2:] == ["10", "20"]]


def test_time_on_the_clock_is_limited_too() -> None:
    guard = Guard(Limits(wall_s=0.01))
    try:
        assert "0.01 s" in str(guard.extract(HEAVY, None))
    finally:
        guard.close()


def test_a_page_too_large_never_reaches_the_process() -> None:
    assert _reason(extract("x" * 101, None, Limits(max_chars=100))) == "too_large"
