"""`--explain`: furniture struck through, reasons in the margin."""

from __future__ import annotations

from datetime import date

from rich.console import Console

from copydesk.services.cleaner.explain import FURNITURE, REPAIRED, Explanation
from copydesk.services.cleaner.stripped_text import PageContext, clean_text
from copydesk.shared.records.cleaned import CleanedPart, Removed
from tests.data import ROOT


def seed() -> CleanedPart:
    part = clean_text((ROOT / "seeds" / "000_456db3ebb8d3c3da.txt").read_text(), PageContext(date(2024, 6, 1)))
    assert isinstance(part, CleanedPart)
    return part


def test_every_block_has_a_row_in_the_order_of_the_page() -> None:
    part = seed()
    rows = list(Explanation(part).rows())
    assert len(rows) == len(part.blocks) + len(part.removed)
    assert [margin for margin, _ in rows[:5]] == ["weather", "place_header", "date_header", "title", "pager"]
    assert [text.plain for margin, text in rows if not margin] == part.body.split("\n\n")


def test_furniture_is_struck_through_and_repairs_are_marked() -> None:
    rows = list(Explanation(seed()).rows())
    assert rows[0][1].style == FURNITURE and "strike" in FURNITURE
    repaired = next(text for margin, text in rows if not margin and "the U.S. and Japanese leaders" in text.plain)
    assert [(repaired.plain[span.start : span.end], span.style) for span in repaired.spans] == [("the ", REPAIRED)]


def test_it_prints_with_its_legend() -> None:
    console = Console(width=100, record=True, file=None, force_terminal=True, color_system="standard", quiet=False)
    with console.capture() as captured:
        console.print(Explanation(seed()))
    printed = captured.get()
    assert "\x1b[" in printed
    assert "LEAVE A REPLY" in printed and "A form in which readers comment." in printed


def test_html_has_its_removed_blocks_without_places() -> None:
    part = CleanedPart(body="One.\n\nTwo.", removed=[Removed(text="Menu", reason="navigation")], revision="x")
    assert [(margin, text.plain) for margin, text in Explanation(part).rows()] == [("navigation", "Menu"), ("", "One."), ("", "Two.")]
