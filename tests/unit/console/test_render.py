"""The pretty form: everything a person asks of an article, at any width, without colour where nobody sees it."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from copydesk.services.console.printing import printers
from copydesk.services.console.printing.article import print_record
from copydesk.shared.subscribing.records import SubscribedRecord
from tests.samples import enriched, match

FULL: dict[str, Any] = enriched(
    "a1", url="https://example.org/a", source="example", author="A. Writer",
    content="x theU.S. y", dateline={"place": "TOKYO", "date": "2024-05-18", "agency": "UPI", "year_inferred": True},
    captions=[{"text": "The two men.", "credit": "Photo by a friend"}],
    removed=[{"text": "13.2 C\nLondon", "reason": "weather"}, {"text": "Please [red]enter[/] your comment " * 9, "reason": "comment_form"}] * 8,
    repairs=[{"start": 5, "end": 5, "before": "", "after": " "}, {"start": 0, "end": 1, "before": "\n\n", "after": "\n"}],
    quotes=[{"start": 0, "end": 3, "text": "We agree", "speaker": "Joe Biden"}],
    duplicate={"status": "duplicate", "kind": "excerpt", "duplicate_of": "a0", "matches": [match("a0", kind="excerpt")], "capped": False},
)  # fmt: skip


def shown(record: dict[str, Any], width: int = 80, colour: bool = False) -> str:
    console = Console(width=width, force_terminal=colour, color_system="standard" if colour else None)
    with console.capture() as captured:
        print_record(console, record)
    return captured.get()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    assert max(cell_len(line) for line in shown(FULL, width).splitlines()) <= width


def test_a_text_is_never_wider_than_one_can_read() -> None:
    assert max(cell_len(line) for line in shown(FULL, 200).splitlines()) <= 100


@pytest.mark.parametrize(
    "words",
    [
        "Title of a1",
        "TOKYO · 2024-05-18 (year inferred) · UPI · by A. Writer · example · en",
        "Joe Biden met Fumio Kishida in Tokyo.",
        "The two men. Photo by a friend",
        "weather 13.2 C London",
        "Please [red]enter[/] your comment",
        "… and 4 more",
        "theU.S. → the U.S.",
        "PERSON Joe Biden ×2",
        "GPE Tokyo geonames:1850147",
        "“We agree” — Joe Biden",
        "excerpt of article a0 90% of it there, 85% of that here",
        "article a1 revision r1 url https://example.org/a",
    ],
)
def test_all_parts_are_there(words: str) -> None:
    assert words in " ".join(shown(FULL, 120).split())


def test_layout_repairs_are_not_shown() -> None:
    assert shown(FULL).count("→") == 1


def test_colour_only_on_a_terminal() -> None:
    assert "\x1b[" not in shown(FULL)
    assert "\x1b[" in shown(FULL, colour=True)


def test_parts_that_were_not_run_are_left_out_and_empty_ones_say_so() -> None:
    bare = shown({"body": "Words."})
    assert "Entities" not in bare
    assert "Copies" not in bare
    assert "Entities    none" in shown({"body": "Words.", "entities": []})
    assert "no model for language" in shown({"body": "Words.", "tagging": {"not_run": "no_model_for_language"}})
    assert "none seen before it" in shown(enriched("a"))


def test_lines_of_other_topics_are_readable() -> None:
    console = Console(width=200)
    found = {"later_article_id": "b", "match": match("a")}
    bad = {
        "time": "2024-05-18",
        "stage": "cleaner",
        "reason": "not_json",
        "detail": "it is not",
        "topic": "articles.raw",
        "partition": 0,
        "offset": 3,
    }
    with console.capture() as captured:
        printers.printer_for("corrections", console)(SubscribedRecord("record", b"", found))
        printers.printer_for("deadletters", console)(SubscribedRecord("record", b"", bad))
        printers.printer_for("deadletters", console)(SubscribedRecord("record", b"", {**bad, "part": 2}))
        printers.printer_for("enriched", console)(SubscribedRecord("correction", b"", FULL))
    assert captured.get().splitlines() == [
        "article b nearly article a  90% of it there, 85% of that here",
        "2024-05-18 cleaner not_json articles.raw/0/3  it is not",
        "Correction “Title of a1” → excerpt of article a0  (article a1)",
    ]


@pytest.mark.parametrize(
    ("body", "text", "shown_as"),
    [
        ("He said “We agree,” and left.", "We agree,", "“We agree”"),
        ("Er sagte: „Wir sind einig“, und ging.", "Wir sind einig", "„Wir sind einig“"),
        ("Il a dit : « Nous sommes d’accord »", "« Nous sommes d’accord »", "«Nous sommes d’accord»"),
        ("— We agree, he said.", "We agree,", "“We agree”"),
        ("He asked: “Why?”", "Why?", "“Why?”"),
    ],
)
def test_quotations_have_their_marks_and_no_dangling_comma(body: str, text: str, shown_as: str) -> None:
    start = body.index(text)
    record = {"body": body, "quotes": [{"start": start, "end": start + len(text), "text": text}]}
    assert f"Quotes      {shown_as} " in shown(record, 100) + " "


def test_raw_records_show_what_they_have() -> None:
    raw = {
        "article_id": "a",
        "content": "<p>Words of a page.</p>" * 100,
        "content_type": "text/html",
        "fetched_at": "2024-05-18",
        "origin": "x/y.html",
    }
    out = " ".join(shown(raw, 120).split())
    for words in ("text/html · fetched 2024-05-18", "<p>Words of a page.</p>", "and 1,700 more characters", "article a", "origin x/y.html"):
        assert words in out
    assert "3 bytes" in shown({"content": "AAAA", "encoding": "base64"})


def test_a_long_url_stays_whole_in_a_pipe() -> None:
    url = "https://example.org/" + "long-" * 60
    assert url in shown({**FULL, "url": url}, 80).splitlines()[-1]


def test_names_are_told_apart_without_colour() -> None:
    console = Console(width=80, force_terminal=True, no_color=True, color_system="standard")
    with console.capture() as captured:
        print_record(console, enriched("a"))
    assert "\x1b[1;4mJoe Biden\x1b[0m" in captured.get()
    assert "\x1b[4mTokyo\x1b[0m" in captured.get()
