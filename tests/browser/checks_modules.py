"""Modules of the page by themselves: events of a stream in any pieces, offsets, differences, addresses."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Desk

STREAM = ': hello\n\nid: 1_0\nevent: article\ndata: {"a":\ndata: 1}\n\nid: 2_0\n\nevent: notice\r\ndata: x\r\n\r\ndata: unfinished'


@pytest.fixture
def run(page: Page, desk: Desk) -> Any:
    page.goto("assets/icon.svg")
    return lambda module, code, *given: page.evaluate(f"(given) => import('/assets/{module}.js').then((it) => {code})", list(given))


def test_events_come_whole_in_whatever_pieces(run: Any) -> None:
    whole = [
        {"id": "1_0", "event": "article", "data": '{"a":\n1}'}, {"id": "2_0", "event": "message", "data": ""},
        {"id": "2_0", "event": "notice", "data": "x"},
    ]  # fmt: skip
    code = "{ const told = []; const feed = it.parser((one) => told.push(one)); given.forEach(feed); return told.filter((one) => one.id); }"
    code = f"(() => {code})()"
    for size in (1, 2, 7, 1000):
        assert run("sse", code, *(STREAM[at : at + size] for at in range(0, len(STREAM), size))) == whole


def test_offsets_of_the_record_become_those_of_a_string(run: Any) -> None:
    text = "🎉 Cafe\u0301 𝕳 Paris"
    start = text.index("Paris")
    code = "given[0].slice(...given.slice(1).map(it.units(given[0])))"
    assert run("text", code, text, start, start + 5) == "Paris"
    assert run("text", code, text, 2, 7) == "Cafe\u0301"
    assert run("text", code, text, start, 10_000) == "Paris"


def test_a_difference_gives_back_both_texts(run: Any) -> None:
    before, after = "One stays. Two goes away now. Three.\n\nFour is here.", "One stays. Two went away now. Three.\n\nAnd five. Four is here."
    parts = run("diff", "it.compare(...given)", before, after)
    assert "".join(text for kind, text in parts if kind != "came") == before
    assert "".join(text for kind, text in parts if kind != "went") == after
    assert ["went", "goes "] in parts
    assert ["came", "went "] in parts


def test_an_address_holds_any_name(run: Any) -> None:
    name = "a/b?c=d&é#🎉 %"
    code = "it.parse(it.format('entity', [given[0]], {q: given[0], stage: 'x'}))"
    assert run("route", code, name) == {"view": "entity", "parts": [name], "filters": {"q": name}, "rest": {"stage": "x"}}


def test_only_the_web_is_linked(run: Any) -> None:
    safe = run(
        "dom",
        "given.map(it.isSafe)",
        "https://a.example/",
        "#/live",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:x",
    )
    assert safe == [True, True, False, False, False, False]
