"""A record holds every character of its input; repairs are certain and can be undone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from ftfy.badness import is_bad
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.cleaner.repair import MAYBE_MOJIBAKE, RULES, RepairRule, repair_text
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.services.cleaner.tiling import Piece, rebuild, tile
from copydesk.shared.records.cleaned import CleanedPart, Repair
from copydesk.shared.stage import Rejected

SENTENCE = "The council voted on Tuesday to keep the old library open, and theU.S. embassy said that it would pay for the roof."
LINES = [
    SENTENCE,
    "Jan. 13 (UPI) — " + SENTENCE,
    "In the town of Springfield, residents had asked for this\u00a0for  years.The mayor said that AT&amp;T would help.",
    "â€œWe are gladâ€\u009d, said the gov\u00adernor\u200b, â€œthat it is overâ€\u009d after the council had met for the third time.",
    "LEAVE A REPLY",
    "1/2",
    "Latest news",
    "مرحبا\u200f بالعالم، هذه جملة طويلة بعض الشيء عن مجلس المدينة الذي قرر إبقاء المكتبة القديمة مفتوحة للجميع.",
    "",
    "   ",
    "\t",
]
BREAKS = ["\n", "\n\n", "\r\n", "\r\n\r\n", " \n", "\u2028", "\x0c", "\n\n\n\n"]


@st.composite
def pages(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.sampled_from(LINES) | st.text(max_size=40), min_size=1, max_size=14))
    return "".join(line + draw(st.sampled_from(BREAKS)) for line in lines)


@settings(max_examples=150)
@given(pages())
def test_a_cleaned_record_rebuilds_its_input(page: str) -> None:
    part = clean_text(page, PageContext(date(2024, 5, 18)))
    if isinstance(part, Rejected):
        assert part.reason
        return
    assert rebuild(part) == page
    assert part.body.strip()
    assert len(part.body.split("\n\n")) == len(part.blocks)
    spans = sorted([(span.start, span.end) for span in part.blocks] + [(item.start or 0, item.end or 0) for item in part.removed])
    assert spans[0][0] == 0 and spans[-1][1] == len(page)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert all(item.text == page[item.start : item.end] for item in part.removed)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(LINES[:4]) | st.text(max_size=60), min_size=1, max_size=3).map(" ".join))
def test_repairs_undo_to_the_character(line: str) -> None:
    text = " ".join(line.split()) or "x"
    repaired, repairs = repair_text(text, 7)
    undone, at = "", 0
    position = 7
    for change in repairs:
        undone += repaired[at : at + change.start - position] + change.before
        at += change.start - position + len(change.after)
        position = change.end
    assert undone + repaired[at:] == text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_repair_changes_its_example(rule: RepairRule) -> None:
    repaired, repairs = repair_text(rule.example)
    assert repaired != rule.example
    assert repairs


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Following the meeting, theU.S. and Japanese leaders", "Following the meeting, the U.S. and Japanese leaders"),
        ("cafÃ© owners said â€œnoâ€\u009d", "café owners said “no”"),
        ("AT&amp;T and Procter &#38; Gamble", "AT&T and Procter & Gamble"),
        ("gov\u00adern\u00adment\u200b said", "government said"),
        ("the talks ended.The mayor left", "the talks ended. The mayor left"),
        ("\u200dAparna Garg met \u200dMr\u200c Kumar", "Aparna Garg met Mr Kumar"),
    ],
)
def test_what_is_repaired(before: str, after: str) -> None:
    assert repair_text(before)[0] == after


@pytest.mark.parametrize(
    "text",
    [
        "the iPhone and the eBay shop at example.com in the USA",
        "node.js and ASP.The",
        "می‌خواهم به خانه بروم",
        "क्‍या यह ठीक है",
        "São Paulo, Zürich, Łódź, naïve façade",
        "He got an A.The",
        "R&D; spending at Q&A",
        "👩‍👩‍👧 family",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert repair_text(text) == (text, [])


def test_a_tile_covers_what_stands_between_pieces() -> None:
    source = "  Menu\nFirst.\nSecond. \n\nEnd"
    pieces = [Piece(2, 6, "navigation"), Piece(7, 13, None, "First."), Piece(14, 21, None, "Second."), Piece(24, 27, "legal")]
    tiled = tile(source, pieces)
    assert tiled.body == "First.\n\nSecond."
    assert [(item.text, item.start, item.end) for item in tiled.removed] == [("  Menu\n", 0, 7), ("End", 24, 27)]
    assert tiled.repairs == [Repair(start=13, end=14, before="\n", after="\n\n"), Repair(start=21, end=24, before=" \n\n", after="")]
    part = CleanedPart(body=tiled.body, blocks=tiled.blocks, removed=tiled.removed, repairs=tiled.repairs, revision="x")
    assert rebuild(part) == source


@given(st.text(st.sampled_from("aZ .,?!’“”…–—•€£°²³¼½©®¶×ÃÂÐÎØÙàáâéœŒžŠŸВГРСвЂβāβ√≈‚│█\x80\x9d\xa0\xad"), max_size=12))
def test_what_ftfy_finds_bad_is_not_passed_over(text: str) -> None:
    assert MAYBE_MOJIBAKE.search(text) or not is_bad(text)
