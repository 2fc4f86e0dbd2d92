"""The article: marks stand where the record says, copies show the passages that both print, revisions what changed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.articles import ARTICLES, MARKED, REVISED, id_of
from tests.browser.conftest import Desk

# In code points: where each mark begins and ends within the text that is shown, paragraphs joined as in the record.
MARKS = """(selector) => [...document.querySelectorAll('.text p')].map((paragraph) => {
  const all = [];
  const count = (text) => [...text].length;
  const before = (node) => {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEndBefore(node);
    const piece = range.cloneContents();
    piece.querySelectorAll('sup').forEach((sup) => sup.remove());
    return count(piece.textContent);
  };
  for (const mark of paragraph.querySelectorAll(selector)) {
    const copy = mark.cloneNode(true);
    copy.querySelectorAll('sup').forEach((sup) => sup.remove());
    all.push([before(mark), before(mark) + count(copy.textContent), copy.textContent]);
  }
  const whole = paragraph.cloneNode(true);
  whole.querySelectorAll('sup').forEach((sup) => sup.remove());
  return {text: whole.textContent, marks: all};
})"""


def shown(page: Page, body: str, selector: str) -> list[tuple[int, int, str]]:
    """Marks as offsets of the record's body."""
    found, at = [], 0
    for paragraph in page.evaluate(MARKS, selector):
        at = body.index(paragraph["text"], at)
        found += [(at + start, at + end, text) for start, end, text in paragraph["marks"]]
    return found


def record_of(page: Page, article_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.get(f"articles/{article_id}").json()
    return answer


def test_marks_stand_at_the_offsets_of_the_record(page: Page, desk: Desk) -> None:
    page.goto(f"#/article/{id_of(MARKED)}")
    expect(page.locator(".text mark").first).to_be_visible()
    record = record_of(page, id_of(MARKED))["article"]
    mentions = sorted((one["start"], one["end"], one["text"]) for entity in record["entities"] for one in entity["mentions"])
    assert len(mentions) > 8
    assert shown(page, record["body"], "mark.name") == mentions
    assert all(record["body"][start:end] == text for start, end, text in mentions)
    quotes = [(one["start"], one["end"], one["text"]) for one in record["quotes"]]
    assert quotes
    assert shown(page, record["body"], "q.quote") == quotes
    expect(page.locator("q.quote sup").first).to_contain_text("Joe Biden")


def test_copies_stand_side_by_side(page: Page, desk: Desk) -> None:
    original, copy = (id_of(one) for one in ARTICLES[:2])
    page.goto(f"#/article/{copy}")
    expect(page.locator(".article-head .verdict.copy")).to_be_visible()
    page.get_by_role("link", name="Copies").click()
    expect(page.locator("[data-side=other] mark.passage").first).to_be_visible()
    record = record_of(page, copy)["article"]
    match = next(one for one in record["duplicate"]["matches"] if one["article_id"] == original)
    assert page.locator("[data-side=this] .passage-number").count() == len(match["passages"])
    assert starts(page, "this") == {one["start"] for one in match["passages"]}
    assert starts(page, "other") == {one["other_start"] for one in match["passages"]}
    page.goto(f"#/article/{original}/copies/{copy}")  # seen from the original, the sides are exchanged
    expect(page.locator("[data-side=this] mark.passage").first).to_be_visible()
    assert starts(page, "this") == {one["other_start"] for one in match["passages"]}


def starts(page: Page, side: str) -> set[int]:
    return {int(one.get_attribute("data-start") or -1) for one in page.locator(f"[data-side={side}] mark.passage").all()}


def test_revisions_are_compared(page: Page, desk: Desk) -> None:
    page.goto(f"#/article/{id_of(REVISED)}/revisions")
    expect(page.locator(".diff ins").last).to_be_visible()
    assert "Their patience was admired" in " ".join(page.locator(".diff ins").all_text_contents())
    assert "They were not amused" in " ".join(page.locator(".diff del").all_text_contents())


def test_the_way_of_an_article_is_told(page: Page, desk: Desk) -> None:
    page.goto(f"#/article/{id_of(MARKED)}/trace")
    for service in ("cleaner", "deduplicator", "tagger"):
        expect(page.locator(".way h2", has_text=service).first).to_be_visible()


def test_an_article_that_is_not_there_says_so(page: Page, desk: Desk) -> None:
    page.goto("#/article/none")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
